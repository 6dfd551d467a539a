import type { Kysely } from 'kysely';
import { itemBudget, type SpendItems } from './budget.ts';
import type { Caller } from './caller.ts';
import { loadersOver, type Loaders } from './loaders.ts';
import type { Log } from './log.ts';
import type { Passwords } from './passwords.ts';
import type { Tables } from './tables.ts';
import type { Throttle } from './throttle.ts';
import type { IssueToken } from './tokens.ts';

/** What all requests share. */
export interface Resources {
  readonly db: Kysely<Tables>;
  readonly passwords: Passwords;
  readonly throttle: Throttle;
  readonly issue: IssueToken;
  readonly log: Log;
}

/** What the resolvers of one request share. */
export interface Context extends Resources {
  /** Changes when an operation signs somebody in: the rest of it is answered to that person. */
  caller: Caller;
  readonly loaders: Loaders;
  readonly spend: SpendItems;
  readonly now: Date;
}

/** Fresh for each request: loaders must not carry rows from one caller to the next. */
export function contextFor(caller: Caller, resources: Resources, now: Date): Context {
  return { ...resources, caller, loaders: loadersOver(resources.db), spend: itemBudget(), now };
}
