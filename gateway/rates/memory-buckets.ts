import { LRUCache } from 'lru-cache';
import type { Bucket, CallerBuckets, Taken, Taking } from '../model/buckets.ts';

export interface MemoryBuckets {
  readonly take: (key: string, buckets: CallerBuckets, taking: Taking) => Taken;
}

interface Levels {
  requests: number;
  cost: number;
  /** Milliseconds. */
  at: number;
}

/**
 * Buckets in this process, full at first. Of more than `most` callers those that were seen least lately are forgotten:
 * their buckets had the longest time to refill.
 */
export function memoryBuckets(most: number, now: () => number): MemoryBuckets {
  const callers = new LRUCache<string, Levels>({ max: most });
  return {
    take: (key, buckets, { requests, points, forced }) => {
      const levels = refilled(callers, key, { buckets, at: now() });
      const over = forced ? undefined : tooLittle(levels, buckets, { requests, points });
      if (over !== undefined) return { ...over, left: levels.cost };
      levels.requests -= requests;
      const capacity = buckets.cost?.capacity ?? 0;
      levels.cost = Math.max(-capacity, Math.min(capacity, levels.cost - points));
      return { over: undefined, left: levels.cost, retryAfterMs: 0 };
    },
  };
}

function refilled(
  callers: LRUCache<string, Levels>,
  key: string,
  { buckets, at }: { readonly buckets: CallerBuckets; readonly at: number },
): Levels {
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

const levelAfter = (level: number, seconds: number, bucket: Bucket | undefined): number =>
  bucket === undefined ? 0 : Math.min(bucket.capacity, level + seconds * bucket.refillPerSecond);

function tooLittle(
  levels: Levels,
  { requests, cost }: CallerBuckets,
  asked: Pick<Taking, 'requests' | 'points'>,
): Pick<Taken, 'over' | 'retryAfterMs'> | undefined {
  if (requests !== undefined && levels.requests < asked.requests)
    return { over: 'requests', retryAfterMs: waitFor(asked.requests, levels.requests, requests) };
  if (cost !== undefined && asked.points > 0 && levels.cost < asked.points)
    return { over: 'cost', retryAfterMs: waitFor(asked.points, levels.cost, cost) };
  return undefined;
}

function waitFor(wanted: number, level: number, { capacity, refillPerSecond }: Bucket): number {
  if (wanted > capacity || refillPerSecond === 0) return Infinity;
  return Math.ceil(((wanted - level) / refillPerSecond) * 1000);
}
