import type { Context } from '../context.ts';
import type { VariantResolvers } from '../generated/schema.ts';
import { couldBeKey } from '../input.ts';
import { skuKey } from '../loaders.ts';
import type { VariantModel } from '../models.ts';
import { present } from './present.ts';

async function variantOf(reference: object, { loaders }: Context): Promise<VariantModel | null> {
  if ('id' in reference && couldBeKey(reference.id))
    return (await loaders.variantById.load(reference.id)) ?? null;
  const { productId, sku } = { productId: undefined, sku: undefined, ...reference };
  if (!couldBeKey(productId) || !couldBeKey(sku)) return null;
  return (await loaders.variantBySku.load(skuKey(productId, sku))) ?? null;
}

export const variant: VariantResolvers = {
  __resolveReference: variantOf,
  productId: (row) => row.product_id,
  product: async (row, _args, { loaders }) => present(await loaders.productById.load(row.product_id)),
  price: async (row, _args, { loaders }) => {
    if (row.price_amount === null) return null;
    const { price_currency } = present(await loaders.productById.load(row.product_id));
    return { amount: row.price_amount, currency: price_currency };
  },
};
