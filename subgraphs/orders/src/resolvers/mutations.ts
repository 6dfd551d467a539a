import type { Context } from '../context.ts';
import type { MutationResolvers } from '../generated/schema.ts';
import { badInput, couldBeKey, inputCheck } from '../input.ts';
import { idOf } from '../ownership.ts';
import { reverse } from '../purchase/reversal.ts';
import { denial } from '../rules.ts';
import type { OrderTable } from '../tables.ts';
import { cartMutations } from './cart.ts';
import { placedOrder } from './place-order.ts';

export const mutations: MutationResolvers = {
  ...cartMutations,
  placeOrder: (_parent, { input }, context) => placedOrder(input, context),
  cancelOrder: async (_parent, { id }, context) => {
    const order = await existing(id, context);
    if (order.user_id !== idOf(context.caller)) throw denial(context.caller);
    const text = 'Cancelled by the customer; stock and money go back';
    const cancelled = await reverse(context.shop, order, {
      to: 'CANCELLED',
      from: ['PENDING', 'PAID'],
      text,
    });
    if (cancelled === undefined)
      throw badInput('id', `names an order that cannot be cancelled: it is ${order.status}`);
    return cancelled;
  },
  refundOrder: async (_parent, { id, reason }, context) => {
    const check = inputCheck();
    const supportNote = check.text('reason', reason, { min: 3, max: 500 });
    check.done();
    const order = await existing(id, context);
    const refunded = await reverse(context.shop, order, {
      to: 'REFUNDED',
      from: ['PAID', 'SHIPPED', 'DELIVERED'],
      text: 'Refunded; the money goes back',
      supportNote,
    });
    if (refunded === undefined)
      throw badInput('id', `names an order that cannot be refunded: it is ${order.status}`);
    return refunded;
  },
};

async function existing(id: string, { loaders }: Context): Promise<OrderTable> {
  const order = couldBeKey(id) ? await loaders.order.load(id) : undefined;
  if (order === undefined) throw badInput('id', 'names no order');
  return order;
}
