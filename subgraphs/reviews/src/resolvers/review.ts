import { keepHiddenPrivate } from '../cache-scope.ts';
import type { ReviewResolvers } from '../generated/schema.ts';
import { couldBeKey } from '../input.ts';

/** Reviews; rows reach these resolvers only when the caller may see them, because the loaders leave the others out. */
export const review: ReviewResolvers = {
  __resolveReference: async ({ id }, { loaders }, info) => {
    const row = couldBeKey(id) ? await loaders.review.load(id) : undefined;
    keepHiddenPrivate(info, row === undefined ? [] : [row]);
    return row ?? null;
  },
  product: ({ product_id }) => ({ id: product_id }),
  author: ({ author_id }) => ({ id: author_id }),
  createdAt: ({ created_at }) => created_at,
  moderationNote: ({ moderation_note }) => moderation_note,
  reports: async ({ id }, _arguments, { loaders }) => (await loaders.reportsOfReview.load(id))?.count ?? 0,
};
