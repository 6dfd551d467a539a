import type { GraphQLResolveInfo } from 'graphql';
import type { ReviewTable } from './tables.ts';

/** What Apollo Server's cache control adds to a resolver's info. */
interface WithCacheControl {
  readonly cacheControl?: {
    setCacheHint(hint: { readonly maxAge?: number; readonly scope: 'PRIVATE' }): void;
  };
}

/** Marks an answer as this caller's own when it shows a review that others may not see. */
export function keepHiddenPrivate(info: GraphQLResolveInfo, reviews: readonly ReviewTable[]): void {
  if (reviews.some(({ status }) => status !== 'PUBLISHED')) keepPrivate(info);
}

/** Marks an answer as this caller's own, not to be kept. */
export function keepPrivate(info: GraphQLResolveInfo): void {
  (info as GraphQLResolveInfo & WithCacheControl).cacheControl?.setCacheHint({ maxAge: 0, scope: 'PRIVATE' });
}
