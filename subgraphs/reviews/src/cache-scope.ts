import type { GraphQLResolveInfo } from 'graphql';
import type { ReviewTable } from './tables.ts';

/** What Apollo Server's cache control adds to a resolver's info. */
interface WithCacheControl {
  readonly cacheControl?: {
    readonly cacheHint: { restrict(hint: { readonly maxAge: number; readonly scope: 'PRIVATE' }): void };
  };
}

/** Marks an answer as this caller's own, not to be kept, when it shows a review that others may not see. */
export function keepHiddenPrivate(info: GraphQLResolveInfo, reviews: readonly ReviewTable[]): void {
  if (reviews.every(({ status }) => status === 'PUBLISHED')) return;
  // Restricted, not set: entities of one request share a hint, and the strictest must win.
  (info as GraphQLResolveInfo & WithCacheControl).cacheControl?.cacheHint.restrict({
    maxAge: 0,
    scope: 'PRIVATE',
  });
}
