import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { request as httpRequest, Agent } from 'undici';
import { parseConfig } from '../../gateway/config/config.ts';
import { startGateway, type Gateway } from '../../gateway/gateway.ts';
import { audience, issuerName, startIssuer, type Issuer } from './issuer.ts';
import { startSubgraph, type SubgraphServer } from './subgraph-server.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: [
  "@key", "@shareable", "@cacheTag", "@requiresScopes", "@composeDirective", "@external", "@requires"])`;

const goods = `${link}
type Query {
  product(id: ID!): Product @cacheTag(format: "page-{$args.id}")
  products(ids: [ID!]!): [Product]
  me: User
  secretReport: String @requiresScopes(scopes: [["admin"]])
  greeting: String
}
type Mutation { setPrice(id: ID!, price: Int!): Product touch: Boolean }
type Product @key(fields: "id") @key(fields: "code") @cacheTag(format: "product-{$key.id}") {
  id: ID! code: String! name: String price: Int
}
type User @key(fields: "id") { id: ID! name: String }
`;

const stock = `${link}
type Query { warehouse: String }
type Product @key(fields: "id") { id: ID! inStock(place: String, shelf: String): Int note: String }
type User @key(fields: "id") { id: ID! orders: Int cart: [Product] }
`;

interface Row {
  readonly id: string;
}
interface Asker {
  readonly userId?: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** The shop's data, for tests to change. */
export interface ShopData {
  readonly prices: Map<string, number>;
  readonly stock: Map<string, number>;
  greeting: string;
}

function resolvers(data: ShopData) {
  const product = (id: string) =>
    data.prices.has(id)
      ? { __typename: 'Product', id, code: `c${id}`, name: `Product ${id}`, price: data.prices.get(id) }
      : null;
  const user = (id: string | undefined) => (id === undefined ? null : { id, name: `canary-${id}` });
  return {
    goods: {
      Query: {
        product: (_: unknown, { id }: Row) => product(id),
        products: (_: unknown, { ids }: { readonly ids: readonly string[] }) => ids.map(product),
        me: (_: unknown, __: unknown, { userId }: Asker) => user(userId),
        secretReport: () => 'canary-report',
        greeting: (_: unknown, __: unknown, { headers }: Asker) =>
          `${data.greeting} ${headers['accept-language'] ?? 'any'}`,
      },
      Mutation: {
        setPrice: (_: unknown, { id, price }: Row & { readonly price: number }) => {
          data.prices.set(id, price);
          return product(id);
        },
        touch: () => true,
      },
      Product: { __resolveReference: ({ id }: Row) => product(id) },
      User: { __resolveReference: ({ id }: Row) => user(id) },
    },
    stock: {
      Query: { warehouse: () => 'north' },
      Product: {
        __resolveReference: ({ id }: Row) => (data.stock.has(id) ? { __typename: 'Product', id } : null),
        inStock: ({ id }: Row, { place, shelf }: { readonly place?: string; readonly shelf?: string }) =>
          (data.stock.get(id) ?? 0) + (place === 'far' ? 1000 : 0) + (shelf === 'far' ? 10_000 : 0),
        note: (_: unknown, __: unknown, { userId }: Asker) => `note for ${userId ?? 'all'}`,
      },
      User: {
        __resolveReference: ({ id }: Row) => ({ id }),
        orders: () => 3,
        cart: ({ id }: Row) => [{ __typename: 'Product', id: id === 'ann' ? '1' : '2' }],
      },
    },
  };
}

export interface ShopAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
}

export interface ShopAsk {
  readonly token?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly get?: boolean;
}

/** A gateway with a cache on two real subgraphs and an issuer of tokens. */
export interface Shop {
  readonly gateway: Gateway;
  readonly data: ShopData;
  readonly issuer: Issuer;
  readonly goods: SubgraphServer;
  readonly stock: SubgraphServer;
  readonly log: string[];
  /** The file of the supergraph, and the configuration's text, for gateways in processes of their own. */
  readonly supergraph: string;
  readonly configuration: string;
  readonly ask: (query: string, options?: ShopAsk) => Promise<ShopAnswer>;
  /** Calls that subgraphs got since the last time. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

export interface ShopOptions {
  readonly cache?: Readonly<Record<string, unknown>>;
  readonly config?: Readonly<Record<string, unknown>>;
  /** Subgraphs of another shop, which then has several gateways. */
  readonly beside?: Shop;
}

const request = [
  { propagate: { named: 'authorization' } },
  { propagate: { named: 'accept-language' } },
  { insert: { name: 'x-user-id', from_claim: 'sub' } },
];

const agent = new Agent({ keepAliveTimeout: 100, connections: 64 });

export async function startShop({ cache = {}, config = {}, beside }: ShopOptions = {}): Promise<Shop> {
  const data: ShopData = beside?.data ?? {
    prices: new Map(Array.from({ length: 200 }, (_, at) => [String(at + 1), at + 1])),
    stock: new Map(Array.from({ length: 200 }, (_, at) => [String(at + 1), at])),
    greeting: 'hello',
  };
  const made = resolvers(data);
  const issuer = beside?.issuer ?? (await startIssuer());
  const goodsServer = beside?.goods ?? (await startSubgraph(goods, made.goods));
  const stockServer = beside?.stock ?? (await startSubgraph(stock, made.stock));
  const composed = composeServices([
    { name: 'goods', url: goodsServer.url, typeDefs: parse(goods) },
    { name: 'stock', url: stockServer.url, typeDefs: parse(stock) },
  ]);
  if (composed.errors !== undefined)
    throw new Error(composed.errors.map(({ message }) => message).join('\n'));
  const folder = mkdtempSync(join(tmpdir(), 'weir-shop-'));
  const path = join(folder, 'supergraph.graphql');
  writeFileSync(path, composed.supergraphSdl);
  const text = JSON.stringify({
    headers: { all: { request } },
    authentication: {
      router: {
        jwt: { jwks: [{ url: issuer.url, issuers: [issuerName], audiences: [audience], timeout: '5s' }] },
      },
    },
    response_cache: { enabled: true, debug: true, ...cache },
    // A machine that is busy with other tests must not have questions refused.
    traffic_shaping: { router: { overload: { enabled: false } } },
    ...config,
  });
  const loaded = parseConfig({ file: 'gateway.yaml', text }, tmpdir(), {});
  if (!loaded.ok) throw new Error(loaded.text);
  const log: string[] = [];
  const gateway = await startGateway({
    supergraph: { kind: 'file', path },
    config: loaded.config,
    port: 0,
    log: { write: (line) => void log.push(line) },
  });
  return {
    ...{ gateway, data, issuer, log, goods: goodsServer, stock: stockServer },
    ...{ supergraph: path, configuration: text },
    ask: (query, options) => ask(gateway.url, query, options),
    calls: () => goodsServer.asked.splice(0).length + stockServer.asked.splice(0).length,
    close: async () => {
      await gateway.stop();
      rmSync(folder, { recursive: true, force: true });
      if (beside !== undefined) return;
      await goodsServer.close();
      await stockServer.close();
      await issuer.close();
    },
  };
}

async function ask(url: string, query: string, options: ShopAsk = {}): Promise<ShopAnswer> {
  const { token, variables, headers = {}, get = false } = options;
  const all = {
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...headers,
  };
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables ?? {}) }).toString();
  const {
    statusCode,
    headers: given,
    body,
  } = get
    ? await httpRequest(`${url}?${search}`, { dispatcher: agent, headers: all })
    : await httpRequest(url, {
        ...{ method: 'POST', dispatcher: agent, headers: all },
        body: JSON.stringify({ query, variables }),
      });
  const text = await body.text();
  const read = (text === '' ? {} : JSON.parse(text)) as Partial<Pick<ShopAnswer, 'data' | 'extensions'>>;
  return { status: statusCode, headers: given, text, data: read.data ?? null, extensions: read.extensions };
}
