/** The sample's newest order. */
export const newestSampleOrder = Date.UTC(2026, 9, 1, 8);

const thirtyDaysMs = 30 * 24 * 3_600_000;

/**
 * The instant from which pieces count as sold in the last 30 days. The days are counted back from now or from the sample's
 * newest order, whichever is earlier: a shop whose sample has aged still has best-sellers, and new orders always count.
 */
export function soldSince(now: Date): string {
  return new Date(Math.min(now.getTime(), newestSampleOrder) - thirtyDaysMs).toISOString();
}
