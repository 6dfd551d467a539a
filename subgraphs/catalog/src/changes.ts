import { Redis } from 'ioredis';
import { reasonOf, type Log } from './log.ts';

/** Tells gateways which products have changed, so that they drop what they kept of them. */
export interface Changes {
  /** Never rejects: what is not told is dropped when its time is over. */
  readonly product: (id: string) => Promise<void>;
  readonly close: () => void;
}

/** Tells nobody. */
export const untold: Changes = { product: () => Promise.resolve(), close: () => undefined };

const stream = 'weir:invalidations';
const mostEvents = 10_000;
const longestMs = 200;

/** Writes to the stream that gateways follow, as they would take it over HTTP; without an address, nowhere. */
export function changesTo(address: string, log: Log): Changes {
  if (address === '') return untold;
  const redis = new Redis(address, {
    commandTimeout: longestMs,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
  });
  let isTold = false;
  redis.on('error', (failure: Error) => {
    if (!isTold) log('warn', 'changes cannot be told to gateways', { reason: reasonOf(failure) });
    isTold = true;
  });
  redis.on('ready', () => {
    isTold = false;
  });
  return {
    product: async (id) => {
      const event = JSON.stringify([{ kind: 'entity', subgraph: 'catalog', type: 'Product', key: { id } }]);
      try {
        await redis.xadd(stream, 'MAXLEN', '~', mostEvents, '*', 'invalidate', event);
      } catch (failure) {
        log('warn', 'a change was not told to gateways', { reason: reasonOf(failure) });
      }
    },
    close: () => redis.disconnect(),
  };
}
