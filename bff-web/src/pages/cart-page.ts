import type { Context } from '../context.ts';
import { clientError, onlyIdentity, type GatewayAnswer } from '../gateway.ts';
import { AddToCart, CartPage, SetCartQuantity, type CartPageQuery } from '../generated/operations.ts';
import type { MutationResolvers, QueryResolvers } from '../generated/schema.ts';
import { missingParts, type MissingPart } from '../missing-parts.ts';
import { price, type Price } from '../price.ts';

type Cart = NonNullable<CartPageQuery['cart']>;

const parts = { lines: { from: ['cart'], message: 'Your cart cannot be shown right now.' } };

/** The signed-in person's cart; null for everyone else. */
export const cartPage: NonNullable<QueryResolvers['cartPage']> = async (_parent, _args, context) => {
  if (!context.signedIn) return null;
  const { data, errors } = await context.ask(CartPage, {});
  if (!data?.cart && onlyIdentity(errors)) return null;
  return cartView(
    data?.cart ?? null,
    missingParts(errors, parts, { wanted: new Set(Object.keys(parts)), had: { lines: data?.cart } }),
    context,
  );
};

export const addToCart: NonNullable<MutationResolvers['addToCart']> = async (_parent, args, context) => {
  const answer = await context.ask(AddToCart, { productId: args.productId, quantity: args.quantity });
  return cartView(changed(answer, answer.data?.addToCart), [], context);
};

export const setCartQuantity: NonNullable<MutationResolvers['setCartQuantity']> = async (
  _parent,
  args,
  context,
) => {
  const answer = await context.ask(SetCartQuantity, args);
  return cartView(changed(answer, answer.data?.setCartQuantity), [], context);
};

/** The cart after a change; a change that did not happen is the client's error. */
function changed(answer: GatewayAnswer<unknown>, cart: Cart | undefined): Cart {
  if (cart !== undefined) return cart;
  const [error] = answer.errors;
  throw error === undefined ? new Error('an answer without data has an error') : clientError(error);
}

async function cartView(cart: Cart | null, missing: readonly MissingPart[], { cards }: Context) {
  const lines = await Promise.all(
    (cart?.lines ?? []).map(async ({ quantity, product: reference }) => {
      const product = await cards.one(reference?.id);
      const total = product && price({ ...product.price, amount: product.price.amount * quantity });
      return { productId: reference?.id ?? '', product, quantity, total };
    }),
  );
  return {
    lines: cart === null ? null : lines,
    count: cart?.count ?? null,
    subtotal: cart === null ? null : subtotal(lines.map(({ total }) => total)),
    problems: lines
      .filter(({ product }) => product?.badge === 'SOLD_OUT')
      .map(({ product }) => `${product?.name ?? 'A product'} is sold out.`),
    missing: [...missing, ...cards.missing()],
  };
}

/** Null while one line's price is not known: half a sum would be a wrong price. */
function subtotal(totals: readonly (Price | null)[]): Price | null {
  const known = totals.filter((total) => total !== null);
  const [first] = known;
  if (first === undefined || known.length < totals.length) return null;
  return price({ currency: first.currency, amount: known.reduce((sum, { amount }) => sum + amount, 0) });
}
