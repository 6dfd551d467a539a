import { reasonOf, type Log } from './log.ts';
import { openRedis } from './redis.ts';

/** Tells gateways which entities have changed, so that they drop what they kept of them. */
export interface Changes {
  /** Never rejects: what is not told is dropped when its time is over. */
  readonly tell: (type: string, keys: readonly EntityKey[]) => Promise<void>;
  readonly close: () => void;
}

/** The fields of one `@key` with their values. */
export type EntityKey = Readonly<Record<string, string>>;

/** Tells nobody. */
export const untold: Changes = { tell: () => Promise.resolve(), close: () => undefined };

export interface ChangeSettings {
  /** The subgraph's name in the supergraph. */
  readonly name: string;
  /** Empty: nobody is told. */
  readonly redisUrl: string;
  /** Of the stream that the gateways follow. */
  readonly invalidationStream: string;
}

const mostEvents = 10_000;
const longestMs = 200;
/** Gateways read no more invalidations than this out of one event. */
const mostAtOnce = 1_000;

/** Writes to the stream that gateways follow what they would also take over HTTP. */
export function changesTo(settings: ChangeSettings, log: Log): Changes {
  const { name, redisUrl, invalidationStream: stream } = settings;
  if (redisUrl === '') return untold;
  const redis = openRedis(redisUrl, longestMs);
  let isTold = false;
  redis.on('error', (failure: Error) => {
    if (!isTold) log('warn', 'changes cannot be told to gateways', { reason: reasonOf(failure) });
    isTold = true;
  });
  redis.on('ready', () => {
    isTold = false;
  });
  return {
    tell: async (type, keys) => {
      const events = keys.map((key) => ({ kind: 'entity', subgraph: name, type, key }));
      try {
        for (let from = 0; from < events.length; from += mostAtOnce) {
          const text = JSON.stringify(events.slice(from, from + mostAtOnce));
          await redis.xadd(stream, 'MAXLEN', '~', mostEvents, '*', 'invalidate', text);
        }
      } catch (failure) {
        log('warn', 'a change was not told to gateways', { reason: reasonOf(failure) });
      }
    },
    close: () => redis.disconnect(),
  };
}
