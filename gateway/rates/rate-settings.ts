import type { Bucket } from '../model/buckets.ts';

/** What one caller may do; `undefined`: without a limit. */
export interface CallerLimits {
  readonly requests: Bucket | undefined;
  readonly cost: Bucket | undefined;
  /** Requests at the same time, in this process. */
  readonly concurrency: number | undefined;
}

export interface RateSettings {
  /** With a verified identity: a user or an API key. */
  readonly principal: CallerLimits;
  /** Without one, by address. */
  readonly anonymous: CallerLimits;
  /** By the name of the client program's profile; what is left out is as for any caller. */
  readonly profiles: ReadonlyMap<string, Partial<CallerLimits>>;
  /** All callers that use the same client program share its buckets. */
  readonly byClient: boolean;
  /** Addresses and networks whose `x-forwarded-for` is believed. */
  readonly trustedProxies: readonly string[];
  /** Of each limit, what this process grants by itself while shared buckets cannot be had; 0 to 1. */
  readonly localShare: number;
}
