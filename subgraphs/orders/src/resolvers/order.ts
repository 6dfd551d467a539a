import type { OrderLineResolvers, OrderResolvers } from '../generated/schema.ts';
import { couldBeKey } from '../input.ts';
import { visibleTo } from '../ownership.ts';

export const order: OrderResolvers = {
  __resolveReference: async ({ id }, { caller, loaders }) =>
    visibleTo(caller, couldBeKey(id) ? await loaders.order.load(id) : undefined),
  placedAt: ({ placed_at }) => placed_at,
  customer: ({ user_id, customer_name }) => ({ id: user_id, name: customer_name }),
  lines: async ({ id, currency }, _arguments, { loaders, spend }) => {
    const lines = await loaders.linesOfOrder.load(id);
    spend(lines.length);
    return lines.map((line) => ({ ...line, currency }));
  },
  total: ({ total, currency }) => ({ amount: total, currency }),
  shipsFrom: ({ ships_from }) => (ships_from === null ? null : { code: ships_from }),
  shippingAddress: ({ recipient, street, postal_code, city, country }) => ({
    recipient,
    street,
    postalCode: postal_code,
    city,
    country,
  }),
  history: async ({ id }, _arguments, { loaders, spend }) => {
    const events = await loaders.eventsOfOrder.load(id);
    spend(events.length);
    return events;
  },
  supportNote: ({ support_note }) => support_note,
};

export const orderLine: OrderLineResolvers = {
  product: ({ product_id }) => ({ id: product_id }),
  variant: ({ product_id, sku }) => (sku === null ? null : { productId: product_id, sku }),
  unitPrice: ({ unit_price, currency }) => ({ amount: unit_price, currency }),
};
