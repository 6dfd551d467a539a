import { LRUCache } from 'lru-cache';
import type { Bucket, CallerBuckets, SharedBuckets, Taken, Taking } from '../model/buckets.ts';
import { defaultProfile } from '../model/client-profile.ts';
import type { Principal } from '../model/principal.ts';
import { callers, type RatedCaller, type RatedRequest } from './caller.ts';
import { memoryBuckets, type MemoryBuckets } from './memory-buckets.ts';
import type { CallerLimits, RateSettings } from './rate-settings.ts';

export { memoryBuckets };
export type { CallerLimits, RateSettings, RatedRequest };

/** Why a request is not answered now. */
export interface Throttled {
  readonly over: 'requests' | 'cost' | 'concurrency';
  /** `Infinity`: it never will be. */
  readonly retryAfterMs: number;
}

/** Shopify's words for the state of a budget. */
export interface BudgetState {
  readonly maximumAvailable: number;
  readonly currentlyAvailable: number;
  readonly restoreRate: number;
}

/** One request of one caller, from its arrival to its end. */
export interface Visit {
  /** Set when the request is not answered at all. */
  readonly throttled: Throttled | undefined;
  /** Takes what the operation is expected to cost; never rejects. At once without shared buckets. */
  readonly pay: (estimate: number) => Paid | Promise<Paid>;
  /** Gives back what was not spent, and the place of the request. To be called once. */
  readonly leave: (actual: number) => void;
  /** The caller's budget, as far as it is known; `undefined` without one. */
  readonly budget: () => BudgetState | undefined;
}

export interface Paid {
  readonly throttled: Throttled | undefined;
}

export interface Rates {
  /** `profile`: of the client program, by its name. */
  readonly enter: (request: RatedRequest, principal: Principal, profile?: string) => Visit;
  readonly close: () => Promise<void>;
}

/** Callers remembered. */
export const mostCallers = 100_000;
/** A caller whom the shared buckets refused is not asked about again until its time, at most this long. */
const longestRefusalMs = 1_000;

/** Rates and budgets of callers: in this process, or shared with other gateways. */
export function createRates(
  settings: RateSettings,
  shared: SharedBuckets | undefined,
  now: () => number,
): Rates {
  const callerOf = callers(settings);
  const parts: VisitParts = {
    own: memoryBuckets(mostCallers, now),
    shared,
    localShare: shared === undefined ? 1 : settings.localShare,
    refusedUntil: new LRUCache({ max: mostCallers }),
    places: new Map(),
    now,
  };
  return {
    enter: (request, principal, profile = defaultProfile) =>
      new CallerVisit(callerOf(request, principal, profile), parts),
    close: async () => shared?.close(),
  };
}

interface VisitParts {
  readonly own: MemoryBuckets;
  readonly shared: SharedBuckets | undefined;
  readonly localShare: number;
  readonly refusedUntil: LRUCache<string, number>;
  /** Requests in flight, by caller. */
  readonly places: Map<string, number>;
  readonly now: () => number;
}

const fine: Paid = { throttled: undefined };

class CallerVisit implements Visit {
  readonly throttled: Throttled | undefined;
  readonly #caller: RatedCaller;
  readonly #parts: VisitParts;
  #hasPlace = false;
  /** Where points were taken, and how many. */
  #paid: { readonly at: 'shared' | 'own'; readonly points: number } | undefined;
  #left: number | undefined;
  /** What was spent, when the request left before its payment was through. */
  #spent: number | undefined;
  /** The request itself has been counted. */
  #isCounted = false;

  constructor(caller: RatedCaller, parts: VisitParts) {
    this.#caller = caller;
    this.#parts = parts;
    this.throttled = this.#place() ?? this.#count();
  }

  pay(estimate: number): Paid | Promise<Paid> {
    const points = this.#caller.limits.cost === undefined ? 0 : estimate;
    const { shared } = this.#parts;
    if (shared === undefined) {
      return points === 0
        ? fine
        : this.#settled(this.#takeOwn({ requests: 0, points, forced: false }), 'own', points);
    }
    const { requests, cost } = this.#caller.limits;
    if (requests === undefined && (cost === undefined || points === 0)) return fine;
    this.#isCounted = true;
    return this.#payShared(shared, points);
  }

