import { reasonOf } from '../log.ts';
import type { OrderStatus, OrderTable, ReversalTable } from '../tables.ts';
import { instant, type Shop } from './shop.ts';

export interface Reversal {
  readonly to: 'CANCELLED' | 'REFUNDED';
  /** The statuses that an order may be reversed from. */
  readonly from: readonly OrderStatus[];
  readonly text: string;
  readonly supportNote?: string;
}

const notSentYet: readonly OrderStatus[] = ['PENDING', 'PAID'];

/**
 * Ends an order, then gives money back, and stock that has not been sent. What cannot be given back now stays written
 * down, and recovery tries again. Undefined when the order's status does not allow it.
 */
export async function reverse(
  shop: Shop,
  order: OrderTable,
  reversal: Reversal,
): Promise<OrderTable | undefined> {
  const made = await shop.db.transaction().execute(async (transaction) => {
    const ended = await transaction
      .updateTable('orders')
      .set({
        status: reversal.to,
        ...(reversal.supportNote === undefined ? {} : { support_note: reversal.supportNote }),
      })
      .where('id', '=', order.id)
      .where('status', '=', order.status)
      .where('status', 'in', reversal.from)
      .returningAll()
      .executeTakeFirst();
    if (ended === undefined) return undefined;
    const { events } = await transaction
      .selectFrom('order_event')
      .select((row) => row.fn.countAll().as('events'))
      .where('order_id', '=', order.id)
      .executeTakeFirstOrThrow();
    const event = { order_id: order.id, position: Number(events), status: reversal.to, text: reversal.text };
    await transaction
      .insertInto('order_event')
      .values({ ...event, at: instant(shop.now()) })
      .execute();
    const stock_done = notSentYet.includes(order.status) ? 0 : 1;
    const owed: ReversalTable = { order_id: order.id, stock_done, money_done: 0 };
    await transaction.insertInto('reversal').values(owed).execute();
    return { ended, owed };
  });
  if (made === undefined) return undefined;
  await settle(shop, made.owed);
  return made.ended;
}

/** Gives back what is still owed; everything in it may be repeated. Failures are logged and stay owed. */
export async function settle({ db, inventory, payments, log }: Shop, owed: ReversalTable): Promise<void> {
  const done = (change: Partial<ReversalTable>): Promise<unknown> =>
    db.updateTable('reversal').set(change).where('order_id', '=', owed.order_id).execute();
  try {
    if (owed.money_done === 0) {
      await payments.refund(owed.order_id);
      await done({ money_done: 1 });
    }
    if (owed.stock_done === 0) {
      await inventory.release(owed.order_id);
      await done({ stock_done: 1 });
    }
  } catch (error) {
    log('warn', 'an order is still to be reversed', { order: owed.order_id, reason: reasonOf(error) });
  }
}
