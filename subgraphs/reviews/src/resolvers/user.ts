import type { UserResolvers } from '../generated/schema.ts';
import { couldBeKey } from '../input.ts';
import { pageOf, reviewConnection } from './connection.ts';

/** Users as who writes reviews. */
export const user: UserResolvers = {
  // Whether there is such a user is for accounts to say.
  __resolveReference: ({ id }) => (couldBeKey(id) ? { id } : null),
  reviewCount: async ({ id }, _arguments, { loaders }) =>
    (await loaders.publishedOfAuthor.load(id))?.count ?? 0,
  reviews: async ({ id }, wanted, context, info) => {
    const { loaders } = context;
    const page = pageOf(wanted, 'NEWEST');
    const rows = await loaders.pageOfAuthor.load({ key: id, page });
    const totalCount = async (): Promise<number> => (await loaders.countOfAuthor.load(id))?.count ?? 0;
    return reviewConnection({ page, rows, totalCount }, context, info);
  },
};
