import type { Context } from '../context.ts';
import { clientError, onlyIdentity } from '../gateway.ts';
import { OrdersScreen, type OrdersScreenQuery } from '../generated/operations.ts';
import type { QueryResolvers } from '../generated/schema.ts';
import { missingParts } from '../missing-parts.ts';
import { dateText, priceText } from '../wording.ts';

const parts = { orders: ['orders'] };
const thumbnailWidth = 160;

/** The signed-in person's orders; null for everyone else. */
export const ordersScreen: NonNullable<QueryResolvers['ordersScreen']> = async (_parent, args, context) => {
  if (!context.signedIn) return null;
  const { data, errors } = await context.ask(OrdersScreen, { after: args.after ?? null });
  const refused = errors.find(({ code }) => code === 'BAD_USER_INPUT');
  if (refused !== undefined) throw clientError(refused);
  if (!data?.me && onlyIdentity(errors)) return null;
  const page = data?.me?.orders;
  const orders = page ? await Promise.all(page.nodes.map((order) => orderRow(order, context))) : null;
  return {
    orders,
    next: page ? nextCursor(page) : null,
    missing: [
      ...missingParts(errors, parts, { depth: 1, wanted: new Set(Object.keys(parts)), had: { orders } }),
      ...context.tiles.missing(),
    ],
  };
};

type OrderList = NonNullable<NonNullable<OrdersScreenQuery['me']>['orders']>;
type OrderNode = OrderList['nodes'][number];

const nextCursor = ({ pageInfo }: OrderList): string | null =>
  pageInfo.hasNextPage ? pageInfo.endCursor : null;

async function orderRow(order: OrderNode, { tiles }: Context) {
  const items = order.lines.map(async ({ title, quantity, product }) => {
    const tile = await tiles.one(product?.id, thumbnailWidth);
    return { title, quantity, image: tile?.image ?? null };
  });
  return {
    id: order.id,
    number: order.number,
    date: dateText(order.placedAt),
    status: order.status,
    total: priceText(order.total),
    items: await Promise.all(items),
  };
}
