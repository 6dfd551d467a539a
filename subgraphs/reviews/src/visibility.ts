import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { Caller } from './caller.ts';
import type { Tables } from './tables.ts';

/** Whose eyes reviews are read with. */
export type Viewer =
  | { readonly kind: 'public' }
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'moderator' };

export function viewerOf(caller: Caller): Viewer {
  if (caller.kind === 'anonymous') return { kind: 'public' };
  return caller.scopes.has('reviews:moderate') ? { kind: 'moderator' } : { kind: 'user', id: caller.id };
}

/** The condition that every statement carries which reads reviews: published reviews for all, the others for author and moderators. */
export function visible(viewer: Viewer): (row: ExpressionBuilder<Tables, 'review'>) => Expression<SqlBool> {
  return (row) => {
    switch (viewer.kind) {
      case 'public':
        return row('review.status', '=', 'PUBLISHED');
      case 'user':
        return row.or([row('review.status', '=', 'PUBLISHED'), row('review.author_id', '=', viewer.id)]);
      case 'moderator':
        return sql<SqlBool>`1 = 1`;
    }
  };
}
