export interface Money {
  readonly amount: number;
  readonly currency: string;
}

export interface Price extends Money {
  readonly text: string;
}

/** A price with the text that people read, for example `€24.90`. */
export function price({ amount, currency }: Money): Price {
  const text = new Intl.NumberFormat('en-IE', { style: 'currency', currency }).format(amount / 100);
  return { amount, currency, text };
}
