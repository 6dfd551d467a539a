import type { Context } from '../context.ts';
import { onlyIdentity } from '../gateway.ts';
import { AccountPage, type AccountPageQuery } from '../generated/operations.ts';
import type { QueryResolvers } from '../generated/schema.ts';
import { missingParts } from '../missing-parts.ts';
import { price } from '../price.ts';
import { requestedFields } from '../requested-fields.ts';
import { reviewTeasers } from './review-teasers.ts';

type Me = NonNullable<AccountPageQuery['me']>;

const parts = {
  name: { from: ['name', 'handle', 'memberSince'], message: 'Your profile cannot be shown right now.' },
  email: { from: ['email'], message: 'Your e-mail address cannot be shown right now.' },
  loyaltyPoints: { from: ['loyaltyPoints'], message: 'Your points cannot be shown right now.' },
  addresses: { from: ['addresses'], message: 'Your addresses cannot be shown right now.' },
  orders: { from: ['orders'], message: 'Your orders cannot be shown right now.' },
  reviews: { from: ['reviews'], message: 'Your reviews cannot be shown right now.' },
};

/** The signed-in person's page; null for everyone else. */
export const accountPage: NonNullable<QueryResolvers['accountPage']> = async (
  _parent,
  _args,
  context,
  info,
) => {
  if (!context.signedIn) return null;
  const wanted = requestedFields(info);
  const { data, errors } = await context.ask(AccountPage, {
    addresses: wanted.has('addresses'),
    orders: wanted.has('orders'),
    reviews: wanted.has('reviews'),
  });
  const me = data?.me;
  if (!me && onlyIdentity(errors)) return null;
  const had = { ...profile(me), ...(await lists(me, context)) };
  const missing = [...missingParts(errors, parts, { depth: 1, wanted, had }), ...context.cards.missing()];
  return { ...had, missing };
};

const nobody = { name: null, handle: null, email: null, memberSince: null, loyaltyPoints: null };

function profile(me: Me | null | undefined) {
  if (!me) return nobody;
  const { name, handle, email, memberSince, loyaltyPoints } = me;
  return { name, handle, email, memberSince, loyaltyPoints };
}

async function lists(me: Me | null | undefined, context: Context) {
  const [orders, reviews] = await Promise.all([
    me?.orders ? Promise.all(me.orders.nodes.map((order) => orderCard(order, context))) : null,
    me?.reviews ? reviewTeasers(me.reviews.nodes, context) : null,
  ]);
  return { addresses: me?.addresses?.map(addressCard) ?? null, orders, reviews };
}

const addressCard = (address: NonNullable<Me['addresses']>[number]) => ({
  label: address.label,
  lines: [address.recipient, address.street, `${address.postalCode} ${address.city}`, address.country],
  isDefault: address.isDefault,
});

async function orderCard(order: NonNullable<Me['orders']>['nodes'][number], { cards }: Context) {
  const ids = order.lines.flatMap(({ product }) => (product ? [product.id] : []));
  const [first] = order.lines;
  const others = order.lines.length - 1;
  return {
    id: order.id,
    number: order.number,
    date: order.placedAt,
    status: order.status,
    total: price(order.total),
    summary: `${first?.title ?? 'Nothing'}${others > 0 ? ` and ${String(others)} more` : ''}`,
    products: await cards.many(ids),
  };
}
