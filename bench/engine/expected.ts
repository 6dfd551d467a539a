import { buildSchema, graphqlSync } from 'graphql';
import { products, reviews, reviewsOfAnyUser, shippingEstimate, users, wholeSchema } from './shop.ts';

const schema = buildSchema(wholeSchema);

const findUser = (id: string): object | undefined => {
  const found = users.find((one) => one.id === id);
  return found === undefined ? undefined : { ...found, reviews: () => reviewsOfAnyUser.map(fullReview) };
};

const findProduct = (upc: string): object | undefined => {
  const found = products.find((one) => one.upc === upc);
  if (found === undefined) return undefined;
  return {
    ...found,
    shippingEstimate: shippingEstimate(found.price, found.weight),
    reviews: () => reviews.filter((one) => one.upc === upc).map(fullReview),
  };
};

const fullReview = ({ id, body, upc }: (typeof reviews)[number]): object => ({
  ...{ id, body },
  product: () => findProduct(upc),
  author: () => findUser('1'),
});

const root = {
  me: () => findUser('1'),
  user: ({ id }: { readonly id: string }) => findUser(id),
  users: () => users.map(({ id }) => findUser(id)),
  topProducts: ({ first }: { readonly first: number }) =>
    products.slice(0, first).map(({ upc }) => findProduct(upc)),
};

/** The JSON text of `data` that every gateway must answer, computed on the shop in one piece. */
export function expectedData(query: string): string {
  const { data, errors } = graphqlSync({ schema, source: query, rootValue: root });
  if (errors !== undefined) throw new Error(errors.map(String).join('\n'));
  return JSON.stringify(data);
}
