import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { startService, type Service } from './service.ts';

/** What the gateway would answer to an operation of ours: its name -> variables -> the answer. */
type Script = Readonly<Record<string, (variables: Readonly<Record<string, unknown>>) => unknown>>;

interface Asked {
  readonly operationName: string;
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
      asked.push({ operationName, authorization: request.headers.authorization });
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

const product = (id: string) => ({
  __typename: 'Gear',
  id,
  slug: `gear-${id}`,
  name: `Gear ${id}`,
  createdAt: '2020-01-01T00:00:00.000Z',
  brand: { name: 'Otter' },
  price: { amount: 2490, currency: 'EUR' },
  images: [{ small: 's', medium: 'm', large: 'l', alt: 'a picture' }],
  rating: { average: 4.5, count: 2 },
  availability: { status: 'IN_STOCK' },
});

const cards = ({ ids }: Readonly<Record<string, unknown>>) => ({
  data: { productsById: (ids as readonly string[]).map(product) },
});

test('a home page with two lists of products costs two gateway operations', async () => {
  script = {
    HomePage: () => ({
      data: {
        products: { nodes: [{ id: 'p1' }, { id: 'p2' }] },
        latestReviews: [
          {
            id: 'r1',
            rating: 5,
            title: 'Good',
            body: 'Yes.',
            author: { name: 'Ada' },
            product: { id: 'p2' },
          },
        ],
      },
    }),
    ProductCards: cards,
  };
  const { data } = await ask(
    '{ homePage { newest { name price { text } } latestReviews { author product { href } } missing { part } } }',
  );
  assert.deepEqual(data, {
    homePage: {
      newest: [
        { name: 'Gear p1', price: { text: '€24.90' } },
        { name: 'Gear p2', price: { text: '€24.90' } },
      ],
      latestReviews: [{ author: 'Ada', product: { href: '/p/gear-p2' } }],
      missing: [],
    },
  });
  assert.deepEqual(
    asked.map(({ operationName }) => operationName),
    ['HomePage', 'ProductCards'],
  );
});

test('parts that nobody asked for are not fetched', async () => {
  let variables: unknown;
  script = {
    HomePage: (given) => {
      variables = given;
      return { data: { categories: [] } };
    },
  };
  await ask('{ homePage { navigation { label } } }');
  assert.deepEqual(variables, { viewer: false, navigation: true, newest: false, latestReviews: false });
});

test('a part that the gateway could not get is null and named; the rest of the page is there', async () => {
  script = {
    HomePage: () => ({
      data: { products: { nodes: [] }, latestReviews: null },
      errors: [{ message: 'down', path: ['latestReviews'], extensions: { code: 'SUBREQUEST_HTTP_ERROR' } }],
    }),
  };
  const { data } = await ask('{ homePage { newest { id } latestReviews { id } missing { part } } }');
  assert.deepEqual(data, {
    homePage: { newest: [], latestReviews: null, missing: [{ part: 'latestReviews' }] },
  });
});

test('cards without their ratings are still cards, and the page says that ratings are missing', async () => {
  script = {
    HomePage: () => ({ data: { products: { nodes: [{ id: 'p1' }] } } }),
    ProductCards: () => ({
      data: { productsById: [{ ...product('p1'), rating: null }] },
      errors: [
        {
          message: 'down',
          path: ['productsById'],
          extensions: { code: 'SUBREQUEST_HTTP_ERROR' },
        },
      ],
    }),
  };
  const { data } = await ask('{ homePage { newest { id rating { count } } missing { part } } }');
  assert.deepEqual(data, {
    homePage: { newest: [{ id: 'p1', rating: null }], missing: [{ part: 'ratings' }] },
  });
});

test('without a gateway the home page is there and every part that was wanted is missing', async () => {
  script = { HomePage: () => 'garbage' };
  const { data } = await ask('{ homePage { newest { id } navigation { label } missing { part } } }');
  assert.deepEqual(data, {
    homePage: { newest: null, navigation: null, missing: [{ part: 'navigation' }, { part: 'newest' }] },
  });
});

test("the caller's token is passed on, and nothing else identifies the caller", async () => {
  script = { CartPage: () => ({ data: { cart: { count: 0, lines: [] } } }) };
  await ask('{ cartPage { count } }', signedIn);
  assert.equal(asked[0]?.authorization, 'Bearer token-of-ada');
});

test('nobody has an account page or a cart page, and the gateway is not asked for them', async () => {
  const { data } = await ask('{ accountPage { name } cartPage { count } }');
  assert.deepEqual(data, { accountPage: null, cartPage: null });
  assert.deepEqual(asked, []);
});

test('the account page stays when accounts is away, without its part', async () => {
  script = {
    AccountPage: () => ({
      data: { me: null },
      errors: [{ message: 'down', path: ['me'], extensions: { code: 'SUBREQUEST_HTTP_ERROR' } }],
    }),
  };
  const { data } = await ask('{ accountPage { name orders { id } missing { part } } }', signedIn);
  assert.deepEqual(data, {
    accountPage: { name: null, orders: null, missing: [{ part: 'name' }, { part: 'orders' }] },
  });
});

test('a cart has no subtotal while the price of one line is not known', async () => {
  script = {
    CartPage: () => ({
      data: {
        cart: {
          count: 3,
          lines: [
            { quantity: 2, product: { id: 'p1' } },
            { quantity: 1, product: { id: 'p2' } },
          ],
        },
      },
    }),
    ProductCards: () => ({ data: { productsById: [product('p1'), null] } }),
  };
  const { data } = await ask(
    '{ cartPage { subtotal { text } lines { productId total { text } } } }',
    signedIn,
  );
  assert.deepEqual(data, {
    cartPage: {
      subtotal: null,
      lines: [
        { productId: 'p1', total: { text: '€49.80' } },
        { productId: 'p2', total: null },
      ],
    },
  });
});

test('wrong input of a mutation comes back with its code and argument', async () => {
  script = {
    AddToCart: () => ({
      data: null,
      errors: [
        {
          message: 'quantity must be at least 1',
          path: ['addToCart'],
          extensions: { code: 'BAD_USER_INPUT', argument: 'quantity', service: 'orders' },
        },
      ],
    }),
  };
  const { errors } = await ask('mutation { addToCart(productId: "p1", quantity: 0) { count } }', signedIn);
  assert.deepEqual(errors?.[0]?.extensions, { code: 'BAD_USER_INPUT', argument: 'quantity' });
});

test('a refused order is an answer with its reason and the products concerned', async () => {
  script = {
    PlaceOrder: () => ({
      data: {
        placeOrder: {
          __typename: 'OrderRefused',
          reason: 'OUT_OF_STOCK',
          message: 'Too few left.',
          products: [{ id: 'p7' }, null],
        },
      },
    }),
    ProductCards: cards,
  };
  const { data } = await ask(
    `mutation { placeOrder(input: { idempotencyKey: "k-12345678", paymentToken: "tok_ok",
      shippingAddress: { recipient: "Ada", street: "A 1", postalCode: "1", city: "B", country: "DE" } }) {
        ... on OrderProblem { code message products { id } } } }`,
    signedIn,
  );
  assert.deepEqual(data, {
    placeOrder: { code: 'OUT_OF_STOCK', message: 'Too few left.', products: [{ id: 'p7' }] },
  });
});

test('only pages of allowed origins may read answers', async () => {
  const from = async (origin: string): Promise<string | null> => {
    const response = await fetch(`${service.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    return response.headers.get('access-control-allow-origin');
  };
  assert.equal(await from('http://127.0.0.1:4000'), 'http://127.0.0.1:4000');
  assert.equal(await from('http://evil.example'), null);
});
