import type { Random } from './random.ts';
import type { StockTable, WarehouseTable } from './tables.ts';

/** The sample's warehouses, in the order in which they are asked. */
export const sampleWarehouses: readonly WarehouseTable[] = [
  { code: 'BER', name: 'Berlin Westhafen', city: 'Berlin', country: 'DE', rank: 1 },
  { code: 'LYS', name: 'Lyon Gerland', city: 'Lyon', country: 'FR', rank: 2 },
  { code: 'ROT', name: 'Rotterdam Maasvlakte', city: 'Rotterdam', country: 'NL', rank: 3 },
  { code: 'MIL', name: 'Milano Rogoredo', city: 'Milano', country: 'IT', rank: 4 },
];

const countedAt = '2026-10-01T06:00:00.000Z';

/** Every 37th product is sold out everywhere, every 23rd is nearly so; the others stand in one to four warehouses. */
export function* sampleStock(products: number, random: Random): Generator<StockTable> {
  for (let product = 1; product <= products; product += 1) {
    const shelves = sampleWarehouses.filter((_, index) => index === 0 || random.chance(75));
    for (const [index, { code }] of shelves.entries()) {
      yield {
        product_id: `p${product}`,
        warehouse: code,
        on_hand: pieces(product, index, 8 + random.below(60)),
        reserved: 0,
        updated_at: countedAt,
        restock_day: random.chance(60) ? 1 + random.below(28) : null,
      };
    }
  }
}

function pieces(product: number, shelf: number, usual: number): number {
  if (product % 37 === 0) return 0;
  if (product % 23 === 0) return shelf === 0 ? 2 : 0;
  return usual;
}
