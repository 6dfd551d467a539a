import type { ProductResolvers, RatingSummaryResolvers } from '../generated/schema.ts';
import { couldBeKey } from '../input.ts';
import { pageOf, reviewConnection } from './connection.ts';

const stars = [1, 2, 3, 4, 5] as const;

const Product: ProductResolvers = {
  // Whether there is such a product is the catalog's to say; here it only may have opinions.
  __resolveReference: ({ id }) => (couldBeKey(id) ? { id } : null),
  rating: async ({ id }, _arguments, { loaders }) => {
    const counts = await loaders.ratingsOfProduct.load(id);
    return { histogram: stars.map((star) => counts.find(({ rating }) => rating === star)?.count ?? 0) };
  },
  reviews: async ({ id }, { sort, ...wanted }, context, info) => {
    const { loaders } = context;
    const page = pageOf(wanted, sort);
    const rows = await loaders.pageOfProduct.load({ key: id, page });
    const totalCount = async (): Promise<number> => (await loaders.countOfProduct.load(id))?.count ?? 0;
    return reviewConnection({ page, rows, totalCount }, context, info);
  },
};

const RatingSummary: RatingSummaryResolvers = {
  average: ({ histogram }) => {
    const count = sum(histogram);
    if (count === 0) return null;
    return Math.round((sum(histogram.map((number, index) => number * (index + 1))) / count) * 10) / 10;
  },
  count: ({ histogram }) => sum(histogram),
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Products as what people have an opinion of. */
export const product = { Product, RatingSummary };
