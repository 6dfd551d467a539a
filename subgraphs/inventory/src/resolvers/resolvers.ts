import type { Resolvers } from '../generated/schema.ts';
import { mutations, reserveStockResult } from './mutations.ts';
import { product } from './product.ts';
import { queries } from './queries.ts';
import { stockLevel, warehouse } from './stock.ts';

type Written = Pick<
  Resolvers,
  'Query' | 'Mutation' | 'Product' | 'Availability' | 'StockLevel' | 'Warehouse' | 'ReserveStockResult'
>;

/** All resolvers; fields that are not here are read from the row as they are called. */
export const resolvers: Written = {
  Query: queries,
  Mutation: mutations,
  ...product,
  StockLevel: stockLevel,
  Warehouse: warehouse,
  ReserveStockResult: reserveStockResult,
};
