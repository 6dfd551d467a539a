import type { Allocation } from './allocation.ts';
import type { Connection } from './page.ts';
import type { StockTable, WarehouseTable } from './tables.ts';

/** What resolvers are given for each GraphQL type; scripts/generate.ts reads the names. */
export type WarehouseModel = WarehouseTable;
export type StockLevelModel = StockTable;
export type StockConnectionModel = Connection<StockLevelModel>;

/** Another team's product; price and weight are there when a gateway was asked for what depends on them. */
export interface ProductModel {
  readonly id: string;
  readonly price?: unknown;
  readonly weightGrams?: unknown;
}

/** A product's stock over all warehouses. */
export interface AvailabilityModel {
  readonly levels: readonly StockTable[];
}

export type ReserveStockResultModel =
  { readonly kind: 'held'; readonly warehouse: string } | Extract<Allocation, { readonly kind: 'missing' }>;
