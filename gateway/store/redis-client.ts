import { createHash } from 'node:crypto';
import { Cluster, Redis } from 'ioredis';
import { redisAddress, type RedisAddress } from '../model/redis-address.ts';

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
  /** As `redisAddress` reads them. */
  readonly urls: readonly string[];
  readonly timeoutMs: number;
}

const longestPauseMs = 5_000;

/** Connects at once and stays connected as well as it can; questions are never kept for later. */
export function redisClient(settings: ConnectionSettings): RedisClient {
  const redis = connected(settings);
  const { timeoutMs } = settings;
  const together = togetherOn(redis);
  const ask = <T>(question: () => Promise<T>): Promise<T> => within(timeoutMs, together(question));
  let tell: (reason: string) => void = () => undefined;
  // Without a listener a lost connection would end the process.
  redis.on('error', (failure: Error) => tell(reasonOf(failure)));
  redis.on('close', () => tell('the connection was lost'));
  return {
    isReady: () => redis.status === 'ready',
    beginning: (key, bytes) => ask(() => redis.getrangeBuffer(key, 0, bytes - 1)),
    set: async (key, text, ttlMs) => {
      await ask(() => redis.set(key, text, 'PX', ttlMs));
    },
    script: (text) => {
      const script = scriptOn(redis, text);
      return (key, args) => ask(() => script(key, args));
    },
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

/**
 * Runs what asks Redis, and sends it with everything else that the event loop's turn asks there: alone, each question waits
 * for its reader to be woken (ADR 0020).
 */
export function togetherOn(redis: Redis | Cluster): <T>(question: () => T) => T {
  let isHeld = false;
  return (question) => {
    if (isHeld) return question();
    isHeld = true;
    const streams = streamsOf(redis);
    for (const stream of streams) stream.cork();
    setImmediate(() => {
      isHeld = false;
      for (const stream of streams) stream.uncork();
    });
    return question();
  };
}

/** One that is not connected has none yet, whatever its type says. */
function streamsOf(redis: Redis | Cluster): readonly Redis['stream'][] {
  const nodes = redis instanceof Cluster ? redis.nodes('all') : [redis];
  return nodes.map((node) => node.stream as Redis['stream'] | undefined).filter((one) => one !== undefined);
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

/**
 * A connection, or those to the nodes of a cluster, that is kept as well as it can be. Throws a TypeError for addresses that
 * the configuration would have refused.
 */
export function connected({ urls, timeoutMs }: ConnectionSettings): Redis | Cluster {
  const read = redisAddress(urls);
  if (!read.ok) throw new TypeError(read.problem);
  const options: CommonOptions = {
    connectTimeout: 2_000,
    commandTimeout: timeoutMs,
    // A connection on which nothing comes back any more is given up, and with it what was asked there.
    socketTimeout: Math.max(1_000, 10 * timeoutMs),
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    reconnectOnError: seldomOnReplicas(),
  };
  const { address } = read;
  switch (address.kind) {
    case 'single':
      return new Redis(address.url, { ...options, retryStrategy, enableOfflineQueue: false });
    case 'cluster':
      return cluster(address, options);
    case 'sentinel':
      return behindSentinels(address, options);
  }
}

interface CommonOptions {
  readonly connectTimeout: number;
  readonly commandTimeout: number;
  readonly socketTimeout: number;
  readonly maxRetriesPerRequest: number;
  readonly autoResendUnfulfilledCommands: boolean;
  readonly reconnectOnError: (failure: Error) => boolean;
}

const replicaPauseMs = 5_000;

/**
 * A server that became a replica keeps its connections; under its name, or by its sentinels, another one may be found that
 * can be written. Where there is none, what can be read is not disturbed by it all the time.
 */
function seldomOnReplicas(): CommonOptions['reconnectOnError'] {
  let last = -Infinity;
  return ({ message }) => {
    if (!message.includes('READONLY') || performance.now() - last < replicaPauseMs) return false;
    last = performance.now();
    return true;
  };
}

const retryStrategy = (attempt: number): number => Math.min(attempt * 100, longestPauseMs);

function cluster(
  { nodes, access }: Extract<RedisAddress, { kind: 'cluster' }>,
  options: CommonOptions,
): Cluster {
  return new Cluster([...nodes], {
    enableOfflineQueue: false,
    clusterRetryStrategy: retryStrategy,
    redisOptions: { ...options, ...accessOptions(access), ...(access.tls ? { tls: {} } : {}) },
  });
}

const sentinelMs = 1_000;

function behindSentinels(
  { sentinels, name, database, access, sentinelAccess }: Extract<RedisAddress, { kind: 'sentinel' }>,
  options: CommonOptions,
): Redis {
  const { username, password } = sentinelAccess;
  return new Redis({
    ...options,
    ...accessOptions(access),
    ...{ sentinels: [...sentinels], name, db: database, retryStrategy, enableOfflineQueue: false },
    sentinelRetryStrategy: retryStrategy,
    sentinelReconnectStrategy: retryStrategy,
    sentinelCommandTimeout: sentinelMs,
    // They tell of a new server at once, before connections to the old one fail.
    failoverDetector: true,
    ...(username === undefined ? {} : { sentinelUsername: username }),
    ...(password === undefined ? {} : { sentinelPassword: password }),
    ...(access.tls ? { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true } : {}),
  });
}

function accessOptions({ username, password }: Extract<RedisAddress, { kind: 'cluster' }>['access']) {
  return { ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }) };
}

/** Rejects after so many milliseconds: a cluster asks again by itself, each time with a timeout of its own. */
export function within<T>(ms: number, asked: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${String(ms)} ms`)), ms);
    void asked.then(resolve, reject).finally(() => clearTimeout(timer)); // never rejects: both outcomes are passed on
  });
}

/** In words for a log; ioredis joins several failed attempts into one error without words. */
export function reasonOf(failure: Error): string {
  const parts = failure instanceof AggregateError ? (failure.errors as readonly unknown[]) : [];
  const messages = parts.flatMap((part) => (part instanceof Error ? [part.message] : []));
  return [failure.message, ...messages].filter((text) => text !== '').join('; ') || failure.name;
}
