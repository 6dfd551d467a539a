import { sql, type Kysely, type Transaction } from 'kysely';
import { allocate, inLockOrder, type Take } from './allocation.ts';
import type { EntityKey } from './changes.ts';
import type { ReservationTable, ReservationState, StockTable, Tables } from './tables.ts';

/** What holding stock came to. */
export type Reserved =
  | { readonly kind: 'held'; readonly warehouse: string }
  | { readonly kind: 'missing'; readonly products: readonly string[] }
  | { readonly kind: 'over' }
  | { readonly kind: 'other-lines' };

/** An order's wish: pieces by product id. */
export interface Wish {
  readonly orderId: string;
  readonly pieces: ReadonlyMap<string, number>;
}

/** What gateways know a product by. */
type ProductKey = EntityKey & { readonly id: string };

/** The clock and how long stock is held for an order that is never confirmed. */
export interface Holding {
  readonly now: () => number;
  readonly holdMs: number;
}

const keepEndedMs = 24 * 3_600_000;
const sweepAtMost = 100;
const attempts = 5;

class StockMoved extends Error {}

/**
 * Holds all pieces or none. The same order asked for twice is held once; an order that was given back or has expired is
 * not held again (`over`), so that a request which was late on its way cannot hold stock for nobody.
 */
export async function reserve(db: Kysely<Tables>, wish: Wish, holding: Holding): Promise<Reserved> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute((tx) => hold(tx, wish, holding));
    } catch (error) {
      if (!(error instanceof StockMoved) || attempt === attempts) throw error;
    }
  }
}

/** Gives back what an order holds or had taken; false when that was nothing. */
export async function release(db: Kysely<Tables>, orderId: string, now: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    if (await begin(tx, ended(orderId, now))) return false;
    if (await move(tx, orderId, 'HELD', 'RELEASED')) return restore(tx, orderId, 'reserved');
    if (await move(tx, orderId, 'CONFIRMED', 'RELEASED')) return restore(tx, orderId, 'taken');
    return false;
  });
}

/** Takes what an order holds out of stock for good, once; false when the order holds nothing any more. */
export async function confirm(db: Kysely<Tables>, orderId: string): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    if (await move(tx, orderId, 'HELD', 'CONFIRMED')) return restore(tx, orderId, 'sent');
    return (await reservation(tx, orderId))?.state === 'CONFIRMED';
  });
}

/** The products that an order holds, had taken or has given back. */
export function productsOf(db: Kysely<Tables>, orderId: string): Promise<readonly ProductKey[]> {
  return db
    .selectFrom('reservation_line')
    .select('product_id as id')
    .distinct()
    .where('order_id', '=', orderId)
    .execute();
}

/** How many orders gave back what they held, and of which products. */
export interface Swept {
  readonly orders: number;
  readonly products: readonly ProductKey[];
}

/** Gives back what was held too long, a bounded number at a time, and forgets ended reservations after a day. */
export async function sweep(db: Kysely<Tables>, now: number): Promise<Swept> {
  const overdue = await db
    .selectFrom('reservation')
    .select('order_id')
    .where('state', '=', 'HELD')
    .where('expires_at', '<', iso(now))
    .orderBy('expires_at')
    .limit(sweepAtMost)
    .execute();
  const products: ProductKey[] = [];
  for (const { order_id } of overdue) {
    await db.transaction().execute(async (tx) => {
      if (await move(tx, order_id, 'HELD', 'EXPIRED')) await restore(tx, order_id, 'reserved');
    });
    products.push(...(await productsOf(db, order_id)));
  }
  await forget(db, now - keepEndedMs);
  return { orders: overdue.length, products };
}

async function hold(tx: Transaction<Tables>, wish: Wish, holding: Holding): Promise<Reserved> {
  const fingerprint = fingerprintOf(wish.pieces);
  const expires_at = iso(holding.now() + holding.holdMs);
  const row: ReservationTable = {
    order_id: wish.orderId,
    state: 'HELD',
    warehouse: null,
    fingerprint,
    expires_at,
  };
  if (!(await begin(tx, row))) return repeated(await reservation(tx, wish.orderId), fingerprint);
  const allocation = allocate(wish.pieces, await stockOf(tx, [...wish.pieces.keys()]));
  if (allocation.kind === 'missing') {
    await tx.deleteFrom('reservation').where('order_id', '=', wish.orderId).execute();
    return allocation;
  }
  for (const take of allocation.takes) await reservePieces(tx, take);
  const lines = allocation.takes.map((take) => ({
    order_id: wish.orderId,
    product_id: take.productId,
    warehouse: take.warehouse,
    quantity: take.quantity,
  }));
  await tx.insertInto('reservation_line').values(lines).execute();
  const { warehouse } = allocation;
  await tx.updateTable('reservation').set({ warehouse }).where('order_id', '=', wish.orderId).execute();
  return { kind: 'held', warehouse };
}

