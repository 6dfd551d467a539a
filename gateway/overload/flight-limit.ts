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
  /** Looks in a row that found too much in flight. */
  readonly late: number;
}

/** A slow moment, such as a garbage collection, is no overload. */
const patience = 3;
/** With so few in flight it is not their number that is to blame. */
const fewest = 64;

/**
 * How many requests may be in flight next: fewer while the event loop stays late, and more again, little by little, when
 * it does not and the limit is felt. How long requests take says nothing: a subgraph that hangs must not cost those of
 * the others.
 */
export function nextLimit(
  { limit, late }: FlightLimit,
  { delayMs, peak }: Look,
  { most, maxDelayMs }: LimitSettings,
): FlightLimit {
  const least = Math.min(fewest, most);
  if (delayMs > maxDelayMs) {
    // A loop that is this late is looked at seldom.
    const isVeryLate = delayMs > 3 * maxDelayMs;
    const seen = late + (isVeryLate ? 2 : 1);
    if (seen < patience) return { limit, late: seen };
    const kept = Math.floor(Math.min(limit, peak) * (isVeryLate ? 0.8 : 0.95));
    return { limit: Math.max(least, kept), late: seen };
  }
  const isFelt = peak >= limit * 0.7;
  return { limit: isFelt ? Math.min(most, limit + Math.ceil(limit * 0.02)) : Math.min(limit, most), late: 0 };
}
