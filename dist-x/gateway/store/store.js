import { createHash } from 'node:crypto';
import { breather } from "./breather.js";
import { redisClient } from "./redis-client.js";
export { redisEntries } from "./redis-entries.js";
export { redisLog } from "./redis-log.js";
export { redisBuckets } from "./redis-buckets.js";
/** After a failure the store is left alone this long, so that a hanging one delays few requests. */
const pauseMs = 1_000;
/**
 * Texts in Redis. Connects by itself, and again after a loss; meanwhile, and for a moment after each failure, every
 * question is answered `unavailable` at once.
 */
export function redisStore(settings, events) {
    const client = redisClient(settings);
    const rest = breather({ pauseMs, now: () => performance.now() }, events);
    client.onDown((reason) => rest.failed(reason));
    const asked = async (question) => {
        if (rest.isResting() || !client.isReady())
            return undefined;
        try {
            const answer = await question();
            rest.succeeded();
            return answer;
        }
        catch (failure) {
            rest.failed(failure instanceof Error ? failure.message : String(failure));
            return undefined;
        }
    };
    const nameOf = (key) => `${settings.namespace}:${createHash('sha256').update(key).digest('base64url')}`;
    return {
        read: async (key) => lookup(await asked(() => beginning(client, nameOf(key), settings)), settings),
        write: async (key, text) => {
            if (Buffer.byteLength(text) > settings.maxTextBytes)
                return;
            await asked(() => client.set(nameOf(key), text, settings.ttlMs));
        },
        close: () => client.close(),
    };
}
/** One byte more than may be, so that a longer text shows without being transferred. */
function beginning(client, name, { maxTextBytes }) {
    return client.beginning(name, maxTextBytes + 1);
}
function lookup(bytes, { maxTextBytes }) {
    if (bytes === undefined)
        return { kind: 'unavailable' };
    if (bytes.length === 0 || bytes.length > maxTextBytes)
        return { kind: 'miss' };
    return { kind: 'hit', text: bytes.toString('utf8') };
}
//# sourceMappingURL=store.js.map