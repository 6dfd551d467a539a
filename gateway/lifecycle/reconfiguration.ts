import { basisFor, closeBasis, type Basis } from './basis.ts';
import type { GatewayConfig, LoadedConfig } from '../config/config.ts';
import type { Edge } from '../edge/edge.ts';
import type { Observer } from '../observe/observe.ts';
import { reconfigured } from './config-change.ts';
import type { Overload } from '../overload/overload.ts';
import { edgeSettings, overloadSettings } from '../settings/stage-settings.ts';
import type { Supply } from './supply.ts';

interface Running {
  readonly supply: Supply;
  readonly observer: Observer;
  readonly edge: Edge;
  readonly load: Overload;
}

export interface Reconfiguration {
  /** One after the other; never rejects. */
  readonly reconfigure: (loaded: LoadedConfig) => Promise<void>;
  /** Lets the last basis go, and waits until all before it are gone; to be called when the supply is closed. */
  readonly closed: () => Promise<void>;
}

/** Replaces the configuration of a running gateway as a whole, or not at all. */
export function reconfiguration(running: Running): Reconfiguration {
  const { supply, observer } = running;
  const leaving = new Set<Promise<void>>();
  let last = Promise.resolve();
  return {
    reconfigure: (loaded) => {
      if (!loaded.ok) {
        observer.logger.error(
          { problems: loaded.text },
          'the configuration is not valid; the last one stays',
        );
        return Promise.resolve();
      }
      last = last.then(async () => {
        const replaced = await replace(running, loaded.config).catch((cause: unknown) => {
          observer.logger.error({ err: cause }, 'a configuration cannot be taken over; the last one stays');
        });
        if (replaced === undefined) return;
        const { before, settled } = replaced;
        const left = settled
          .then(() => closeBasis(before, supply.basis()))
          .finally(() => leaving.delete(left));
        leaving.add(left);
      });
      return last;
    },
    closed: async () => {
      await last;
      await Promise.all(leaving);
      await closeBasis(supply.basis());
    },
  };
}

interface Replaced {
  readonly before: Basis;
  readonly settled: Promise<void>;
}

/** `undefined` when everything stays as it is. */
async function replace(
  { supply, observer, edge, load }: Running,
  next: GatewayConfig,
): Promise<Replaced | undefined> {
  const { logger } = observer;
  const before = supply.basis();
  const { config, changed, afterRestart } = reconfigured(before.config, next);
  if (afterRestart.length > 0) logger.warn({ keys: afterRestart }, 'these take effect after a restart');
  if (!changed) return undefined;
  const basis = basisFor(config, logger, before);
  const rebased = await supply.rebase(basis);
  if (rebased.kind === 'refused') {
    logger.error({ problems: rebased.text }, 'a configuration cannot be taken over; the last one stays');
    await closeBasis(basis, before);
    return undefined;
  }
  edge.reconfigure(edgeSettings(config, config.supergraph.listen));
  load.reconfigure(overloadSettings(config));
  logger.level = config.telemetry.logging.level;
  logger.info('configuration taken over');
  return { before, settled: rebased.settled };
}
