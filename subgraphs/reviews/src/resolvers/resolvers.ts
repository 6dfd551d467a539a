import type { Resolvers } from '../generated/schema.ts';
import { mutations } from './mutations.ts';
import { product } from './product.ts';
import { queries } from './queries.ts';
import { review } from './review.ts';
import { user } from './user.ts';

type Written = Pick<Resolvers, 'Query' | 'Mutation' | 'Review' | 'Product' | 'RatingSummary' | 'User'>;

/** All resolvers; fields that are not here are read from the row as they are called. */
export const resolvers: Written = {
  Query: queries,
  Mutation: mutations,
  Review: review,
  ...product,
  User: user,
};
