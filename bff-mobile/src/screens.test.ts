import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { startService, type Service } from './service.ts';

/** What the gateway would answer to an operation of ours: its name -> variables -> the answer. */
type Script = Readonly<Record<string, (variables: Readonly<Record<string, unknown>>) => unknown>>;

interface Asked {
  readonly operationName: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly authorization: string | undefined;
}

let gateway: Server;
let service: Service;
let script: Script = {};
let asked: Asked[] = [];

before(async () => {
  gateway = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { operationName, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
        readonly operationName: string;
        readonly variables: Readonly<Record<string, unknown>>;
      };
      asked.push({ operationName, variables, authorization: request.headers.authorization });
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(script[operationName]?.(variables) ?? { nonsense: true }));
    });
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  const { port } = gateway.address() as AddressInfo;
  service = await startService(
    {
      host: '127.0.0.1',
      port: 0,
      gatewayUrl: `http://127.0.0.1:${port}/graphql`,
      gatewayTimeout: 2000,
      allowedOrigins: new Set(['http://127.0.0.1:4000']),
    },
    () => undefined,
  );
});

beforeEach(() => {
  asked = [];
  script = {};
});

after(async () => {
  await service.close();
  gateway.close();
});

interface Answer {
  readonly data: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

async function ask(query: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

const signedIn = { authorization: 'Bearer token-of-ada' };
const down = (...path: readonly (string | number)[]) => ({
  message: 'down',
  path,
  extensions: { code: 'SUBREQUEST_HTTP_ERROR' },
});

const tile = (id: string) => ({
  id,
  name: `Gear ${id}`,
  price: { amount: 2490, currency: 'EUR' },
  images: [{ url: `/${id}.webp` }],
  rating: { average: 4.5 },
  availability: { status: 'OUT_OF_STOCK' },
});

const tiles = ({ ids }: Readonly<Record<string, unknown>>) => ({
  data: { productsById: (ids as readonly string[]).map(tile) },
});

const product = {
  id: 'p1',
  name: 'Gear p1',
  description: `${'word '.repeat(80)}end`,
  price: { amount: 2490, currency: 'EUR' },
  images: [{ url: '/p1.webp' }],
  rating: { average: 4.5, count: 12 },
  availability: { status: 'LOW' },
  shippingEstimate: { cost: { amount: 0, currency: 'EUR' }, minDays: 2, maxDays: 4 },
  reviews: { nodes: [{ rating: 5, title: 'Good', author: { name: 'Ada' } }, { rating: 3, title: 'So', author: null }] },
}; // prettier-ignore

test('the home screen is two gateway operations, with everything as ready text', async () => {
  script = {
    HomeScreen: () => ({
      data: {
        me: { name: 'Ada' },
        products: { nodes: [{ id: 'p1' }, { id: 'p2' }] },
        categories: [{ slug: 'tents', name: 'Tents' }],
      },
    }),
    Tiles: tiles,
  };
  const query =
    '{ homeScreen { greeting picks { id name price image stars soldOut } topics { slug name } missing } }';
  const { data } = await ask(query, signedIn);
  assert.deepEqual(data, {
    homeScreen: {
      greeting: 'Hello Ada',
      picks: ['p1', 'p2'].map((id) => ({
        ...{ id, name: `Gear ${id}`, price: '€24.90', image: `/${id}.webp`, stars: 4.5, soldOut: true },
      })),
      topics: [{ slug: 'tents', name: 'Tents' }],
      missing: [],
    },
  });
  assert.deepEqual(
    asked.map(({ operationName, authorization }) => [operationName, authorization]),
    [['HomeScreen', signedIn.authorization], ['Tiles', signedIn.authorization]],
  ); // prettier-ignore
});

test('nobody is greeted, and nothing is missing for it', async () => {
  script = { HomeScreen: () => ({ data: { products: { nodes: [] }, categories: [] } }) };
  const { data } = await ask('{ homeScreen { greeting picks { id } topics { slug } missing } }');
  assert.deepEqual(data, { homeScreen: { greeting: null, picks: [], topics: [], missing: [] } });
  assert.deepEqual(asked[0]?.variables, { greeting: false, picks: true, topics: true });
});

test('parts that the screen does not ask for are not fetched', async () => {
  script = { HomeScreen: () => ({ data: { categories: [] } }) };
  await ask('{ homeScreen { topics { slug } } }', signedIn);
  assert.deepEqual(asked[0]?.variables, { greeting: false, picks: false, topics: true });
});

test('a part that could not be had is null and named; tiles stay without their stars', async () => {
  script = {
    HomeScreen: () => ({
      data: { me: null, products: { nodes: [{ id: 'p1' }] }, categories: [] },
      errors: [down('me')],
    }),
    Tiles: () => ({
      data: { productsById: [{ ...tile('p1'), rating: null }] },
      errors: [down('productsById', 0, 'rating')],
    }),
  };
  const { data } = await ask('{ homeScreen { greeting picks { id stars } missing } }', signedIn);
  assert.deepEqual(data, {
    homeScreen: { greeting: null, picks: [{ id: 'p1', stars: null }], missing: ['greeting', 'stars'] },
  });
});

test('without a gateway the home screen is there, and every part that was wanted is missing', async () => {
  script = { HomeScreen: () => 'garbage' };
  const { data } = await ask('{ homeScreen { picks { id } topics { slug } missing } }');
  assert.deepEqual(data, { homeScreen: { picks: null, topics: null, missing: ['picks', 'topics'] } });
});

test('the product screen is one gateway operation, with a description of at most 280 characters', async () => {
  script = { ProductScreen: () => ({ data: { product } }) };
  const { data } = await ask(
    '{ productScreen(id: "p1") { name price image about stars ratings stock delivery topReviews { stars title by } missing } }',
  );
  const { about, ...screen } = data?.['productScreen'] as { readonly about: string };
  assert.ok(about.length <= 280 && about.endsWith('word…'), about);
  assert.deepEqual(screen, {
    name: 'Gear p1',
    price: '€24.90',
    image: '/p1.webp',
    stars: 4.5,
    ratings: 12,
    stock: 'Only a few left',
    delivery: 'Free, 2–4 days',
    topReviews: [
      { stars: 5, title: 'Good', by: 'Ada' },
      { stars: 3, title: 'So', by: null },
    ],
    missing: [],
  });
  assert.equal(asked.length, 1);
});

test('a product without reviews and stock is a product, and the screen says what is missing', async () => {
  script = {
    ProductScreen: () => ({
      data: { product: { ...product, rating: null, reviews: null, availability: null } },
      errors: [down('product', 'rating'), down('product', 'reviews'), down('product', 'availability')],
    }),
  };
  const { data } = await ask(
    '{ productScreen(id: "p1") { name stars ratings stock topReviews { title } missing } }',
  );
  assert.deepEqual(data, {
    productScreen: {
      ...{ name: 'Gear p1', stars: null, ratings: null, stock: null, topReviews: null },
      missing: ['stars', 'ratings', 'stock', 'topReviews'],
    },
  });
});

test('a product that is not there is null; without the catalog the screen is an error that says so', async () => {
  script = { ProductScreen: () => ({ data: { product: null } }) };
  assert.deepEqual((await ask('{ productScreen(id: "p0") { name } }')).data, { productScreen: null });
  script = { ProductScreen: () => ({ data: { product: null }, errors: [down('product')] }) };
  const { errors } = await ask('{ productScreen(id: "p1") { name } }');
  assert.equal(errors?.[0]?.extensions['code'], 'SUBREQUEST_HTTP_ERROR');
});

for (const [width, sent] of [
  [32, 160],
  [160, 160],
  [161, 320],
  [640, 640],
  [2048, 2080],
] as const) {
  test(`a picture ${String(width)} wide is asked for in the step of ${String(sent)}`, async () => {
    script = { ProductScreen: () => ({ data: { product } }) };
    await ask(`{ productScreen(id: "p1", imageWidth: ${String(width)}) { image } }`);
    assert.equal(asked[0]?.variables['imageWidth'], sent);
  });
}

for (const width of [-1, 0, 31, 2049, 2_000_000_000]) {
  test(`a picture ${String(width)} wide is refused, with the argument and the reason`, async () => {
    for (const screen of [`productScreen(id: "p1", imageWidth: ${String(width)}) { image }`, `homeScreen(imageWidth: ${String(width)}) { missing }`]) {
      const { errors } = await ask(`{ ${screen} }`);
      assert.deepEqual(errors?.[0]?.extensions, { code: 'BAD_USER_INPUT', argument: 'imageWidth' });
      assert.match(errors[0].message, /from 32 to 2048/);
    }
    assert.deepEqual(asked, []);
  });
} // prettier-ignore

const order = (number: string) => ({
  id: `o-${number}`,
  number,
  placedAt: '2026-03-03T10:00:00.000Z',
  status: 'SHIPPED',
  total: { amount: 4980, currency: 'EUR' },
  lines: [
    { title: 'Gear p1', quantity: 2, product: { id: 'p1' } },
    { title: 'Gone', quantity: 1, product: null },
  ],
});
const ordersPage = (hasNextPage: boolean) => ({
  data: {
    me: { orders: { pageInfo: { hasNextPage, endCursor: 'cursor-1' }, nodes: [order('W-1'), order('W-2')] } },
  },
});
const ordersQuery =
  '{ ordersScreen { orders { number date status total items { title quantity image } } next missing } }';

test('orders come with their date, total and pictures, all pictures in one operation', async () => {
  script = { OrdersScreen: () => ordersPage(false), Tiles: tiles };
  const { data } = await ask(ordersQuery, signedIn);
  const items = [
    { title: 'Gear p1', quantity: 2, image: '/p1.webp' },
    { title: 'Gone', quantity: 1, image: null },
  ];
  const row = { date: '3 Mar 2026', status: 'SHIPPED', total: '€49.80', items };
  assert.deepEqual(data, {
    ordersScreen: { orders: [{ number: 'W-1', ...row }, { number: 'W-2', ...row }], next: null, missing: [] },
  });
  assert.deepEqual(asked.map(({ operationName }) => operationName), ['OrdersScreen', 'Tiles']);
  assert.deepEqual(asked[1]?.variables['ids'], ['p1']);
}); // prettier-ignore

test('orders are paged: the next cursor is there as long as there is a next page, and is sent as it was given', async () => {
  script = { OrdersScreen: () => ordersPage(true), Tiles: tiles };
  const { data } = await ask('{ ordersScreen { next } }', signedIn);
  assert.deepEqual(data, { ordersScreen: { next: 'cursor-1' } });
  await ask('{ ordersScreen(after: "cursor-1") { next } }', signedIn);
  assert.equal(asked.findLast(({ operationName }) => operationName === 'OrdersScreen')?.variables['after'], 'cursor-1');
}); // prettier-ignore

test('a cursor that is none comes back with its code and argument', async () => {
  const error = { message: 'after is no cursor', path: ['me', 'orders'], extensions: { code: 'BAD_USER_INPUT', argument: 'after' } };
  script = { OrdersScreen: () => ({ data: { me: { orders: null } }, errors: [error] }) };
  const { errors } = await ask('{ ordersScreen(after: "x") { next } }', signedIn);
  assert.deepEqual(errors?.[0]?.extensions, { code: 'BAD_USER_INPUT', argument: 'after' });
}); // prettier-ignore

test('nobody has orders, and the gateway is not asked for them', async () => {
  assert.deepEqual((await ask(ordersQuery)).data, { ordersScreen: null });
  assert.deepEqual(asked, []);
});

test('with a token that is no longer good there are no orders; while orders is down they are missing', async () => {
  const refused = { message: 'no', path: ['me'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } };
  script = { OrdersScreen: () => ({ data: { me: null }, errors: [refused] }) };
  assert.deepEqual((await ask(ordersQuery, signedIn)).data, { ordersScreen: null });
  script = { OrdersScreen: () => ({ data: { me: { orders: null } }, errors: [down('me', 'orders')] }) };
  assert.deepEqual((await ask(ordersQuery, signedIn)).data, {
    ordersScreen: { orders: null, next: null, missing: ['orders'] },
  });
});

const placeOrder = `mutation { placeOrder(input: { key: "k-12345678", items: [{ productId: "p1", quantity: 2 }], paymentToken: "tok_ok",
  address: { recipient: "Ada", street: "A 1", postalCode: "1", city: "B", country: "DE" } }) { ok orderId number total code message } }`;

test('an order that is placed says its number and total, and was sent as given', async () => {
  script = {
    PlaceOrder: () => ({
      data: {
        placeOrder: {
          __typename: 'OrderPlaced',
          order: { id: 'o1', number: 'W-1', total: { amount: 4980, currency: 'EUR' } },
        },
      },
    }),
  };
  const { data } = await ask(placeOrder, signedIn);
  assert.deepEqual(data, {
    placeOrder: { ok: true, orderId: 'o1', number: 'W-1', total: '€49.80', code: null, message: null },
  });
  assert.deepEqual(asked[0]?.variables['input'], {
    idempotencyKey: 'k-12345678',
    lines: [{ productId: 'p1', quantity: 2 }],
    shippingAddress: { recipient: 'Ada', street: 'A 1', postalCode: '1', city: 'B', country: 'DE' },
    paymentToken: 'tok_ok',
  });
});

test('an order that is refused is an answer with its reason', async () => {
  const refusal = { __typename: 'OrderRefused', reason: 'OUT_OF_STOCK', message: 'Too few left.' };
  script = { PlaceOrder: () => ({ data: { placeOrder: refusal } }) };
  const { data } = await ask(placeOrder, signedIn);
  assert.deepEqual(data, {
    placeOrder: { ok: false, orderId: null, number: null, total: null, code: 'OUT_OF_STOCK', message: 'Too few left.' },
  });
}); // prettier-ignore

test('an order that could not be sent is an error, never a success, and is sent once', async () => {
  script = { PlaceOrder: () => 'garbage' };
  const { data, errors } = await ask(placeOrder, signedIn);
  assert.equal(data ?? null, null);
  assert.equal(errors?.[0]?.extensions['code'], 'SERVICE_UNAVAILABLE');
  assert.equal(asked.length, 1);
});
