import type DataLoader from 'dataloader';
import { sql, type Kysely, type SqlBool } from 'kysely';
import { manyByKey, oneByKey, pageByKey, type PageKey } from './batching.ts';
import { soldSince } from './sales.ts';
import type { OrderEventTable, OrderLineTable, OrderStatus, OrderTable, Tables } from './tables.ts';

/** The place in a list of orders after which a page begins: instant and id. */
export type OrderKey = readonly [string, string];

/** Which orders of a user are wanted; one more than `first` is read, to see whether there is more. */
export interface OrderPage {
  readonly first: number;
  readonly after?: OrderKey;
}

interface Sum {
  readonly key: string;
  readonly sum: number;
}

export interface Loaders {
  readonly order: DataLoader<string, OrderTable | undefined>;
  readonly linesOfOrder: DataLoader<string, readonly OrderLineTable[]>;
  readonly eventsOfOrder: DataLoader<string, readonly OrderEventTable[]>;
  readonly pageOfUser: DataLoader<PageKey<OrderPage>, readonly OrderTable[], string>;
  readonly countOfUser: DataLoader<string, Sum | undefined>;
  /** What a user has paid for orders that stand, in cents. */
  readonly spentOfUser: DataLoader<string, Sum | undefined>;
  readonly soldOfProduct: DataLoader<string, Sum | undefined>;
}

/** Statuses of orders that are paid and stand. */
const standing: readonly OrderStatus[] = ['PAID', 'SHIPPED', 'DELIVERED'];

/** Loaders for one request. */
export function loadersOver(db: Kysely<Tables>, now: Date): Loaders {
  return {
    order: oneByKey(
      (ids) => db.selectFrom('orders').selectAll().where('id', 'in', ids).execute(),
      ({ id }) => id,
    ),
    linesOfOrder: manyByKey(
      (orders) =>
        db.selectFrom('order_line').selectAll().where('order_id', 'in', orders).orderBy('position').execute(),
      ({ order_id }) => order_id,
    ),
    eventsOfOrder: manyByKey(
      (orders) =>
        db
          .selectFrom('order_event')
          .selectAll()
          .where('order_id', 'in', orders)
          .orderBy('position')
          .execute(),
      ({ order_id }) => order_id,
    ),
    pageOfUser: pageByKey(
      (users, page) => pagesOfUsers(db, users, page),
      ({ user_id }) => user_id,
    ),
    countOfUser: oneByKey((users) => counts(db, users), keyOf),
    spentOfUser: oneByKey((users) => spent(db, users), keyOf),
    soldOfProduct: oneByKey((products) => sold(db, products, now), keyOf),
  };
}

const keyOf = ({ key }: Sum): string => key;

// PostgreSQL's sums and counts come as texts: they may be larger than a number.
const summed = (
  rows: readonly { readonly key: string; readonly sum: string | number | bigint }[],
): readonly Sum[] => rows.map(({ key, sum }) => ({ key, sum: Number(sum) }));

/** The condition that begins a page of orders, newest first. */
export const olderThan = (after: OrderKey) => sql<SqlBool>`(placed_at, id) < (${sql.join([...after])})`;

async function pagesOfUsers(
  db: Kysely<Tables>,
  users: readonly string[],
  { first, after }: OrderPage,
): Promise<OrderTable[]> {
  const place = sql<number>`row_number() over (partition by user_id order by placed_at desc, id desc)`;
  const numbered = db
    .selectFrom('orders')
    .selectAll()
    .select(place.as('place'))
    .where('user_id', 'in', users)
    .$if(after !== undefined, (query) => query.where(olderThan(after ?? ['', ''])));
  return db
    .selectFrom(numbered.as('numbered'))
    .selectAll()
    .where('place', '<=', first + 1)
    .orderBy('place')
    .execute();
}

async function counts(db: Kysely<Tables>, users: readonly string[]): Promise<readonly Sum[]> {
  return summed(
    await db
      .selectFrom('orders')
      .select(['user_id as key', (row) => row.fn.countAll().as('sum')])
      .where('user_id', 'in', users)
      .groupBy('user_id')
      .execute(),
  );
}

async function spent(db: Kysely<Tables>, users: readonly string[]): Promise<readonly Sum[]> {
  return summed(
    await db
      .selectFrom('orders')
      .select(['user_id as key', (row) => row.fn.sum('total').as('sum')])
      .where('user_id', 'in', users)
      .where('status', 'in', standing)
      .groupBy('user_id')
      .execute(),
  );
}

async function sold(db: Kysely<Tables>, products: readonly string[], now: Date): Promise<readonly Sum[]> {
  return summed(
    await db
      .selectFrom('order_line')
      .innerJoin('orders', 'orders.id', 'order_line.order_id')
      .select(['order_line.product_id as key', (row) => row.fn.sum('order_line.quantity').as('sum')])
      .where('order_line.product_id', 'in', products)
      .where('orders.placed_at', '>=', soldSince(now))
      .where('orders.status', 'in', standing)
      .groupBy('order_line.product_id')
      .execute(),
  );
}
