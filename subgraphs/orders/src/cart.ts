import { sql, type Kysely, type SqlBool } from 'kysely';
import { badInput } from './input.ts';
import type { CartLineTable, Tables } from './tables.ts';

/** Different products in one cart or order. */
export const maxLines = 50;
/** Pieces of one product. */
export const maxPieces = 99;

export interface CartChange {
  readonly userId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly at: Date;
}

/** A user's cart, oldest line first. */
export function cartLines(db: Kysely<Tables>, userId: string): Promise<CartLineTable[]> {
  return db
    .selectFrom('cart_line')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('added_at')
    .orderBy('product_id')
    .execute();
}

/** Puts pieces in the cart, beside those that are there. */
export async function addPieces(
  db: Kysely<Tables>,
  { userId, productId, quantity, at }: CartChange,
): Promise<void> {
  const added = await db
    .insertInto('cart_line')
    .values({ user_id: userId, product_id: productId, quantity, added_at: at.toISOString() })
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'product_id'])
        .doUpdateSet({ quantity: sql`cart_line.quantity + excluded.quantity` })
        .where(sql<SqlBool>`cart_line.quantity + excluded.quantity <= ${maxPieces}`),
    )
    .returning('quantity')
    .executeTakeFirst();
  if (added === undefined) throw badInput('quantity', `would put more than ${maxPieces} pieces in the cart`);
}

/** Sets a line's pieces; 0 removes the line. */
export async function setPieces(
  db: Kysely<Tables>,
  { userId, productId, quantity, at }: CartChange,
): Promise<void> {
  if (quantity === 0) {
    await db
      .deleteFrom('cart_line')
      .where('user_id', '=', userId)
      .where('product_id', '=', productId)
      .execute();
    return;
  }
  await db
    .insertInto('cart_line')
    .values({ user_id: userId, product_id: productId, quantity, added_at: at.toISOString() })
    .onConflict((conflict) => conflict.columns(['user_id', 'product_id']).doUpdateSet({ quantity }))
    .execute();
}

/** Refuses one more product in a cart that is full. */
export async function checkRoom(db: Kysely<Tables>, { userId, productId }: CartChange): Promise<void> {
  const lines = await cartLines(db, userId);
  if (lines.length < maxLines || lines.some(({ product_id }) => product_id === productId)) return;
  throw badInput('productId', `finds the cart full: it has room for ${maxLines} different products`);
}
