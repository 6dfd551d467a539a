import type { ProductResolvers, UserResolvers } from '../generated/schema.ts';
import { couldBeKey } from '../input.ts';
import { orderConnection, pageOf } from './connection.ts';

const centsPerPoint = 100;

/** Users as who buys. */
export const user: UserResolvers = {
  // Whether there is such a user is for accounts to say.
  __resolveReference: ({ id }) => (couldBeKey(id) ? { id } : null),
  orders: async ({ id }, wanted, context) => {
    const { loaders } = context;
    const page = pageOf(wanted, 10);
    const rows = await loaders.pageOfUser.load({ key: id, page });
    const totalCount = async (): Promise<number> => (await loaders.countOfUser.load(id))?.sum ?? 0;
    return orderConnection({ page, rows, totalCount }, context);
  },
  loyaltyPoints: async ({ id }, _arguments, { loaders }) =>
    Math.floor(((await loaders.spentOfUser.load(id))?.sum ?? 0) / centsPerPoint),
};

/** Products as what is sold. */
export const product: ProductResolvers = {
  // Whether there is such a product is the catalog's to say.
  __resolveReference: ({ id }) => (couldBeKey(id) ? { id } : null),
  soldLast30Days: async ({ id }, _arguments, { loaders }) => (await loaders.soldOfProduct.load(id))?.sum ?? 0,
};
