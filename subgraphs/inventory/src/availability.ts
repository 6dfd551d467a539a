import { available } from './allocation.ts';
import type { StockTable } from './tables.ts';

const shownAtMost = 100;
const lowUpTo = 5;

/** Pieces that can be sold now, over all warehouses. */
export function sellable(levels: readonly StockTable[]): number {
  return levels.reduce((total, level) => total + available(level), 0);
}

/** The number that is shown: how much there is of something plentiful is nobody's business. */
export const shownQuantity = (pieces: number): number => Math.min(pieces, shownAtMost);

export function statusOf(pieces: number): 'IN_STOCK' | 'LOW' | 'OUT_OF_STOCK' {
  if (pieces <= 0) return 'OUT_OF_STOCK';
  return pieces <= lowUpTo ? 'LOW' : 'IN_STOCK';
}

/** The next delivery of any of the levels, at 6 in the morning UTC of its day of the month; null when none is expected. */
export function restockAt(levels: readonly StockTable[], now: Date): Date | null {
  const days = levels.flatMap(({ restock_day }) => restock_day ?? []);
  const deliveries = days.map((day) => nextDelivery(day, now).getTime());
  return deliveries.length === 0 ? null : new Date(Math.min(...deliveries));
}

function nextDelivery(day: number, now: Date): Date {
  const month = now.getUTCMonth();
  const thisMonth = new Date(Date.UTC(now.getUTCFullYear(), month, day, 6));
  return thisMonth > now ? thisMonth : new Date(Date.UTC(now.getUTCFullYear(), month + 1, day, 6));
}
