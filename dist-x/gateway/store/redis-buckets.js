import { createHash } from 'node:crypto';
import { breather } from "./breather.js";
import { redisClient } from "./redis-client.js";
/** After a failure Redis is left alone this long, so that a hanging one delays few requests. */
const pauseMs = 1_000;
/** A bucket that refills slowly, or never, is kept this long after its last use. */
const longestKeptMs = 24 * 3_600 * 1_000;
/**
 * Refills, looks and takes in one step, by the clock of Redis; a bucket that nobody uses goes when it would be full.
 * KEYS: the caller. ARGV: capacity and refill of requests and of cost (capacity -1: no such bucket), requests and
 * points to take, whether they are taken whatever is left, how long to keep at most.
 * Gives: 0 taken, 1 too many requests, 2 too little cost left; points left; milliseconds to wait, -1 for ever.
 */
const script = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local held = redis.call('HMGET', KEYS[1], 'r', 'c', 't')
local seconds = math.max(0, now - (tonumber(held[3]) or now)) / 1000
local function level(kept, capacity, refill)
  if capacity < 0 then return 0 end
  return math.min(capacity, (tonumber(kept) or capacity) + seconds * refill)
end
local rcap, rfill, ccap, cfill = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local requests, points = tonumber(ARGV[5]), tonumber(ARGV[6])
local r, c = level(held[1], rcap, rfill), level(held[2], ccap, cfill)
local function wait(wanted, have, capacity, refill)
  if wanted > capacity or refill == 0 then return -1 end
  return math.ceil((wanted - have) / refill * 1000)
end
if ARGV[7] == '0' then
  if rcap >= 0 and r < requests then return {1, string.format('%.3f', c), wait(requests, r, rcap, rfill)} end
  if ccap >= 0 and points > 0 and c < points then return {2, string.format('%.3f', c), wait(points, c, ccap, cfill)} end
end
r = r - requests
if ccap >= 0 then c = math.max(-ccap, math.min(ccap, c - points)) end
redis.call('HSET', KEYS[1], 'r', string.format('%.3f', r), 'c', string.format('%.3f', c), 't', string.format('%.0f', now))
local longest = tonumber(ARGV[8])
local function full(have, capacity, refill)
  if capacity < 0 or have >= capacity then return 0 end
  if refill == 0 then return longest end
  return (capacity - have) / refill * 1000
end
local keep = math.min(longest, math.max(full(r, rcap, rfill), full(c, ccap, cfill)) + 1000)
redis.call('PEXPIRE', KEYS[1], math.ceil(keep))
return {0, string.format('%.3f', c), 0}`;
const none = { capacity: -1, refillPerSecond: 0 };
/** Buckets in Redis: one round trip and one key for each taking. Connects by itself, and again after a loss. */
export function redisBuckets(settings, events) {
    const client = redisClient(settings);
    const rest = breather({ pauseMs, now: () => performance.now() }, events);
    client.onDown((reason) => rest.failed(reason));
    const run = client.script(script);
    return {
        take: async (key, buckets, taking) => {
            if (rest.isResting() || !client.isReady())
                return undefined;
            try {
                const taken = takenFrom(await run(nameOf(key, settings), argumentsOf(buckets, taking)));
                rest.succeeded();
                return taken;
            }
            catch (failure) {
                rest.failed(failure instanceof Error ? failure.message : String(failure));
                return undefined;
            }
        },
        close: () => client.close(),
    };
}
/** Hashed: a key may hold what a client wrote. In braces, so that all of a caller stays on one node of a cluster. */
function nameOf(key, { namespace }) {
    return `${namespace}:{${createHash('sha256').update(key).digest('base64url')}}`;
}
function argumentsOf({ requests = none, cost = none }, taking) {
    return [
        ...[requests.capacity, requests.refillPerSecond, cost.capacity, cost.refillPerSecond],
        ...[taking.requests, taking.points, taking.forced ? 1 : 0, longestKeptMs],
    ];
}
function takenFrom(reply) {
    const [code, left, wait] = Array.isArray(reply) ? reply : [];
    if (typeof code !== 'number' || typeof wait !== 'number')
        throw new Error('no bucket in the answer');
    const over = code === 1 ? 'requests' : code === 2 ? 'cost' : undefined;
    return { over, left: Number(left), retryAfterMs: wait < 0 ? Infinity : wait };
}
//# sourceMappingURL=redis-buckets.js.map