import type { MutationResolvers } from '../generated/schema.ts';
import { badInput, couldBeKey, inputCheck } from '../input.ts';

const amounts = { min: 1, max: 10_000_000 };
const onlyCurrency = 'EUR';

export const mutation: MutationResolvers = {
  setPrice: async (_root, { productId, amount, currency }, { db, loaders, changes }) => {
    const check = inputCheck();
    check.wholeNumber('amount', amount, amounts);
    // Totals and shipping costs add amounts up, so all of them are in one currency.
    if (currency !== onlyCurrency) check.refuse('currency', `must be ${onlyCurrency}`);
    if (!couldBeKey(productId)) check.refuse('productId', 'names no product');
    check.done();
    const changed = await db
      .updateTable('product')
      .set({ price_amount: amount, price_currency: onlyCurrency })
      .where('id', '=', productId)
      .returningAll()
      .executeTakeFirst();
    if (changed === undefined) throw badInput('productId', 'names no product');
    loaders.productById.clear(changed.id);
    loaders.productBySlug.clear(changed.slug);
    await changes.tell('Product', [{ id: changed.id }]);
    return changed;
  },
};
