import type { StockTable } from './tables.ts';

/** Pieces of one product to be taken from one warehouse. */
export interface Take {
  readonly productId: string;
  readonly warehouse: string;
  readonly quantity: number;
}

/** Where an order's pieces come from, or which products are too few. */
export type Allocation =
  | { readonly kind: 'missing'; readonly products: readonly string[] }
  | { readonly kind: 'enough'; readonly warehouse: string; readonly takes: readonly Take[] };

/** Pieces that can be sold now. */
export const available = (row: Pick<StockTable, 'on_hand' | 'reserved'>): number =>
  row.on_hand - row.reserved;

/**
 * Decides which warehouse gives what. One that has everything is taken, the first in rank; else the one that has most, and
 * the others send it what it lacks.
 * @param wanted pieces by product id
 * @param stock rows of these products, warehouses in rank order
 */
export function allocate(wanted: ReadonlyMap<string, number>, stock: readonly StockTable[]): Allocation {
  const total = (product: string): number =>
    sum(stock.filter((row) => row.product_id === product).map(available));
  const missing = [...wanted]
    .filter(([product, quantity]) => total(product) < quantity)
    .map(([product]) => product);
  const warehouse = bestWarehouse(wanted, stock);
  if (missing.length > 0 || warehouse === undefined) return { kind: 'missing', products: missing };
  const takes = [...wanted].flatMap(([product, quantity]) =>
    takesOf(product, quantity, mainFirst(warehouse, stock)),
  );
  return { kind: 'enough', warehouse, takes: takes.sort(inLockOrder) };
}

function bestWarehouse(
  wanted: ReadonlyMap<string, number>,
  stock: readonly StockTable[],
): string | undefined {
  const covered = new Map<string, number>();
  for (const row of stock) {
    const pieces = Math.min(available(row), wanted.get(row.product_id) ?? 0);
    covered.set(row.warehouse, (covered.get(row.warehouse) ?? 0) + pieces);
  }
  // Sorting is stable, so that rank decides between equals.
  return [...covered].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function mainFirst(warehouse: string, stock: readonly StockTable[]): readonly StockTable[] {
  return [
    ...stock.filter((row) => row.warehouse === warehouse),
    ...stock.filter((row) => row.warehouse !== warehouse),
  ];
}

function takesOf(productId: string, quantity: number, stock: readonly StockTable[]): readonly Take[] {
  const takes: Take[] = [];
  let open = quantity;
  for (const row of stock) {
    const pieces = row.product_id === productId ? Math.min(available(row), open) : 0;
    if (pieces > 0) takes.push({ productId, warehouse: row.warehouse, quantity: pieces });
    open -= pieces;
  }
  return takes;
}

/** Everyone changes stock rows in this order, so that no two orders ever wait for each other. */
export function inLockOrder(a: Omit<Take, 'quantity'>, b: Omit<Take, 'quantity'>): number {
  return compare(a.productId, b.productId) || compare(a.warehouse, b.warehouse);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
