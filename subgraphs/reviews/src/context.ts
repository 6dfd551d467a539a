import type { Kysely } from 'kysely';
import { itemBudget, type SpendItems } from './budget.ts';
import type { Caller } from './caller.ts';
import { loadersOver, type Loaders } from './loaders.ts';
import type { Tables } from './tables.ts';
import { viewerOf, type Viewer } from './visibility.ts';

/** What the resolvers of one request share. */
export interface Context {
  readonly caller: Caller;
  /** The caller, as what decides which reviews may be seen. */
  readonly viewer: Viewer;
  readonly db: Kysely<Tables>;
  readonly loaders: Loaders;
  readonly spend: SpendItems;
  readonly now: Date;
}

/** Fresh for each request: loaders must not carry rows from one caller to the next. */
export function contextFor(caller: Caller, db: Kysely<Tables>, now: Date): Context {
  const viewer = viewerOf(caller);
  return { caller, viewer, db, loaders: loadersOver(db, viewer), spend: itemBudget(), now };
}
