import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { PurchaseStep, PurchaseTable, Tables } from '../tables.ts';
import { instant, type Draft } from './shop.ts';

/** How long whoever works on a purchase is believed to be alive; longer than any one step can take. */
const leaseMs = 20_000;

const unfinished: readonly PurchaseStep[] = [
  'PRICING',
  'RESERVING',
  'PAYING',
  'CONFIRMING',
  'RECORDING',
  'UNDOING',
];

/** Somebody else has gone on with a purchase in the meantime. */
export class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

export interface Opening {
  readonly userId: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly draft: Draft;
}

/** What a step changes. */
export type Change = Pick<PurchaseTable, 'step'> &
  Partial<Pick<PurchaseTable, 'draft' | 'refusal' | 'refusal_message' | 'refusal_products'>>;

/** Opens a purchase; undefined when its user has used the key before. */
export async function openPurchase(
  db: Kysely<Tables>,
  { userId, key, fingerprint, draft }: Opening,
  now: number,
): Promise<PurchaseTable | undefined> {
  return db
    .insertInto('purchase')
    .values({
      order_id: `o-${randomUUID()}`,
      user_id: userId,
      idempotency_key: key,
      fingerprint,
      step: 'PRICING',
      draft: JSON.stringify(draft),
      refusal: null,
      refusal_message: null,
      refusal_products: null,
      lease_until: instant(now + leaseMs),
      created_at: instant(now),
    })
    .onConflict((conflict) => conflict.columns(['user_id', 'idempotency_key']).doNothing())
    .returningAll()
    .executeTakeFirst();
}

export function findPurchase(
  db: Kysely<Tables>,
  userId: string,
  key: string,
): Promise<PurchaseTable | undefined> {
  return db
    .selectFrom('purchase')
    .selectAll()
    .where('user_id', '=', userId)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
}

/** Writes down how far a purchase has come; rejects with TakenOver when somebody else has gone on with it. */
export async function write(
  db: Kysely<Tables>,
  { order_id, step, lease_until }: PurchaseTable,
  change: Change,
  now: number,
): Promise<PurchaseTable> {
  const row = await db
    .updateTable('purchase')
    .set({ ...change, lease_until: instant(now + leaseMs) })
    .where('order_id', '=', order_id)
    .where('step', '=', step)
    .where('lease_until', '=', lease_until)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw new TakenOver(`purchase ${order_id} was taken over`);
  return row;
}

/** Ends the lease, so that recovery need not wait for it. */
export async function letGo(
  db: Kysely<Tables>,
  purchase: PurchaseTable,
  now: number,
): Promise<PurchaseTable> {
  const { order_id, step, lease_until } = purchase;
  await db
    .updateTable('purchase')
    .set({ lease_until: instant(now) })
    .where('order_id', '=', order_id)
    .where('step', '=', step)
    .where('lease_until', '=', lease_until)
    .execute();
  return purchase;
}

/**
 * Purchases that were left in the middle, oldest first.
 * @param abandonedBefore when their makers are known to be gone: those begun before that instant, whatever their lease
 */
export function leftPurchases(
  db: Kysely<Tables>,
  now: number,
  abandonedBefore?: number,
): Promise<PurchaseTable[]> {
  return db
    .selectFrom('purchase')
    .selectAll()
    .where('step', 'in', unfinished)
    .where((row) =>
      row.or([
        row('lease_until', '<', instant(now)),
        ...(abandonedBefore === undefined ? [] : [row('created_at', '<', instant(abandonedBefore))]),
      ]),
    )
    .orderBy('lease_until')
    .limit(50)
    .execute();
}
