import type { Kysely } from 'kysely';
import { itemBudget, type SpendItems } from './budget.ts';
import type { Caller } from './caller.ts';
import { untold, type Changes } from './changes.ts';
import { loadersOver, type Loaders } from './loaders.ts';
import type { Tables } from './tables.ts';

/** What the resolvers of one request share. */
export interface Context {
  readonly caller: Caller;
  readonly db: Kysely<Tables>;
  readonly loaders: Loaders;
  readonly spend: SpendItems;
  readonly now: Date;
  readonly changes: Changes;
}

/** Fresh for each request: loaders must not carry rows from one caller to the next. */
export function contextFor(caller: Caller, db: Kysely<Tables>, now: Date, changes = untold): Context {
  return { caller, db, loaders: loadersOver(db), spend: itemBudget(), now, changes };
}
