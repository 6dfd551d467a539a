import type { Kysely } from 'kysely';
import type { Log } from '../log.ts';
import type { Catalog, PricedLine, WantedLine } from '../neighbours/catalog.ts';
import type { Inventory } from '../neighbours/inventory.ts';
import type { PurchaseTable, Tables } from '../tables.ts';
import type { Payments } from './payments.ts';

/** What buying needs: the database, the other services and a clock (milliseconds since 1970). */
export interface Shop {
  readonly db: Kysely<Tables>;
  readonly catalog: Catalog;
  readonly inventory: Inventory;
  readonly payments: Payments;
  readonly now: () => number;
  readonly log: Log;
}

export interface Address {
  readonly recipient: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
}

/** What is to be bought; `priced` and `warehouse` are filled in on the way. */
export interface Draft {
  readonly fromCart: boolean;
  readonly lines: readonly WantedLine[];
  readonly priced: readonly PricedLine[];
  readonly warehouse: string | null;
  readonly address: Address;
}

/** The draft in a purchase's row. */
export function draftOf(purchase: PurchaseTable): Draft {
  return JSON.parse(purchase.draft) as Draft; // only this service writes the column
}

/** The price of all lines, in cents. */
export function totalOf({ priced }: Draft): number {
  return priced.reduce((total, { quantity, unitPrice }) => total + quantity * unitPrice, 0);
}

export const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
