import { buildASTSchema, extendSchema, graphql, parse, type GraphQLSchema } from 'graphql';
import {
  products,
  reviews,
  reviewsOfAnyUser,
  shippingEstimate,
  subgraphSchemas,
  users,
  type SubgraphName,
} from './shop.ts';

interface Representation {
  readonly __typename: string;
  readonly id?: string;
  readonly upc?: string;
  readonly price?: number;
  readonly weight?: number;
}

type Answers = Readonly<Record<string, unknown>>;

interface Shop {
  readonly root: Answers;
  readonly entity: (representation: Representation) => object | undefined;
}

const account = (id: string | undefined): object | undefined => {
  const found = users.find((one) => one.id === id);
  return found && { ...found, __typename: 'User' };
};

const catalogued = (upc: string | undefined): object | undefined => {
  const found = products.find((one) => one.upc === upc);
  return found && { ...found, __typename: 'Product' };
};

const reviewed = ({ id, body, upc }: (typeof reviews)[number]): object => ({
  ...{ id, body, __typename: 'Review' },
  product: () => reviewable({ __typename: 'Product', upc }),
  author: () => reviewable({ __typename: 'User', id: '1' }),
});

function reviewable({ __typename, id, upc }: Representation): object | undefined {
  if (__typename === 'User') {
    const username = users.find((one) => one.id === id)?.username;
    return { __typename, id, username, reviews: () => reviewsOfAnyUser.map(reviewed) };
  }
  if (__typename === 'Product') {
    return { __typename, upc, reviews: () => reviews.filter((one) => one.upc === upc).map(reviewed) };
  }
  const found = reviews.find((one) => one.id === id);
  return found && reviewed(found);
}

function stocked({ upc, price = 0, weight = 0 }: Representation): object | undefined {
  const found = products.find((one) => one.upc === upc);
  const estimate = shippingEstimate(price, weight);
  return found && { __typename: 'Product', upc, inStock: found.inStock, shippingEstimate: estimate };
}

const shops: Readonly<Record<SubgraphName, Shop>> = {
  accounts: {
    root: {
      me: () => account('1'),
      user: ({ id }: { readonly id: string }) => account(id),
      users: () => users.map(({ id }) => account(id)),
    },
    entity: ({ id }) => account(id),
  },
  inventory: { root: {}, entity: stocked },
  products: {
    root: {
      topProducts: ({ first }: { readonly first: number }) =>
        products.slice(0, first).map(({ upc }) => catalogued(upc)),
    },
    entity: ({ upc }) => catalogued(upc),
  },
  reviews: { root: {}, entity: reviewable },
};

const entityTypes: Readonly<Record<SubgraphName, string>> = {
  accounts: 'User',
  inventory: 'Product',
  products: 'Product',
  reviews: 'User | Product | Review',
};

function executable(name: SubgraphName): GraphQLSchema {
  const sdl = subgraphSchemas[name];
  const document = parse(sdl.includes('type Query') ? sdl : `${sdl}\ntype Query`);
  const schema = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
  const federation = parse(`
    scalar _Any
    union _Entity = ${entityTypes[name]}
    extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`);
  return extendSchema(schema, federation, { assumeValid: true, assumeValidSDL: true });
}

/** Answers a subgraph request by its body, always with the same text for the same body. */
export function subgraph(name: SubgraphName): (body: string) => Promise<string> {
  const schema = executable(name);
  const { root, entity } = shops[name];
  const rootValue = {
    ...root,
    _entities: ({ representations }: { readonly representations: readonly Representation[] }) =>
      representations.map(entity),
  };
  return async (body) => {
    const { query, variables, operationName } = JSON.parse(body) as {
      readonly query: string;
      readonly variables?: Readonly<Record<string, unknown>>;
      readonly operationName?: string;
    };
    const result = await graphql({
      ...{ schema, rootValue, source: query },
      variableValues: variables ?? null,
      operationName: operationName ?? null,
    });
    return JSON.stringify(result);
  };
}
