import { LRUCache } from 'lru-cache';
import { defaultProfile } from "../model/client-profile.js";
import { callers } from "./caller.js";
import { memoryBuckets } from "./memory-buckets.js";
export { memoryBuckets };
/** Callers remembered. */
export const mostCallers = 100_000;
/** A caller whom the shared buckets refused is not asked about again until its time, at most this long. */
const longestRefusalMs = 1_000;
/** Rates and budgets of callers: in this process, or shared with other gateways. */
export function createRates(settings, shared, now) {
    const callerOf = callers(settings);
    const parts = {
        own: memoryBuckets(mostCallers, now),
        shared,
        localShare: shared === undefined ? 1 : settings.localShare,
        refusedUntil: new LRUCache({ max: mostCallers }),
        places: new Map(),
        now,
    };
    return {
        enter: (request, principal, profile = defaultProfile) => new CallerVisit(callerOf(request, principal, profile), parts),
        close: async () => shared?.close(),
    };
}
const fine = { throttled: undefined };
class CallerVisit {
    throttled;
    #caller;
    #parts;
    #hasPlace = false;
    /** Where points were taken, and how many. */
    #paid;
    #left;
    /** What was spent, when the request left before its payment was through. */
    #spent;
    /** The request itself has been counted. */
    #isCounted = false;
    constructor(caller, parts) {
        this.#caller = caller;
        this.#parts = parts;
        this.throttled = this.#place() ?? this.#count();
    }
    pay(estimate) {
        const points = this.#caller.limits.cost === undefined ? 0 : estimate;
        const { shared } = this.#parts;
        if (shared === undefined) {
            return points === 0
                ? fine
                : this.#settled(this.#takeOwn({ requests: 0, points, forced: false }), 'own', points);
        }
        const { requests, cost } = this.#caller.limits;
        if (requests === undefined && (cost === undefined || points === 0))
            return fine;
        this.#isCounted = true;
        return this.#payShared(shared, points);
    }
    leave(actual) {
        if (this.#hasPlace)
            this.#freePlace();
        const { shared } = this.#parts;
        const { key, limits } = this.#caller;
        if (shared !== undefined && !this.#isCounted && limits.requests !== undefined) {
            // Requests that end before they cost anything count too; nobody waits for it.
            void shared.take(key, limits, { requests: 1, points: 0, forced: false }).then((taken) => {
                if (taken !== undefined)
                    this.#remember(taken);
            });
        }
        this.#spent = actual;
        this.#giveBack();
    }
    #giveBack() {
        const { key, limits } = this.#caller;
        if (this.#paid === undefined || this.#spent === undefined || limits.cost === undefined)
            return;
        const points = this.#spent - this.#paid.points;
        if (points === 0)
            return;
        const taking = { requests: 0, points, forced: true };
        this.#left = Math.min(limits.cost.capacity, (this.#left ?? 0) - points);
        if (this.#paid.at === 'shared')
            void this.#parts.shared?.take(key, limits, taking);
        else
            this.#takeOwn(taking);
    }
    budget() {
        const { cost } = this.#caller.limits;
        if (cost === undefined)
            return undefined;
        if (this.#left === undefined && this.#parts.shared === undefined)
            this.#left = this.#takeOwn({ requests: 0, points: 0, forced: true }).left;
        return {
            maximumAvailable: cost.capacity,
            currentlyAvailable: Math.max(0, Math.floor(this.#left ?? cost.capacity)),
            restoreRate: cost.refillPerSecond,
        };
    }
    #place() {
        const { concurrency } = this.#caller.limits;
        if (concurrency === undefined)
            return undefined;
        const { places } = this.#parts;
        const { key } = this.#caller;
        const taken = places.get(key) ?? 0;
        if (taken >= concurrency)
            return { over: 'concurrency', retryAfterMs: 1_000 };
        places.set(key, taken + 1);
        this.#hasPlace = true;
        return undefined;
    }
    #freePlace() {
        const { places } = this.#parts;
        const left = (places.get(this.#caller.key) ?? 1) - 1;
        if (left === 0)
            places.delete(this.#caller.key);
        else
            places.set(this.#caller.key, left);
        this.#hasPlace = false;
    }
    /** Counts the request here; where buckets are shared, it is counted with its cost, and only a known refusal holds. */
    #count() {
        const { key, limits } = this.#caller;
        if (limits.requests === undefined)
            return undefined;
        const { shared, refusedUntil, now } = this.#parts;
        if (shared !== undefined) {
            const left = (refusedUntil.get(key) ?? 0) - now();
            return left > 0 ? { over: 'requests', retryAfterMs: Math.ceil(left) } : undefined;
        }
        return this.#settled(this.#takeOwn({ requests: 1, points: 0, forced: false }), 'own', 0).throttled;
    }
    async #payShared(shared, points) {
        const { key, limits } = this.#caller;
        const taking = { requests: limits.requests === undefined ? 0 : 1, points, forced: false };
        const taken = await shared.take(key, limits, taking);
        if (taken === undefined) {
            const share = this.#inShare(points);
            return this.#settled(this.#takeOwn({ ...taking, points: share }), 'own', share);
        }
        this.#remember(taken);
        return this.#settled(taken, 'shared', points);
    }
    #remember({ over, retryAfterMs }) {
        if (over !== 'requests')
            return;
        const { refusedUntil, now } = this.#parts;
        refusedUntil.set(this.#caller.key, now() + Math.min(longestRefusalMs, retryAfterMs));
    }
    #settled({ over, left, retryAfterMs }, at, points) {
        this.#left = left;
        if (over !== undefined)
            return { throttled: { over, retryAfterMs } };
        if (points > 0)
            this.#paid = { at, points };
        this.#giveBack();
        return fine;
    }
    #takeOwn(taking) {
        const { own, localShare } = this.#parts;
        return own.take(this.#caller.key, shareOf(this.#caller.limits, localShare), taking);
    }
    /** What a share can hold: what is dearer takes all of it, so that a share never refuses for ever. */
    #inShare(points) {
        const { cost } = this.#caller.limits;
        return cost === undefined ? 0 : Math.min(points, cost.capacity * this.#parts.localShare);
    }
}
function shareOf(limits, share) {
    return share === 1
        ? limits
        : { requests: scaled(limits.requests, share, 1), cost: scaled(limits.cost, share) };
}
const scaled = (bucket, share, least = 0) => bucket && {
    capacity: Math.max(least, bucket.capacity * share),
    refillPerSecond: bucket.refillPerSecond * share,
};
//# sourceMappingURL=rates.js.map