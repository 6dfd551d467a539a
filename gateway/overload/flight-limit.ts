/** What was seen since the last look. */
export interface Look {
  /** By how much the event loop came too late, milliseconds. */
  readonly delayMs: number;
  /** The most requests in flight. */
  readonly peak: number;
  /** How long requests take lately, and how long they usually do when nothing is in their way, milliseconds. */
  readonly waitMs: number;
  readonly usualMs: number;
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
const fewest = 32;
/** Slower than usual by this is a queue, somewhere behind us if not here, when it is also this many loop delays long. */
const slowdown = 5;
const longWait = 5;

/**
 * How many requests may be in flight next: fewer while the event loop stays late or requests take far longer than they
 * usually do, and more again, little by little, when they do not and the limit is felt.
 */
export function nextLimit(
  { limit, late }: FlightLimit,
  { delayMs, peak, waitMs, usualMs }: Look,
  { most, maxDelayMs }: LimitSettings,
): FlightLimit {
  const least = Math.min(fewest, most);
  const isQueue = waitMs > longWait * maxDelayMs && waitMs > slowdown * usualMs;
  if (delayMs > maxDelayMs || isQueue) {
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
