import { allow, and, rule } from 'graphql-shield';
import type { Context } from './context.ts';
import { maySeeOrdersOf } from './ownership.ts';
import { federationRules, hasScope, signedIn } from './rules.ts';

const buyer = hasScope('orders:write');
const staff = hasScope('orders:read:any');

const hasRefundPolicy = rule('hasRefundPolicy', { cache: 'no_cache' })(
  (_parent: unknown, _arguments: unknown, { caller }: Context) =>
    caller.kind === 'user' && caller.policies.has('refunds'),
);

const ownOrder = rule('ownOrder', { cache: 'no_cache' })(
  ({ user_id }: { readonly user_id: string }, _arguments: unknown, { caller }: Context) =>
    maySeeOrdersOf(caller, user_id),
);

const sameUser = rule('sameUser', { cache: 'no_cache' })(
  ({ id }: { readonly id: string }, _arguments: unknown, { caller }: Context) => maySeeOrdersOf(caller, id),
);

/** Who may ask what. What is not named here nobody may. */
export const permissions = {
  Query: { ...federationRules.query, cart: signedIn, order: signedIn, orders: staff },
  ...federationRules.types,
  Mutation: {
    addToCart: buyer,
    setCartQuantity: buyer,
    placeOrder: buyer,
    cancelOrder: buyer,
    refundOrder: and(hasScope('orders:write:any'), hasRefundPolicy),
  },
  // On the type, whichever way leads to it: `_entities` needs no more than an id.
  Order: { '*': ownOrder, supportNote: staff },
  User: { id: allow, name: allow, orders: sameUser, loyaltyPoints: allow },
  Product: allow,
  Cart: allow,
  CartLine: allow,
  OrderLine: allow,
  OrderEvent: allow,
  ShippingAddress: allow,
  OrderPlaced: allow,
  OrderRefused: allow,
  Variant: allow,
  Warehouse: allow,
  Money: allow,
  OrderConnection: allow,
  PageInfo: allow,
};
