import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { startSubgraph, type SubgraphServer } from '../gateway/subgraph-server.ts';

/** The shop that public examples and benchmarks of federation use: accounts, products, inventory, reviews. */

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@requires", "@external", "@provides", "@shareable"])`;

const schemas = {
  accounts: `${link}
    type Query { me: User users: [User] }
    type User @key(fields: "id") { id: ID! name: String username: String @shareable }`,
  products: `${link}
    type Query { topProducts(first: Int = 3): [Product] }
    type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
  inventory: `${link}
    type Product @key(fields: "upc") {
      upc: String! weight: Int @external price: Int @external inStock: Boolean
      shippingEstimate: Int @requires(fields: "price weight") }`,
  reviews: `${link}
    type Review @key(fields: "id") { id: ID! body: String author: User @provides(fields: "username") product: Product }
    type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
    type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
};

type Name = keyof typeof schemas;
type Row = Readonly<Record<string, unknown>>;

const users = [
  { id: '1', name: 'Ada Lovelace', username: '@ada' },
  { id: '2', name: 'Alan Turing', username: '@complete' },
];
const products = [
  { upc: '1', name: 'Table', price: 899, weight: 100 },
  { upc: '2', name: 'Couch', price: 1299, weight: 1000 },
  { upc: '3', name: 'Chair', price: 54, weight: 50 },
];
const review = { id: '1', body: 'Love it!', author: users[0], product: { upc: '1' } };

const resolvers: Readonly<Record<Name, object>> = {
  accounts: {
    Query: { me: () => users[0], users: () => users },
    User: { __resolveReference: ({ id }: Row) => users.find((user) => user.id === id) },
  },
  products: {
    Query: { topProducts: (_: unknown, { first }: { readonly first: number }) => products.slice(0, first) },
    Product: { __resolveReference: ({ upc }: Row) => products.find((product) => product.upc === upc) },
  },
  inventory: {
    Product: {
      __resolveReference: (reference: Row) => ({ ...reference, inStock: true }),
      shippingEstimate: ({ price, weight }: { readonly price: number; readonly weight: number }) =>
        price > 1000 ? 0 : weight / 2,
    },
  },
  reviews: {
    User: { __resolveReference: (reference: Row) => ({ ...reference, reviews: [review] }) },
    Product: { __resolveReference: (reference: Row) => ({ ...reference, reviews: [review] }) },
  },
};

export interface PublicShop {
  readonly sdl: string;
  readonly subgraphs: Readonly<Record<Name, SubgraphServer>>;
  close(): Promise<void>;
}

export async function startPublicShop(): Promise<PublicShop> {
  const [accounts, inventory, productsServer, reviews] = await Promise.all(
    (['accounts', 'inventory', 'products', 'reviews'] as const).map((name) =>
      startSubgraph(schemas[name], resolvers[name]),
    ),
  );
  if (!accounts || !inventory || !productsServer || !reviews) throw new Error('four were started');
  const subgraphs = { accounts, inventory, products: productsServer, reviews };
  const names = Object.keys(schemas) as Name[];
  const composed = composeServices(
    names.map((name) => ({ name, url: subgraphs[name].url, typeDefs: parse(schemas[name]) })),
  );
  if (composed.errors !== undefined) throw new Error(composed.errors.map(String).join('\n'));
  return {
    sdl: composed.supergraphSdl,
    subgraphs,
    close: async () => {
      for (const server of Object.values(subgraphs)) await server.close();
    },
  };
}
