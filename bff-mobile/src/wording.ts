/** What small screens show as ready text, so that apps need no formatting of their own. */

export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** For example `€24.90`. */
export function priceText({ amount, currency }: Money): string {
  return new Intl.NumberFormat('en-IE', { style: 'currency', currency }).format(amount / 100);
}

/** For example `3 Mar 2026`, from ISO 8601. */
export function dateText(instant: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(instant));
}

/** The beginning of a text, cut between words. */
export function shortText(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.lastIndexOf(' ', most - 1);
  return `${text.slice(0, cut > 0 ? cut : most - 1)}…`;
}

const stockTexts = { IN_STOCK: 'In stock', LOW: 'Only a few left', OUT_OF_STOCK: 'Sold out' } as const;

export function stockText({ status }: { readonly status: keyof typeof stockTexts }): string {
  return stockTexts[status];
}

interface Estimate {
  readonly cost: Money;
  readonly minDays: number;
  readonly maxDays: number;
}

/** For example `€4.90, 2–4 days`. */
export function deliveryText({ cost, minDays, maxDays }: Estimate): string {
  const price = cost.amount === 0 ? 'Free' : priceText(cost);
  return `${price}, ${String(minDays)}–${String(maxDays)} days`;
}
