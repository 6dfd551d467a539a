import { clientError } from '../gateway.ts';
import { PlaceOrder } from '../generated/operations.ts';
import type { MutationResolvers } from '../generated/schema.ts';
import { price } from '../price.ts';

/** Buys; a refusal is an answer with its reason, a broken request is an error. */
export const placeOrder: NonNullable<MutationResolvers['placeOrder']> = async (
  _parent,
  { input },
  context,
) => {
  const { data, errors } = await context.ask(PlaceOrder, { input });
  const result = data?.placeOrder;
  if (result === undefined) {
    const [error] = errors;
    throw error === undefined ? new Error('an answer without data has an error') : clientError(error);
  }
  if (result.__typename === 'OrderPlaced') {
    const { order, repeated } = result;
    return {
      __typename: 'OrderConfirmation',
      orderId: order.id,
      number: order.number,
      total: price(order.total),
      message: repeated
        ? `Order ${order.number} had been placed already; nothing was bought twice.`
        : `Thank you. Your order is ${order.number}.`,
    };
  }
  const ids = result.products.flatMap((product) => (product ? [product.id] : []));
  return {
    __typename: 'OrderProblem',
    code: result.reason,
    message: result.message,
    products: await context.cards.many(ids),
  };
};
