import { createHash } from 'node:crypto';
import { Cluster, Redis } from 'ioredis';
import { redisAddress } from "../model/redis-address.js";
const longestPauseMs = 5_000;
/** Connects at once and stays connected as well as it can; questions are never kept for later. */
export function redisClient(settings) {
    const redis = connected(settings);
    const { timeoutMs } = settings;
    let tell = () => undefined;
    // Without a listener a lost connection would end the process.
    redis.on('error', (failure) => tell(reasonOf(failure)));
    redis.on('close', () => tell('the connection was lost'));
    return {
        isReady: () => redis.status === 'ready',
        beginning: (key, bytes) => within(timeoutMs, redis.getrangeBuffer(key, 0, bytes - 1)),
        set: async (key, text, ttlMs) => {
            await within(timeoutMs, redis.set(key, text, 'PX', ttlMs));
        },
        script: (text) => {
            const script = scriptOn(redis, text);
            return (key, args) => within(timeoutMs, script(key, args));
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
function scriptOn(redis, text) {
    const hash = createHash('sha1').update(text).digest('hex');
    return async (key, args) => {
        try {
            return await redis.evalsha(hash, 1, key, ...args);
        }
        catch (failure) {
            if (!(failure instanceof Error && failure.message.startsWith('NOSCRIPT')))
                throw failure;
            return redis.eval(text, 1, key, ...args);
        }
    };
}
/**
 * A connection, or those to the nodes of a cluster, that is kept as well as it can be. Throws a TypeError for addresses that
 * the configuration would have refused.
 */
export function connected({ urls, timeoutMs }) {
    const read = redisAddress(urls);
    if (!read.ok)
        throw new TypeError(read.problem);
    const options = {
        connectTimeout: 2_000,
        commandTimeout: timeoutMs,
        // A connection on which nothing comes back any more is given up, and with it what was asked there.
        socketTimeout: Math.max(1_000, 10 * timeoutMs),
        maxRetriesPerRequest: 0,
        autoResendUnfulfilledCommands: false,
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
const retryStrategy = (attempt) => Math.min(attempt * 100, longestPauseMs);
function cluster({ nodes, access }, options) {
    return new Cluster([...nodes], {
        enableOfflineQueue: false,
        clusterRetryStrategy: retryStrategy,
        redisOptions: { ...options, ...accessOptions(access), ...(access.tls ? { tls: {} } : {}) },
    });
}
const sentinelMs = 1_000;
function behindSentinels({ sentinels, name, database, access, sentinelAccess }, options) {
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
function accessOptions({ username, password }) {
    return { ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }) };
}
/** Rejects after so many milliseconds: a cluster asks again by itself, each time with a timeout of its own. */
export function within(ms, asked) {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no answer within ${String(ms)} ms`)), ms);
        void asked.then(resolve, reject).finally(() => clearTimeout(timer)); // never rejects: both outcomes are passed on
    });
}
/** In words for a log; ioredis joins several failed attempts into one error without words. */
export function reasonOf(failure) {
    const parts = failure instanceof AggregateError ? failure.errors : [];
    const messages = parts.flatMap((part) => (part instanceof Error ? [part.message] : []));
    return [failure.message, ...messages].filter((text) => text !== '').join('; ') || failure.name;
}
//# sourceMappingURL=redis-client.js.map