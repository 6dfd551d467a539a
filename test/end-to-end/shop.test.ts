import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startSampleSystem, until, type Answer, type Part, type SampleSystem } from './sample-system.ts';

let system: SampleSystem;
let token: string;
let slug: string;

const signIn = (email: string) =>
  `mutation { signIn(email: "${email}", password: "river-stone-42") { accessToken user { name } } }`;

async function tokenOf(email: string): Promise<string> {
  const { data } = await system.ask('gateway', signIn(email));
  const session = data?.['signIn'] as { readonly accessToken: string };
  return session.accessToken;
}

before(async () => {
  system = await startSampleSystem();
  token = await tokenOf('ada@weir.example');
  const { data } = await system.ask('gateway', '{ products(first: 1) { nodes { slug } } }');
  slug = (data?.['products'] as { readonly nodes: readonly [{ readonly slug: string }] }).nodes[0].slug;
});

after(() => system.cleanUp());

const pages = {
  homePage: `{ homePage { viewer { name loyaltyPoints cartCount } newest { name price { text } rating { average } badge }
    latestReviews { title author product { href } } navigation { label } missing { part } } }`,
  productPage: `query ($slug: String!) { productPage(slug: $slug) { id title description canonical breadcrumbs { label href }
    gallery { src srcset alt } price { text } brand { label } facts { label value } variants { sku name price { text } }
    availability { canBuy text } shipping { text } rating { average count bars { stars percent } }
    reviews { total items { rating title body author date } } related { name price { text } image { src } } missing { part } } }`,
  accountPage: `{ accountPage { name email addresses { label } orders { number summary products { name } }
    reviews { title } loyaltyPoints missing { part } } }`,
  cartPage: '{ cartPage { count lines { product { name } quantity } subtotal { text } missing { part } } }',
  searchPage: '{ searchPage(text: "river") { total results { name rating { count } } missing { part } } }',
} as const;
const productScreen = `query ($id: ID!) { productScreen(id: $id) { id name price image about stars ratings stock delivery
  topReviews { stars title by } missing } }`;

type Page = Readonly<Record<string, unknown>> & { readonly missing: readonly { readonly part: string }[] };

async function page(
  name: keyof typeof pages,
): Promise<{ readonly answer: Answer; readonly page: Page | null }> {
  const answer = await system.ask('bff-web', pages[name], { token, variables: { slug } });
  return { answer, page: (answer.data?.[name] ?? null) as Page | null };
}

test('one gateway query crosses five subgraphs and has no error', async () => {
  const query = `{ me { name addresses { city } loyaltyPoints reviewCount
    orders(first: 1) { nodes { number customer { name } shipsFrom { name }
      lines { title product { __typename name rating { average } availability { status } shippingEstimate { cost { amount } } } } } } } }`;
  const { data, errors } = await system.ask('gateway', query, { token });
  assert.deepEqual(errors, []);
  const me = data?.['me'] as {
    readonly name: string;
    readonly orders: {
      readonly nodes: readonly {
        readonly lines: readonly { readonly product: Readonly<Record<string, unknown>> }[];
      }[];
    };
  };
  const product = me.orders.nodes[0]?.lines[0]?.product;
  assert.equal(me.name, 'Ada Lovell');
  assert.ok(['Book', 'Apparel', 'Gear'].includes(String(product?.['__typename'])));
  for (const field of ['name', 'rating', 'availability', 'shippingEstimate'])
    assert.ok(product?.[field], field);
});

test('every web page and mobile screen is whole while everything runs', async () => {
  for (const name of Object.keys(pages) as (keyof typeof pages)[]) {
    const { answer, page: found } = await page(name);
    assert.deepEqual(answer.errors, [], name);
    assert.deepEqual(found?.missing, [], name);
  }
  const { data, errors } = await system.ask(
    'bff-mobile',
    '{ homeScreen { greeting picks { name price } topics { name } missing } ordersScreen { orders { number } missing } }',
    { token },
  );
  assert.deepEqual(errors, []);
  assert.match(JSON.stringify(data), /"greeting":"Hello Ada Lovell"/);
});

test('the same product takes at most a third of the bytes on mobile that it takes on the web', async () => {
  const web = await system.ask('bff-web', pages.productPage, { variables: { slug } });
  const id = (web.data?.['productPage'] as { readonly id: string }).id;
  const mobile = await system.ask('bff-mobile', productScreen, { variables: { id } });
  assert.deepEqual(mobile.errors, []);
  assert.ok(mobile.bytes * 3 <= web.bytes, `mobile ${mobile.bytes} bytes, web ${web.bytes} bytes`);
});

