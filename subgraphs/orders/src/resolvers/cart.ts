import { addPieces, cartLines, checkRoom, maxPieces, setPieces, type CartChange } from '../cart.ts';
import type { Context } from '../context.ts';
import type {
  CartLineResolvers,
  CartResolvers,
  MutationResolvers,
  QueryResolvers,
} from '../generated/schema.ts';
import { inputCheck } from '../input.ts';
import { idOf } from '../ownership.ts';

/** What a product's id may look like. */
export const productKey = {
  min: 1,
  max: 64,
  shape: { pattern: /^[\w-]+$/, reason: 'must have letters, digits, dashes only' },
};

export const cartQuery: Pick<QueryResolvers, 'cart'> = {
  cart: async (_parent, _arguments, { caller, db }) => ({ lines: await cartLines(db, idOf(caller)) }),
};

export const cartMutations: Pick<MutationResolvers, 'addToCart' | 'setCartQuantity'> = {
  addToCart: async (_parent, { productId, quantity }, context) => {
    const change = changeOf(context, productId, quantity, 1);
    await checkRoom(context.db, change);
    await addPieces(context.db, change);
    return { lines: await cartLines(context.db, change.userId) };
  },
  setCartQuantity: async (_parent, { productId, quantity }, context) => {
    const change = changeOf(context, productId, quantity, 0);
    if (change.quantity > 0) await checkRoom(context.db, change);
    await setPieces(context.db, change);
    return { lines: await cartLines(context.db, change.userId) };
  },
};

// Null may be sent for any argument that may be left out.
function changeOf(
  { caller, now }: Context,
  productId: string,
  quantity: number | null,
  min: number,
): CartChange {
  const check = inputCheck();
  const change = {
    userId: idOf(caller),
    productId: check.text('productId', productId, productKey),
    quantity: check.wholeNumber('quantity', quantity ?? 1, { min, max: maxPieces }),
    at: now,
  };
  check.done();
  return change;
}

export const cart: CartResolvers = {
  count: ({ lines }) => lines.reduce((total, { quantity }) => total + quantity, 0),
};

export const cartLine: CartLineResolvers = {
  product: ({ product_id }) => ({ id: product_id }),
};