  leave(actual: number): void {
    if (this.#hasPlace) this.#freePlace();
    const { shared } = this.#parts;
    const { key, limits } = this.#caller;
    if (shared !== undefined && !this.#isCounted && limits.requests !== undefined) {
      // Requests that end before they cost anything count too; nobody waits for it.
      void shared.take(key, limits, { requests: 1, points: 0, forced: false }).then((taken) => {
        if (taken !== undefined) this.#remember(taken);
      });
    }
    this.#spent = actual;
    this.#giveBack();
  }

  #giveBack(): void {
    const { key, limits } = this.#caller;
    if (this.#paid === undefined || this.#spent === undefined || limits.cost === undefined) return;
    const points = this.#spent - this.#paid.points;
    if (points === 0) return;
    const taking: Taking = { requests: 0, points, forced: true };
    this.#left = Math.min(limits.cost.capacity, (this.#left ?? 0) - points);
    if (this.#paid.at === 'shared') void this.#parts.shared?.take(key, limits, taking);
    else this.#takeOwn(taking);
  }

  budget(): BudgetState | undefined {
    const { cost } = this.#caller.limits;
    if (cost === undefined) return undefined;
    if (this.#left === undefined && this.#parts.shared === undefined)
      this.#left = this.#takeOwn({ requests: 0, points: 0, forced: true }).left;
    return {
      maximumAvailable: cost.capacity,
      currentlyAvailable: Math.max(0, Math.floor(this.#left ?? cost.capacity)),
      restoreRate: cost.refillPerSecond,
    };
  }

  #place(): Throttled | undefined {
    const { concurrency } = this.#caller.limits;
    if (concurrency === undefined) return undefined;
    const { places } = this.#parts;
    const { key } = this.#caller;
    const taken = places.get(key) ?? 0;
    if (taken >= concurrency) return { over: 'concurrency', retryAfterMs: 1_000 };
    places.set(key, taken + 1);
    this.#hasPlace = true;
    return undefined;
  }

  #freePlace(): void {
    const { places } = this.#parts;
    const left = (places.get(this.#caller.key) ?? 1) - 1;
    if (left === 0) places.delete(this.#caller.key);
    else places.set(this.#caller.key, left);
    this.#hasPlace = false;
  }

  /** Counts the request here; where buckets are shared, it is counted with its cost, and only a known refusal holds. */
  #count(): Throttled | undefined {
    const { key, limits } = this.#caller;
    if (limits.requests === undefined) return undefined;
    const { shared, refusedUntil, now } = this.#parts;
    if (shared !== undefined) {
      const left = (refusedUntil.get(key) ?? 0) - now();
      return left > 0 ? { over: 'requests', retryAfterMs: Math.ceil(left) } : undefined;
    }
    return this.#settled(this.#takeOwn({ requests: 1, points: 0, forced: false }), 'own', 0).throttled;
  }

  async #payShared(shared: SharedBuckets, points: number): Promise<Paid> {
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

  #remember({ over, retryAfterMs }: Taken): void {
    if (over !== 'requests') return;
    const { refusedUntil, now } = this.#parts;
    refusedUntil.set(this.#caller.key, now() + Math.min(longestRefusalMs, retryAfterMs));
  }

  #settled({ over, left, retryAfterMs }: Taken, at: 'shared' | 'own', points: number): Paid {
    this.#left = left;
    if (over !== undefined) return { throttled: { over, retryAfterMs } };
    if (points > 0) this.#paid = { at, points };
    this.#giveBack();
    return fine;
  }

  #takeOwn(taking: Taking): Taken {
    const { own, localShare } = this.#parts;
    return own.take(this.#caller.key, shareOf(this.#caller.limits, localShare), taking);
  }

  /** What a share can hold: what is dearer takes all of it, so that a share never refuses for ever. */
  #inShare(points: number): number {
    const { cost } = this.#caller.limits;
    return cost === undefined ? 0 : Math.min(points, cost.capacity * this.#parts.localShare);
  }
}

function shareOf(limits: CallerLimits, share: number): CallerBuckets {
  return share === 1
    ? limits
    : { requests: scaled(limits.requests, share, 1), cost: scaled(limits.cost, share) };
}

const scaled = (bucket: Bucket | undefined, share: number, least = 0): Bucket | undefined =>
  bucket && {
    capacity: Math.max(least, bucket.capacity * share),
    refillPerSecond: bucket.refillPerSecond * share,
  };