test('an order is bought once, however often it is sent', async () => {
  const add = 'mutation ($id: ID!) { addToCart(productId: $id, quantity: 1) { count } }';
  const { data } = await system.ask(
    'gateway',
    '{ products(first: 50) { nodes { id availability { status } } } }',
  );
  const { nodes } = data?.['products'] as {
    readonly nodes: readonly { readonly id: string; readonly availability: { readonly status: string } }[];
  };
  const id = nodes.find(({ availability }) => availability.status === 'IN_STOCK')?.id;
  await system.ask('bff-web', add, { token, variables: { id } });
  const place = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
    __typename ... on OrderConfirmation { orderId number } ... on OrderProblem { code message } } }`;
  const input = {
    idempotencyKey: `test-${Date.now()}`,
    lines: [{ productId: id, quantity: 1 }],
    paymentToken: 'tok_ok',
    shippingAddress: {
      recipient: 'Ada',
      street: 'Quay 1',
      postalCode: '10115',
      city: 'Berlin',
      country: 'DE',
    },
  };
  const answers = await Promise.all(
    [1, 2, 3].map(() => system.ask('bff-web', place, { token, variables: { input } })),
  );
  const orders = new Set(answers.map(({ data: one }) => JSON.stringify(one)));
  assert.equal(orders.size, 1, [...orders].join('\n'));
  assert.match([...orders].join(), /OrderConfirmation/);

  const declined = { ...input, idempotencyKey: `${input.idempotencyKey}-d`, paymentToken: 'tok_declined' };
  const refusal = await system.ask('bff-web', place, { token, variables: { input: declined } });
  assert.match(JSON.stringify(refusal.data), /PAYMENT_DECLINED/);
});

test("nobody sees another's orders or addresses, by any path", async () => {
  const query = '{ user(id: "u1") { name email addresses { city } orders { totalCount } } }';
  const anonymous = await system.ask('gateway', query);
  assert.deepEqual(anonymous.data, {
    user: { name: 'Ada Lovell', email: null, addresses: null, orders: null },
  });
  const mia = await tokenOf('mia@weir.example');
  const other = await system.ask('gateway', query, { token: mia });
  assert.deepEqual(other.data, { user: { name: 'Ada Lovell', email: null, addresses: null, orders: null } });
});

test('wrong input is told with the argument and the reason', async () => {
  const { errors } = await system.ask('gateway', '{ products(first: -1) { nodes { id } } }');
  assert.equal(errors[0]?.extensions?.code, 'BAD_USER_INPUT');
  assert.equal(errors[0].extensions.argument, 'first');
  assert.equal(errors[0].extensions.argument, 'first');
});

/** Which parts of which pages are lost with a subgraph; everything else must be there. */
const losses: Readonly<
  Record<
    Exclude<Part, 'gateway' | 'bff-web' | 'bff-mobile'>,
    Partial<Record<keyof typeof pages, readonly string[]>>
  >
> = {
  reviews: {
    homePage: ['latestReviews', 'ratings'],
    productPage: ['rating', 'reviews', 'ratings'],
    accountPage: ['reviews', 'ratings'],
    searchPage: ['ratings'],
    cartPage: ['ratings'],
  },
  inventory: {
    homePage: ['stock'],
    productPage: ['availability', 'shipping', 'stock'],
    accountPage: ['stock'],
    searchPage: ['stock'],
    cartPage: ['stock'],
  },
  orders: { homePage: [], accountPage: ['orders', 'loyaltyPoints'], cartPage: ['lines'] },
  accounts: {
    homePage: ['viewer'],
    productPage: [],
    accountPage: ['name', 'email', 'addresses', 'orders', 'reviews', 'loyaltyPoints'],
  },
  catalog: {
    homePage: ['navigation', 'newest', 'cards', 'ratings', 'stock'],
    accountPage: ['cards'],
    cartPage: ['cards'],
    searchPage: ['results'],
  },
};

for (const subgraph of Object.keys(losses) as (keyof typeof losses)[]) {
  test(
    `without ${subgraph} every page is there but for its part, and heals when it is back`,
    { timeout: 180_000 },
    async () => {
      const pid = await system.pidOf(subgraph);
      process.kill(pid, 'SIGSTOP'); // a stopped process hangs: worse than a dead one, and it is not restarted
      try {
        for (const name of Object.keys(pages) as (keyof typeof pages)[]) {
          if (name === 'productPage' && subgraph === 'catalog') continue; // its page is the product itself
          const { answer, page: found } = await page(name);
          assert.notEqual(found, null, `${name}: ${JSON.stringify(answer.errors)}`);
          const lost = found?.missing.map(({ part }) => part) ?? [];
          const expected = losses[subgraph][name] ?? [];
          assert.deepEqual(
            lost.filter((part) => !expected.includes(part)),
            [],
            `${name} lost ${lost.join(', ')}`,
          );
        }
      } finally {
        process.kill(pid, 'SIGCONT');
      }
      await until(async () => {
        const found = await Promise.all(
          (Object.keys(pages) as (keyof typeof pages)[]).map((name) => page(name)),
        );
        return found.every(({ page: one }) => one !== null && one.missing.length === 0);
      });
    },
  );
}

test('the subgraphs answer nobody but their gateway', async () => {
  for (const part of ['accounts', 'catalog', 'inventory', 'orders', 'reviews'] as const) {
    const { status, errors } = await system.ask(part, '{ _service { sdl } }');
    assert.equal(status, 401);
    assert.equal(errors[0]?.extensions?.code, 'UNAUTHENTICATED');
  }
});

test(
  'a subgraph that is killed is started again, and no answer fails meanwhile',
  { timeout: 180_000 },
  async () => {
    const killed = await system.pidOf('reviews');
    process.kill(killed, 'SIGKILL');
    await until(async () => {
      const { answer, page: found } = await page('productPage');
      assert.deepEqual(answer.errors, []);
      assert.notEqual(found, null);
      const listener = await system.pidOf('reviews').catch(() => killed);
      return listener !== killed && found?.missing.length === 0;
    });
  },
);
