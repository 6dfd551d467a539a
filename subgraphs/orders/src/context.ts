import type { Kysely } from 'kysely';
import { itemBudget, type SpendItems } from './budget.ts';
import type { Caller } from './caller.ts';
import { loadersOver, type Loaders } from './loaders.ts';
import type { Shop } from './purchase/shop.ts';
import type { Tables } from './tables.ts';

/** What the resolvers of one request share. */
export interface Context {
  readonly caller: Caller;
  readonly db: Kysely<Tables>;
  readonly loaders: Loaders;
  readonly shop: Shop;
  readonly spend: SpendItems;
  readonly now: Date;
}

/** Fresh for each request: loaders must not carry rows from one caller to the next. */
export function contextFor(caller: Caller, shop: Shop, now: Date): Context {
  const { db } = shop;
  return { caller, db, loaders: loadersOver(db, now), shop, spend: itemBudget(), now };
}
