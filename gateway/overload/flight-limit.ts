/** What was seen since the last look. */
export interface Look {
  /** By how much the event loop came too late, milliseconds. */
  readonly delayMs: number;
  /** The most requests that counted at the same time. */
  readonly peak: number;
}

export interface LimitSettings {
  /** More are never let in. */
  readonly most: number;
  /** With so few it is not their number that is to blame. */
  readonly fewest: number;
  readonly maxDelayMs: number;
  /** By what part the limit grows in a look that was in time. */
  readonly growth: number;
}

export interface FlightLimit {
  readonly limit: number;
  /** Looks in a row that found too much in flight. */
  readonly late: number;
}

/** A slow moment, such as a garbage collection, is no overload. */
const patience = 2;

/**
 * How many requests may be under way next: fewer while the event loop stays late, and more again when it does not and
 * the limit is felt. One turn of a loop that is overloaded takes in all that came meanwhile and takes ever longer, so a
 * very late one is acted upon at once; what that costs after a mere pause comes back within a second. How long requests
 * take says nothing: a subgraph that hangs must not cost those of the others.
 */
export function nextLimit(
  { limit, late }: FlightLimit,
  { delayMs, peak }: Look,
  { most, fewest, maxDelayMs, growth }: LimitSettings,
): FlightLimit {
  const least = Math.min(most, fewest);
  const lowered = (share: number): number => Math.max(least, Math.floor(Math.min(limit, peak) * share));
  if (delayMs > 3 * maxDelayMs) return { limit: lowered(0.5), late: late + 1 };
  if (delayMs > maxDelayMs) return { limit: late + 1 < patience ? limit : lowered(0.85), late: late + 1 };
  const isFelt = peak >= limit * 0.7;
  return {
    limit: isFelt ? Math.min(most, limit + Math.ceil(limit * growth)) : Math.min(limit, most),
    late: 0,
  };
}
