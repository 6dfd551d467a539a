import type { Resolvers } from './generated/schema.ts';
import { homeScreen } from './screens/home-screen.ts';
import { ordersScreen } from './screens/orders-screen.ts';
import { placeOrder } from './screens/place-order.ts';
import { productScreen } from './screens/product-screen.ts';

/** A resolver a screen; the screen's fields are plain values by then. */
export const resolvers: Resolvers = {
  Query: { homeScreen, productScreen, ordersScreen },
  Mutation: { placeOrder },
};
