import { invalidationEndpoint, type CacheBase, type Endpoint } from '../cache/cache.ts';
import type { GatewayConfig } from '../config/config.ts';
import type { Logger } from '../observe/observe.ts';
import { isSame } from './config-change.ts';

/** Takes invalidations for whatever cache serves, at the address that the configuration names. */
export interface InvalidationListener {
  /** Listens where this configuration says from now on; where that is as before, nothing is let go. */
  readonly follow: (config: GatewayConfig) => void;
  readonly close: () => Promise<void>;
}

type EndpointSettings = Parameters<typeof invalidationEndpoint>[0];

const retryMs = 2_000;

/** An address that cannot be had is asked for again and again: the gateway serves on without. */
export function invalidationListener(
  cache: () => CacheBase | undefined,
  logger: Logger,
): InvalidationListener {
  let wanted: EndpointSettings | undefined;
  let endpoint: Endpoint | undefined;
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  const open = async (settings: EndpointSettings, isTold: boolean): Promise<void> => {
    endpoint = invalidationEndpoint(settings, cache);
    try {
      logger.info({ url: await endpoint.url }, 'invalidations are taken');
    } catch (failure) {
      if (!isTold)
        logger.error({ err: failure }, 'invalidations cannot be taken; tried again until they can');
      timer = setTimeout(() => next(settings, true), retryMs).unref();
    }
  };
  const next = (settings: EndpointSettings | undefined, isTold: boolean): void => {
    last = last.then(async () => {
      clearTimeout(timer);
      await endpoint?.close();
      endpoint = undefined;
      if (settings !== undefined && settings === wanted) await open(settings, isTold);
    });
  };
  return {
    follow: (config) => {
      const settings = settingsOf(config);
      if (isSame(settings, wanted)) return;
      wanted = settings;
      next(settings, false);
    },
    close: () => {
      wanted = undefined;
      next(undefined, false);
      return last;
    },
  };
}

/** `undefined`: nobody may drop entries. */
function settingsOf({ response_cache: own }: GatewayConfig): EndpointSettings | undefined {
  const { listen, path, shared_key: sharedKey } = own.invalidation;
  return own.enabled && sharedKey !== undefined ? { ...listen, path, sharedKey } : undefined;
}
