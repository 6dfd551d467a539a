import { available } from '../allocation.ts';
import type { StockLevelResolvers, WarehouseResolvers } from '../generated/schema.ts';
import { couldBeKey } from '../input.ts';

export const stockLevel: StockLevelResolvers = {
  __resolveReference: async ({ product, warehouse }, { loaders }) => {
    if (!couldBeKey(product.id) || !couldBeKey(warehouse.code)) return null;
    const levels = await loaders.levelsOfProduct.load(product.id);
    return levels.find((level) => level.warehouse === warehouse.code) ?? null;
  },
  product: ({ product_id }) => ({ id: product_id }),
  warehouse: async ({ warehouse }, _arguments, { loaders }) => {
    const row = await loaders.warehouse.load(warehouse);
    if (row === undefined) throw new Error(`stock in the unknown warehouse ${warehouse}`); // the foreign key forbids it
    return row;
  },
  onHand: ({ on_hand }) => on_hand,
  available,
  updatedAt: ({ updated_at }) => updated_at,
};

export const warehouse: WarehouseResolvers = {
  __resolveReference: async ({ code }, { loaders }) =>
    couldBeKey(code) ? ((await loaders.warehouse.load(code)) ?? null) : null,
};
