import type { Resolvers } from './generated/schema.ts';
import { accountPage } from './pages/account-page.ts';
import { addToCart, cartPage, setCartQuantity } from './pages/cart-page.ts';
import { homePage } from './pages/home-page.ts';
import { placeOrder } from './pages/place-order.ts';
import { productPage } from './pages/product-page.ts';
import { searchPage } from './pages/search-page.ts';

/** A resolver a page; the page's fields are plain values by then. */
export const resolvers: Resolvers = {
  Query: { homePage, productPage, searchPage, accountPage, cartPage },
  Mutation: { addToCart, setCartQuantity, placeOrder },
};
