/** What was seen since the last look. */
export interface Look {
  /** By how much the event loop came too late, milliseconds. */
  readonly delayMs: number;
  /** The most requests in flight. */
  readonly peak: number;
}

export interface LimitSettings {
  /** More are never let in. */
  readonly most: number;
  readonly maxDelayMs: number;
}

export interface FlightLimit {
  readonly limit: number;
  /** Looks in a row in which the loop came too late. */
  readonly late: number;
}

/** A slow moment, such as a garbage collection, is no overload. */
const patience = 3;
/** With so few in flight it is not their number that is to blame. */
const fewest = 64;

/**
 * How many requests may be in flight next: fewer while the event loop stays late, and more again, little by little, when
 * it is in time and the limit is felt.
 */
export function nextLimit(
  { limit, late }: FlightLimit,
  { delayMs, peak }: Look,
  { most, maxDelayMs }: LimitSettings,
): FlightLimit {
  const least = Math.min(fewest, most);
  if (delayMs > maxDelayMs) {
    if (late + 1 < patience) return { limit, late: late + 1 };
    return { limit: Math.max(least, Math.floor(Math.min(limit, peak) * 0.85)), late: late + 1 };
  }
  const isFelt = peak >= limit * 0.7;
  return { limit: isFelt ? Math.min(most, limit + Math.ceil(limit * 0.05)) : Math.min(limit, most), late: 0 };
}
