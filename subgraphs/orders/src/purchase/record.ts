import { sql, type Kysely, type Transaction } from 'kysely';
import type { PurchaseTable, Tables } from '../tables.ts';
import { write } from './ledger.ts';
import { draftOf, instant, totalOf, type Draft } from './shop.ts';

/** Makes the order of a purchase that has been paid, empties the cart of what was bought, and ends the purchase: all or nothing. */
export async function record(
  db: Kysely<Tables>,
  purchase: PurchaseTable,
  now: number,
): Promise<PurchaseTable> {
  return db.transaction().execute(async (transaction) => {
    const bought = await write(transaction, purchase, { step: 'BOUGHT' }, now);
    const draft = draftOf(purchase);
    await insertOrder(transaction, purchase, draft, now);
    if (draft.fromCart) await takeFromCart(transaction, purchase.user_id, draft);
    return bought;
  });
}

async function insertOrder(
  transaction: Transaction<Tables>,
  { order_id, user_id, created_at }: PurchaseTable,
  draft: Draft,
  now: number,
): Promise<void> {
  const { address, priced } = draft;
  await transaction
    .insertInto('orders')
    .values({
      id: order_id,
      number: await nextNumber(transaction, created_at),
      user_id,
      customer_name: address.recipient,
      status: 'PAID',
      placed_at: created_at,
      total: totalOf(draft),
      currency: priced[0]?.currency ?? 'EUR',
      ships_from: draft.warehouse,
      recipient: address.recipient,
      street: address.street,
      postal_code: address.postalCode,
      city: address.city,
      country: address.country,
      support_note: null,
    })
    .execute();
  const lines = priced.map(({ productId, sku, title, quantity, unitPrice }, position) => ({
    order_id,
    position,
    product_id: productId,
    sku,
    title,
    quantity,
    unit_price: unitPrice,
  }));
  await transaction.insertInto('order_line').values(lines).execute();
  await transaction
    .insertInto('order_event')
    .values([
      { order_id, position: 0, status: 'PENDING', at: created_at, text: 'Order received' },
      { order_id, position: 1, status: 'PAID', at: instant(now), text: 'Payment received' },
    ])
    .execute();
}

/** `W-<year>-<number>`; the counter's row lock gives each number out once. */
async function nextNumber(transaction: Transaction<Tables>, placedAt: string): Promise<string> {
  const { value } = await transaction
    .insertInto('counter')
    .values({ name: 'order', value: 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`counter.value + 1` }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return orderNumber(placedAt, value);
}

/** The number that people read out. */
export const orderNumber = (placedAt: string, count: number): string =>
  `W-${placedAt.slice(0, 4)}-${String(count).padStart(6, '0')}`;

/** Takes the bought pieces out of the cart; what was added meanwhile stays. */
async function takeFromCart(
  transaction: Transaction<Tables>,
  userId: string,
  { lines }: Draft,
): Promise<void> {
  for (const { productId, quantity } of lines) {
    await transaction
      .updateTable('cart_line')
      .set((row) => ({ quantity: row('quantity', '-', quantity) }))
      .where('user_id', '=', userId)
      .where('product_id', '=', productId)
      .execute();
  }
  await transaction
    .deleteFrom('cart_line')
    .where('user_id', '=', userId)
    .where('quantity', '<=', 0)
    .execute();
}
