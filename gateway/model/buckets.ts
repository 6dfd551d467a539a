/** A bucket of points that refills by itself. */
export interface Bucket {
  readonly capacity: number;
  readonly refillPerSecond: number;
}

/** The buckets of one caller. */
export interface CallerBuckets {
  /** One point a request. */
  readonly requests: Bucket | undefined;
  /** Points of cost. */
  readonly cost: Bucket | undefined;
}

/** What is taken at once: all of it or nothing. */
export interface Taking {
  readonly requests: number;
  /** Negative: given back. */
  readonly points: number;
  /** Taken whatever is left, down to a debt of one capacity: for what has been spent already. */
  readonly forced: boolean;
}

export interface Taken {
  /** The bucket that holds too little; then nothing was taken. */
  readonly over: 'requests' | 'cost' | undefined;
  /** Points of cost after it; 0 without such a bucket. */
  readonly left: number;
  /** Until there would be enough, milliseconds; `Infinity` when there never is. 0 for what was taken. */
  readonly retryAfterMs: number;
}

/** Buckets that several gateways share, by the caller's key. Never rejects; `undefined`: they cannot be had now. */
export interface SharedBuckets {
  readonly take: (key: string, buckets: CallerBuckets, taking: Taking) => Promise<Taken | undefined>;
  readonly close: () => Promise<void>;
}
