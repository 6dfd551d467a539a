import { clientError } from '../gateway.ts';
import { PlaceOrder } from '../generated/operations.ts';
import type { MutationResolvers } from '../generated/schema.ts';
import { priceText } from '../wording.ts';

/** Buys; a refusal is an answer with its reason, a broken request is an error. */
export const placeOrder: NonNullable<MutationResolvers['placeOrder']> = async (
  _parent,
  { input },
  context,
) => {
  const { key, items, address, paymentToken } = input;
  const order = { idempotencyKey: key, lines: items, shippingAddress: address, paymentToken };
  const { data, errors } = await context.ask(PlaceOrder, { input: order });
  const result = data?.placeOrder;
  if (result === undefined) {
    const [error] = errors;
    throw error === undefined ? new Error('an answer without data has an error') : clientError(error);
  }
  return result.__typename === 'OrderPlaced'
    ? {
        ok: true,
        orderId: result.order.id,
        number: result.order.number,
        total: priceText(result.order.total),
      }
    : { ok: false, code: result.reason, message: result.message };
};
