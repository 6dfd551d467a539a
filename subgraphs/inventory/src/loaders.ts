import type DataLoader from 'dataloader';
import type { Kysely } from 'kysely';
import { manyByKey, oneByKey } from './batching.ts';
import type { StockTable, Tables, WarehouseTable } from './tables.ts';

export interface Loaders {
  readonly warehouse: DataLoader<string, WarehouseTable | undefined>;
  /** Stock of a product, warehouses in rank order. */
  readonly levelsOfProduct: DataLoader<string, readonly StockTable[]>;
}

/** Loaders for one request. */
export function loadersOver(db: Kysely<Tables>): Loaders {
  return {
    warehouse: oneByKey(
      (codes) => db.selectFrom('warehouse').selectAll().where('code', 'in', codes).execute(),
      ({ code }) => code,
    ),
    levelsOfProduct: manyByKey(
      (products) =>
        db
          .selectFrom('stock')
          .innerJoin('warehouse', 'warehouse.code', 'stock.warehouse')
          .selectAll('stock')
          .where('stock.product_id', 'in', products)
          .orderBy('warehouse.rank')
          .execute(),
      ({ product_id }) => product_id,
    ),
  };
}