function repeated(row: ReservationTable | undefined, fingerprint: string): Reserved {
  if (row?.warehouse == null || row.state === 'RELEASED' || row.state === 'EXPIRED') return { kind: 'over' };
  return row.fingerprint === fingerprint
    ? { kind: 'held', warehouse: row.warehouse }
    : { kind: 'other-lines' };
}

/** Writes first and reads afterwards: that takes the order's lock, and in SQLite the write lock, from the start. */
async function begin(tx: Transaction<Tables>, row: ReservationTable): Promise<boolean> {
  const made = await tx
    .insertInto('reservation')
    .values(row)
    .onConflict((conflict) => conflict.column('order_id').doNothing())
    .returning('order_id')
    .execute();
  return made.length === 1;
}

async function reservePieces(tx: Transaction<Tables>, take: Take): Promise<void> {
  const result = await tx
    .updateTable('stock')
    .set((row) => ({ reserved: row('reserved', '+', take.quantity) }))
    .where('product_id', '=', take.productId)
    .where('warehouse', '=', take.warehouse)
    .where(sql<number>`on_hand - reserved`, '>=', take.quantity)
    .executeTakeFirst();
  // Somebody else was quicker since the stock was read: begin again with what is there now.
  if (result.numUpdatedRows !== 1n) throw new StockMoved(`The stock of ${take.productId} changed too often.`);
}

async function move(
  tx: Transaction<Tables>,
  orderId: string,
  from: ReservationState,
  to: ReservationState,
): Promise<boolean> {
  const result = await tx
    .updateTable('reservation')
    .set({ state: to })
    .where('order_id', '=', orderId)
    .where('state', '=', from)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** `reserved`: held pieces are free again. `taken`: sent pieces came back. `sent`: held pieces leave the house. */
async function restore(
  tx: Transaction<Tables>,
  orderId: string,
  what: 'reserved' | 'taken' | 'sent',
): Promise<true> {
  const takes = await takesOf(tx, orderId);
  for (const { productId, warehouse, quantity } of takes) {
    const onHand = what === 'reserved' ? 0 : what === 'taken' ? quantity : -quantity;
    const reserved = what === 'taken' ? 0 : -quantity;
    await tx
      .updateTable('stock')
      .set((row) => ({ on_hand: row('on_hand', '+', onHand), reserved: row('reserved', '+', reserved) }))
      .where('product_id', '=', productId)
      .where('warehouse', '=', warehouse)
      .execute();
  }
  return true;
}

async function takesOf(tx: Transaction<Tables>, orderId: string): Promise<Take[]> {
  const lines = await tx
    .selectFrom('reservation_line')
    .select(['product_id as productId', 'warehouse', 'quantity'])
    .where('order_id', '=', orderId)
    .execute();
  return lines.sort(inLockOrder);
}

async function forget(db: Kysely<Tables>, before: number): Promise<void> {
  const old = db
    .selectFrom('reservation')
    .select('order_id')
    .where('state', 'in', ['RELEASED', 'EXPIRED'])
    .where('expires_at', '<', iso(before))
    .limit(sweepAtMost);
  await db.deleteFrom('reservation').where('order_id', 'in', old).execute();
}

function stockOf(tx: Transaction<Tables>, products: readonly string[]): Promise<StockTable[]> {
  return tx
    .selectFrom('stock')
    .innerJoin('warehouse', 'warehouse.code', 'stock.warehouse')
    .selectAll('stock')
    .where('product_id', 'in', products)
    .orderBy('warehouse.rank')
    .orderBy('product_id')
    .execute();
}

function reservation(tx: Transaction<Tables>, orderId: string): Promise<ReservationTable | undefined> {
  return tx.selectFrom('reservation').selectAll().where('order_id', '=', orderId).executeTakeFirst();
}

const ended = (orderId: string, now: number): ReservationTable => ({
  order_id: orderId,
  state: 'RELEASED',
  warehouse: null,
  fingerprint: '',
  expires_at: iso(now),
});

function fingerprintOf(pieces: ReadonlyMap<string, number>): string {
  return [...pieces]
    .map(([product, quantity]) => `${product}:${String(quantity)}`)
    .sort()
    .join(',');
}

const iso = (instant: number): string => new Date(instant).toISOString();
