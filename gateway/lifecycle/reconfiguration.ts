import { closeBasis, judgeFor, type Basis } from './basis.ts';
import type { GatewayConfig, LoadedConfig } from '../config/config.ts';
import type { Edge } from '../edge/edge.ts';
import type { Observer } from '../observe/observe.ts';
import { reconfigured } from './config-change.ts';
import type { Overload } from '../overload/overload.ts';
import { invalidationListener } from './invalidation-listener.ts';
import { policyFollower } from './policy-follower.ts';
import { edgeSettings, overloadSettings } from '../settings/stage-settings.ts';
import type { Supply } from './supply.ts';

interface Running {
  readonly supply: Supply;
  readonly observer: Observer;
  readonly edge: Edge;
  readonly load: Overload;
  readonly basisOf: (config: GatewayConfig, before: Basis) => Basis;
}

export interface Reconfiguration {
  /** One after the other; never rejects. */
  readonly reconfigure: (loaded: LoadedConfig) => Promise<void>;
  /** Lets the last basis go, and waits until all before it are gone; to be called when the supply is closed. */
  readonly closed: () => Promise<void>;
}

/**
 * Replaces the configuration of a running gateway, or the module that decides policies when its file changes: as a whole,
 * or not at all.
 */
export function reconfiguration(running: Running): Reconfiguration {
  const { supply, observer } = running;
  const leaving = new Set<Promise<void>>();
  let last = Promise.resolve();
  const replaceBy = (replacing: () => Promise<Replaced | undefined>): Promise<void> => {
    last = last.then(async () => {
      const replaced = await replacing().catch((cause: unknown) => {
        observer.logger.error({ err: cause }, 'a configuration cannot be taken over; the last one stays');
      });
      if (replaced === undefined) return;
      policies.follow(supply.basis().judge);
      invalidations.follow(supply.basis().config);
      const { before, settled } = replaced;
      const left = settled.then(() => closeBasis(before, supply.basis())).finally(() => leaving.delete(left));
      leaving.add(left);
    });
    return last;
  };
  const policies = policyFollower(() => void replaceBy(() => withPoliciesAsTheyAre(running)));
  policies.follow(supply.basis().judge);
  const invalidations = invalidationListener(() => supply.basis().cache, observer.logger);
  invalidations.follow(supply.basis().config);
  return {
    reconfigure: (loaded) => {
      if (loaded.ok) return replaceBy(() => replace(running, loaded.config));
      observer.metrics?.count('weir_config_reloads_total', 'refused');
      observer.logger.error({ problems: loaded.text }, 'the configuration is not valid; the last one stays');
      return Promise.resolve();
    },
    closed: async () => {
      await Promise.all([policies.close(), invalidations.close()]);
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
  { supply, observer, edge, load, basisOf }: Running,
  next: GatewayConfig,
): Promise<Replaced | undefined> {
  const { logger } = observer;
  const before = supply.basis();
  const { config, changed, afterRestart } = reconfigured(before.config, next);
  if (afterRestart.length > 0) logger.warn({ keys: afterRestart }, 'these take effect after a restart');
  if (!changed) return undefined;
  const basis = basisOf(config, before);
  const rebased = await supply.rebase(basis);
  if (rebased.kind === 'refused') {
    logger.error({ problems: rebased.text }, 'a configuration cannot be taken over; the last one stays');
    await closeBasis(basis, before);
    return undefined;
  }
  edge.reconfigure(edgeSettings(config, config.supergraph.listen));
  load.reconfigure(overloadSettings(config));
  logger.level = config.telemetry.logging.level;
  observer.metrics?.count('weir_config_reloads_total', 'taken');
  logger.info('configuration taken over');
  return { before, settled: rebased.settled };
}

/** `undefined` when the policies of before stay. */
async function withPoliciesAsTheyAre({
  supply,
  observer: { logger },
}: Running): Promise<Replaced | undefined> {
  const before = supply.basis();
  const basis = { ...before, judge: judgeFor(before.config, logger) };
  const rebased = await supply.rebase(basis);
  if (rebased.kind === 'refused') {
    logger.error({ problems: rebased.text }, 'the policies cannot be taken over; the last good ones stay');
    await closeBasis(basis, before);
    return undefined;
  }
  logger.info('policies taken over');
  return { before, settled: rebased.settled };
}
