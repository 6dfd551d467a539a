import { createHash } from 'node:crypto';
import { Cluster, Redis } from 'ioredis';

/** What we ask of Redis. Questions reject when there is no answer within the timeout. */
export interface RedisClient {
  /** Whether a question can be sent now. */
  readonly isReady: () => boolean;
  /** The first bytes of a value; empty when there is none. */
  readonly beginning: (key: string, bytes: number) => Promise<Buffer>;
  readonly set: (key: string, text: string, ttlMs: number) => Promise<void>;
  /** A script that changes one key; sent once to each server, then called by its hash. */
  readonly script: (text: string) => RedisScript;
  /** Told of every loss and every connection that cannot be had. */
  readonly onDown: (tell: (reason: string) => void) => void;
  readonly close: () => Promise<void>;
}

export type RedisScript = (key: string, args: readonly (string | number)[]) => Promise<unknown>;

export interface ConnectionSettings {
  /** One address, or the nodes of one cluster; the first one's user and password are everyone's. */
  readonly urls: readonly string[];
  readonly timeoutMs: number;
}

const longestPauseMs = 5_000;

/** Connects at once and stays connected as well as it can; questions are never kept for later. */
export function redisClient(settings: ConnectionSettings): RedisClient {
  const redis = connected(settings);
  let tell: (reason: string) => void = () => undefined;
  // Without a listener a lost connection would end the process.
  redis.on('error', (failure: Error) => tell(reasonOf(failure)));
  redis.on('close', () => tell('the connection was lost'));
  return {
    isReady: () => redis.status === 'ready',
    beginning: (key, bytes) => redis.getrangeBuffer(key, 0, bytes - 1),
    set: async (key, text, ttlMs) => {
      await redis.set(key, text, 'PX', ttlMs);
    },
    script: (text) => scriptOn(redis, text),
    onDown: (told) => {
      tell = told;
    },
    close: () => {
      tell = () => undefined;
      // Not QUIT: a server that hangs would never answer it.
      redis.disconnect();
      return Promise.resolve();
    },
  };
}

function scriptOn(redis: Redis | Cluster, text: string): RedisScript {
  const hash = createHash('sha1').update(text).digest('hex');
  return async (key, args) => {
    try {
      return await redis.evalsha(hash, 1, key, ...args);
    } catch (failure) {
      if (!(failure instanceof Error && failure.message.startsWith('NOSCRIPT'))) throw failure;
      return redis.eval(text, 1, key, ...args);
    }
  };
}

/** A connection, or those to the nodes of a cluster, that is kept as well as it can be. */
export function connected({ urls, timeoutMs }: ConnectionSettings): Redis | Cluster {
  const retryStrategy = (attempt: number): number => Math.min(attempt * 100, longestPauseMs);
  const options = {
    connectTimeout: 2_000,
    commandTimeout: timeoutMs,
    // A connection on which nothing comes back any more is given up, and with it what was asked there.
    socketTimeout: Math.max(1_000, 10 * timeoutMs),
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
  };
  const [first, ...others] = urls;
  if (first === undefined) throw new TypeError('a Redis needs an address');
  if (others.length === 0) return new Redis(first, { ...options, retryStrategy, enableOfflineQueue: false });
  const { protocol, username, password } = new URL(first);
  return new Cluster([...urls], {
    enableOfflineQueue: false,
    clusterRetryStrategy: retryStrategy,
    redisOptions: {
      ...options,
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' ? { tls: {} } : {}),
    },
  });
}

/** In words for a log; ioredis joins several failed attempts into one error without words. */
export function reasonOf(failure: Error): string {
  const parts = failure instanceof AggregateError ? (failure.errors as readonly unknown[]) : [];
  const messages = parts.flatMap((part) => (part instanceof Error ? [part.message] : []));
  return [failure.message, ...messages].filter((text) => text !== '').join('; ') || failure.name;
}
