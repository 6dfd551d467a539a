import { LRUCache } from 'lru-cache';
/**
 * Buckets in this process, full at first. Of more than `most` callers those that were seen least lately are forgotten:
 * their buckets had the longest time to refill.
 */
export function memoryBuckets(most, now) {
    const callers = new LRUCache({ max: most });
    return {
        take: (key, buckets, { requests, points, forced }) => {
            const levels = refilled(callers, key, { buckets, at: now() });
            const over = forced ? undefined : tooLittle(levels, buckets, { requests, points });
            if (over !== undefined)
                return { ...over, left: levels.cost };
            levels.requests -= requests;
            const capacity = buckets.cost?.capacity ?? 0;
            levels.cost = Math.max(-capacity, Math.min(capacity, levels.cost - points));
            return { over: undefined, left: levels.cost, retryAfterMs: 0 };
        },
    };
}
function refilled(callers, key, { buckets, at }) {
    const { requests, cost } = buckets;
    const known = callers.get(key);
    if (known === undefined) {
        const full = { requests: requests?.capacity ?? 0, cost: cost?.capacity ?? 0, at };
        callers.set(key, full);
        return full;
    }
    const seconds = Math.max(0, at - known.at) / 1000;
    known.requests = levelAfter(known.requests, seconds, requests);
    known.cost = levelAfter(known.cost, seconds, cost);
    known.at = at;
    return known;
}
const levelAfter = (level, seconds, bucket) => bucket === undefined ? 0 : Math.min(bucket.capacity, level + seconds * bucket.refillPerSecond);
function tooLittle(levels, { requests, cost }, asked) {
    if (requests !== undefined && levels.requests < asked.requests)
        return { over: 'requests', retryAfterMs: waitFor(asked.requests, levels.requests, requests) };
    if (cost !== undefined && asked.points > 0 && levels.cost < asked.points)
        return { over: 'cost', retryAfterMs: waitFor(asked.points, levels.cost, cost) };
    return undefined;
}
function waitFor(wanted, level, { capacity, refillPerSecond }) {
    if (wanted > capacity || refillPerSecond === 0)
        return Infinity;
    return Math.ceil(((wanted - level) / refillPerSecond) * 1000);
}
//# sourceMappingURL=memory-buckets.js.map