import type { Resolvers } from '../generated/schema.ts';
import { cart, cartLine } from './cart.ts';
import { mutations } from './mutations.ts';
import { order, orderLine } from './order.ts';
import { product, user } from './people-and-products.ts';
import { orderRefused } from './place-order.ts';
import { queries } from './queries.ts';

type Written = Pick<
  Resolvers,
  'Query' | 'Mutation' | 'Cart' | 'CartLine' | 'Order' | 'OrderLine' | 'OrderRefused' | 'User' | 'Product'
>;

/** All resolvers; fields that are not here are read from the row as they are called. */
export const resolvers: Written = {
  Query: queries,
  Mutation: mutations,
  Cart: cart,
  CartLine: cartLine,
  Order: order,
  OrderLine: orderLine,
  OrderRefused: orderRefused,
  User: user,
  Product: product,
};
