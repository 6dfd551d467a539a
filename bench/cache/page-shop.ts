import { createServer, type AddressInfo, type Socket } from 'node:net';
import { HttpReader } from '../engine/http-reader.ts';

/**
 * Three subgraphs in one process, each on a port of its own: bare sockets that answer from memory. Tells its parent the ports,
 * and the number of calls when it is asked.
 */

export const pages = 200;
export const productsOnPage = 20;

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
export const pageSubgraphs = {
  goods: `${link} type Query { page(number: Int!): [Product] } type Product @key(fields: "id") { id: ID! name: String price: Int about: String }`,
  stock: `${link} type Product @key(fields: "id") { id: ID! inStock: Int place: String }`,
  reviews: `${link} type Product @key(fields: "id") { id: ID! stars: Float reviews: [Review] } type Review { id: ID! text: String by: String }`,
} as const;
export type PageSubgraph = keyof typeof pageSubgraphs;

export const pageQuery =
  'query Page($number: Int!) { page(number: $number) { id name price about inStock place stars reviews { id text by } } }';

const text = (length: number): string =>
  'All is well with it, and it came in time. '.repeat(9).slice(0, length);
const goods = (id: number) => ({
  id: String(id),
  name: `Product ${String(id)}`,
  price: 100 + (id % 900),
  about: text(80),
});
const stock = (id: number) => ({ inStock: id % 50, place: id % 2 === 0 ? 'north' : 'south' });
const reviews = (id: number) => ({
  stars: (id % 9) / 2 + 0.5,
  reviews: [0, 1].map((n) => ({
    id: `${String(id)}-${String(n)}`,
    text: text(100),
    by: `user ${String(id % 700)}`,
  })),
});
const idsOf = (page: number): readonly number[] =>
  Array.from({ length: productsOnPage }, (_, at) => page * productsOnPage + at);

/** The JSON text of `data` that every gateway must answer. */
export const expectedPage = (page: number): string =>
  JSON.stringify({ page: idsOf(page).map((id) => ({ ...goods(id), ...stock(id), ...reviews(id) })) });

interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const answers: Readonly<Record<PageSubgraph, (asked: Asked) => object>> = {
  goods: ({ query, variables = {} }) => {
    const number = Number(Object.values(variables)[0] ?? /number: ?(\d+)/.exec(query)?.[1]);
    return { page: idsOf(number).map((id) => ({ __typename: 'Product', ...goods(id) })) };
  },
  stock: ({ variables }) => entities(variables, stock),
  reviews: ({ variables }) => entities(variables, reviews),
};

function entities(variables: Asked['variables'], of: (id: number) => object): object {
  const list = (variables?.['representations'] ?? []) as readonly { readonly id: string }[];
  return { _entities: list.map(({ id }) => ({ __typename: 'Product', id, ...of(Number(id)) })) };
}

function serve(name: PageSubgraph, counted: () => void): (socket: Socket) => void {
  const known = new Map<string, Buffer>();
  return (socket) => {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    const reader = new HttpReader((_head, body) => {
      counted();
      const bytes = known.get(body) ?? made(name, body);
      if (known.size < 20_000) known.set(body, bytes);
      socket.write(bytes);
    });
    socket.on('data', (chunk) => reader.read(chunk));
  };
}

function made(name: PageSubgraph, body: string): Buffer {
  const data = JSON.stringify({ data: answers[name](JSON.parse(body) as Asked) });
  return Buffer.from(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncache-control: public, max-age=3600\r\ncontent-length: ${String(Buffer.byteLength(data))}\r\n\r\n${data}`,
  );
}

/** In a process of its own. */
export async function runPageShop(): Promise<void> {
  let calls = 0;
  const ports: Record<string, number> = {};
  for (const name of Object.keys(pageSubgraphs) as PageSubgraph[]) {
    const server = createServer(serve(name, () => void (calls += 1)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ports[name] = (server.address() as AddressInfo).port;
  }
  process.on('message', () => {
    process.send?.({ calls });
    calls = 0;
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ ports });
}

if (process.argv[2] === 'page-shop') await runPageShop();
