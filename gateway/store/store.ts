import { createHash } from 'node:crypto';
import type { Lookup, SharedStore } from '../model/store.ts';
import { breather, type BreatherEvents } from './breather.ts';
import { redisClient, type RedisClient } from './redis-client.ts';

export { redisEntries, type EntrySettings } from './redis-entries.ts';
export { redisLog, type LogSettings } from './redis-log.ts';
export { redisBuckets, type BucketStoreSettings } from './redis-buckets.ts';

export interface RedisSettings {
  /** As `redisAddress` reads them. */
  readonly urls: readonly string[];
  /** Put before every key, so that several systems can share one Redis. */
  readonly namespace: string;
  /** For one question, milliseconds. */
  readonly timeoutMs: number;
  /** How long a text is kept after it was written, milliseconds. */
  readonly ttlMs: number;
  /** Longer texts are neither written nor believed. */
  readonly maxTextBytes: number;
}

/** After a failure the store is left alone this long, so that a hanging one delays few requests. */
const pauseMs = 1_000;

/**
 * Texts in Redis. Connects by itself, and again after a loss; meanwhile, and for a moment after each failure, every
 * question is answered `unavailable` at once.
 */
export function redisStore(settings: RedisSettings, events: BreatherEvents): SharedStore {
  const client = redisClient(settings);
  const rest = breather({ pauseMs, now: () => performance.now() }, events);
  client.onDown((reason) => rest.failed(reason));
  const asked = async <T>(question: () => Promise<T>): Promise<T | undefined> => {
    if (rest.isResting() || !client.isReady()) return undefined;
    try {
      const answer = await question();
      rest.succeeded();
      return answer;
    } catch (failure) {
      rest.failed(failure instanceof Error ? failure.message : String(failure));
      return undefined;
    }
  };
  const nameOf = (key: string): string =>
    `${settings.namespace}:${createHash('sha256').update(key).digest('base64url')}`;
  return {
    read: async (key) => lookup(await asked(() => beginning(client, nameOf(key), settings)), settings),
    write: async (key, text) => {
      if (Buffer.byteLength(text) > settings.maxTextBytes) return;
      await asked(() => client.set(nameOf(key), text, settings.ttlMs));
    },
    close: () => client.close(),
  };
}

/** One byte more than may be, so that a longer text shows without being transferred. */
function beginning(client: RedisClient, name: string, { maxTextBytes }: RedisSettings): Promise<Buffer> {
  return client.beginning(name, maxTextBytes + 1);
}

function lookup(bytes: Buffer | undefined, { maxTextBytes }: RedisSettings): Lookup {
  if (bytes === undefined) return { kind: 'unavailable' };
  if (bytes.length === 0 || bytes.length > maxTextBytes) return { kind: 'miss' };
  return { kind: 'hit', text: bytes.toString('utf8') };
}
