import type { LogReader, SharedLog } from '../model/cache-store.ts';
import type { BreatherEvents } from './breather.ts';
import { connected, reasonOf } from './redis-client.ts';
import { LogFollower } from './log-follower.ts';
import { append, blockMs } from './redis-stream.ts';

export interface LogSettings {
  readonly urls: readonly string[];
  /** Key of the stream. */
  readonly key: string;
  readonly timeoutMs: number;
}

export interface RedisLog extends SharedLog {
  /** How far the server's clock is ahead of ours, milliseconds; 0 while they agree to a second. */
  readonly aheadMs: () => number;
}

/** A stream in Redis that everybody appends to and reads from its beginning. */
export function redisLog(settings: LogSettings, reader: LogReader, events: BreatherEvents): RedisLog {
  const { urls, key, timeoutMs } = settings;
  const writing = connected({ urls, timeoutMs });
  const reading = connected({ urls, timeoutMs: blockMs + Math.max(500, timeoutMs) });
  const isReady = (): boolean => reading.status === 'ready' && writing.status === 'ready';
  const follower = new LogFollower({ redis: reading, key, reader }, isReady, events);
  for (const redis of [writing, reading])
    redis.on('error', (failure: Error) => follower.broke(reasonOf(failure)));
  const following = follower.run();
  return {
    append: async (text) => {
      if (writing.status !== 'ready') return undefined;
      return append({ redis: writing, key }, text).catch(() => {
        follower.lookSoon();
        return undefined;
      });
    },
    isLive: () => follower.isLive(),
    aheadMs: () => follower.aheadMs(),
    close: async () => {
      follower.stop();
      writing.disconnect();
      reading.disconnect();
      await following;
    },
  };
}
