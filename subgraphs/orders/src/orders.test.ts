import assert from 'node:assert/strict';
import { isObjectType } from 'graphql';
import { after, before, describe, test } from 'node:test';
import { permissions } from './permissions.ts';
import { newestSampleOrder, soldSince } from './sales.ts';
import { guardedSchema } from './schema.ts';
import { anonymous, customer, support, testOrders, userWith, type TestOrders } from './test-orders.ts';

const ada = customer('u1');
const stranger = customer('u5');
const sideDoor = (typename: string, id: string, selection: string) =>
  `{ _entities(representations: [{ __typename: "${typename}", id: "${id}" }]) { ... on ${typename} { ${selection} } } }`;

describe('orders', () => {
  let shop: TestOrders;
  before(async () => {
    shop = await testOrders();
  });
  after(() => shop.close());
  const codesOf = async (query: string, caller = anonymous): Promise<readonly unknown[]> => {
    const { errors } = await shop.ask(query, {}, caller);
    return [...new Set(errors.map(({ extensions }) => extensions['code']))];
  };

  for (const [what, query] of [
    ['an order', '{ order(id: "o1") { id number } }'],
    ['an order behind the side door', sideDoor('Order', 'o1', 'id number')],
    ['the orders of a user', sideDoor('User', 'u1', 'orders { nodes { id } }')],
  ] as const) {
    test(`${what} is for its owner and for support`, async () => {
      assert.deepEqual(await codesOf(query), ['UNAUTHENTICATED']);
      assert.deepEqual(await codesOf(query, stranger), ['FORBIDDEN']);
      assert.deepEqual(await codesOf(query, ada), []);
      assert.deepEqual(await codesOf(query, support), []);
    });
  }

  for (const [what, query] of [
    ['all orders', '{ orders { nodes { id } } }'],
    ["one's own order's support note", '{ order(id: "o1") { supportNote } }'],
    ['the support note behind the side door', sideDoor('Order', 'o1', 'supportNote')],
    ['a refund', 'mutation { refundOrder(id: "o1", reason: "because") { id } }'],
  ] as const) {
    test(`${what} is for support alone`, async () => {
      const [unknown, own] = [await codesOf(query), await codesOf(query, ada)];
      assert.deepEqual([unknown, own], [['UNAUTHENTICATED'], ['FORBIDDEN']]);
    });
  }

  test('a refund needs the policy and the scope', async () => {
    const query = 'mutation { refundOrder(id: "o9", reason: "because") { id } }';
    assert.deepEqual(await codesOf(query, userWith('u2', 'orders:write:any')), ['FORBIDDEN']);
    assert.deepEqual(await codesOf(query, userWith('u2', 'orders:read:any', 'refunds')), ['FORBIDDEN']);
  });

  for (const query of [
    'mutation { addToCart(productId: "p1") { count } }',
    'mutation { setCartQuantity(productId: "p1", quantity: 1) { count } }',
    'mutation { cancelOrder(id: "o1") { id } }',
  ]) {
    test(`${query} needs the scope to buy`, async () => {
      assert.deepEqual(await codesOf(query), ['UNAUTHENTICATED']);
      assert.deepEqual(await codesOf(query, userWith('u1', 'orders:read')), ['FORBIDDEN']);
    });
  }

  test('an order that is not there is null, for everybody who is known', async () => {
    const { data, errors } = await shop.ask('{ order(id: "nope") { id } }', {}, stranger);
    assert.deepEqual([data?.['order'], errors], [null, []]);
  });

  test('points and pieces sold are for everybody', async () => {
    assert.deepEqual(await codesOf(sideDoor('User', 'u1', 'loyaltyPoints')), []);
    assert.deepEqual(await codesOf(sideDoor('Product', 'p1', 'soldLast30Days')), []);
  });

  test('points are the whole euros of the orders that stand', async () => {
    const rows = await shop.db
      .selectFrom('orders')
      .select(['total', 'status'])
      .where('user_id', '=', 'u1')
      .execute();
    const standing = rows.filter(({ status }) => ['PAID', 'SHIPPED', 'DELIVERED'].includes(status));
    const expected = Math.floor(standing.reduce((sum, { total }) => sum + total, 0) / 100);
    const { data } = await shop.ask(sideDoor('User', 'u1', 'loyaltyPoints'));
    assert.deepEqual(data?.['_entities'], [{ loyaltyPoints: expected }]);
  });

  test('days are counted back from the newest sample order when that is long ago, else from now', () => {
    const days = (from: number) => from - 30 * 24 * 3_600_000;
    assert.equal(Date.parse(soldSince(new Date(newestSampleOrder + 1e10))), days(newestSampleOrder));
    assert.equal(Date.parse(soldSince(new Date(newestSampleOrder - 1e10))), days(newestSampleOrder - 1e10));
  });

  test('pages give every order once, newest first, and only of the status asked for', async () => {
    const query = `query($after: String, $status: OrderStatus) { orders(first: 30, after: $after, status: $status) {
      totalCount nodes { id placedAt status } pageInfo { hasNextPage endCursor } } }`;
    for (const status of [null, 'DELIVERED']) {
      const found: { id: string; placedAt: string; status: string }[] = [];
      for (let after: string | null = null, more = true; more;) {
        const { data, errors } = await shop.ask(query, { after, status }, support);
        assert.deepEqual(errors, []);
        const page = data?.['orders'] as {
          totalCount: number;
          nodes: typeof found;
          pageInfo: { hasNextPage: boolean; endCursor: string | null };
        };
        found.push(...page.nodes);
        after = page.pageInfo.endCursor;
        more = page.pageInfo.hasNextPage;
        if (!more) assert.equal(found.length, page.totalCount);
      }
      assert.equal(new Set(found.map(({ id }) => id)).size, found.length);
      assert.ok(status === null || found.every((order) => order.status === status));
      const dates = found.map(({ placedAt }) => placedAt);
      assert.deepEqual(dates, [...dates].sort().reverse());
    }
  });

  const whole = `id number status placedAt customer { id name loyaltyPoints } lines { product { id soldLast30Days } variant { sku } title quantity unitPrice { amount } }
    total { amount } shipsFrom { code } shippingAddress { city } history { status at text } supportNote`;

  test('a hundred orders take as many statements as one', async () => {
    const query = (first: number) => `{ orders(first: ${first}) { totalCount nodes { ${whole} } } }`;
    const [one, many] = [await shop.ask(query(1), {}, support), await shop.ask(query(100), {}, support)];
    assert.deepEqual([one.errors, many.errors], [[], []]);
    assert.equal((many.data?.['orders'] as { nodes: unknown[] }).nodes.length, 100);
    assert.ok(many.statements.length <= one.statements.length, many.statements.join('\n'));
  });

  test('a hundred entities of each kind take no more statements than one', async () => {
    const query = `query($r: [_Any!]!) { _entities(representations: $r) {
      ... on Order { ${whole} }
      ... on User { loyaltyPoints orders(first: 3) { totalCount nodes { ${whole} } } }
      ... on Product { soldLast30Days } } }`;
    const r = (count: number) =>
      Array.from({ length: count }, (_, n) => [
        { __typename: 'Order', id: `o${n + 1}` },
        { __typename: 'User', id: `u${n + 1}` },
        { __typename: 'Product', id: `p${n + 1}` },
      ]).flat();
    const [one, many] = [
      await shop.ask(query, { r: r(1) }, support),
      await shop.ask(query, { r: r(100) }, support),
    ];
    assert.deepEqual([one.errors, many.errors], [[], []]);
    assert.ok(many.statements.length <= one.statements.length, many.statements.join('\n'));
  });

  const addToCart =
    'mutation($p: ID!, $q: Int) { addToCart(productId: $p, quantity: $q) { count lines { quantity } } }';
  test('a cart adds up, is set and emptied', async () => {
    const set = 'mutation($q: Int!) { setCartQuantity(productId: "p3", quantity: $q) { count } }';
    await shop.ask(addToCart, { p: 'p3', q: null }, stranger);
    const added = await shop.ask(addToCart, { p: 'p3', q: 4 }, stranger);
    assert.deepEqual(added.data?.['addToCart'], { count: 5, lines: [{ quantity: 5 }] });
    assert.deepEqual((await shop.ask(set, { q: 2 }, stranger)).data?.['setCartQuantity'], { count: 2 });
    assert.deepEqual((await shop.ask(set, { q: 0 }, stranger)).data?.['setCartQuantity'], { count: 0 });
  });

  test('pieces added at the same moment are all there', async () => {
    await Promise.all(
      Array.from({ length: 9 }, () => shop.ask(addToCart, { p: 'p4', q: 1 }, customer('u6'))),
    );
    const { data } = await shop.ask('{ cart { count } }', {}, customer('u6'));
    assert.deepEqual(data?.['cart'], { count: 9 });
  });

  test('a cart has bounds', async () => {
    const user = customer('u7');
    const argumentOf = async (p: string, q: number) =>
      (await shop.ask(addToCart, { p, q }, user)).errors[0]?.extensions['argument'];
    for (let n = 0; n < 50; n += 1) assert.equal(await argumentOf(`p${n}`, 60), undefined);
    assert.deepEqual(
      [
        await argumentOf('p0', 40),
        await argumentOf('p99', 1),
        await argumentOf('p0', 0),
        await argumentOf('a b', 1),
      ],
      ['quantity', 'productId', 'quantity', 'productId'],
    );
  });

  test('every wrong field of a purchase is named at once', async () => {
    const input = {
      idempotencyKey: 'short',
      paymentToken: 'a b',
      lines: [{ productId: 'p1', quantity: 0 }],
      shippingAddress: {
        recipient: '',
        street: 'x'.repeat(121),
        postalCode: '1',
        city: 'B\u0007',
        country: 'Germany',
      },
    };
    const query = 'mutation($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename } }';
    const { errors } = await shop.ask(query, { input }, ada);
    const problems = errors[0]?.extensions['problems'] as { argument: string }[];
    assert.equal(errors[0]?.extensions['code'], 'BAD_USER_INPUT');
    assert.deepEqual(
      problems.map(({ argument }) => argument.replace('input.', '').replace('shippingAddress.', '')),
      ['idempotencyKey', 'lines.0.quantity', 'recipient', 'street', 'city', 'country', 'paymentToken'],
    );
  });

  test('every type of the contract has its rules', () => {
    const types = Object.values(guardedSchema().getTypeMap())
      .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
      .map(({ name }) => name);
    assert.deepEqual(types.sort(), Object.keys(permissions).sort());
  });
});

const url = process.env['DATABASE_URL_TEST'];
const skip = url === undefined ? 'set DATABASE_URL_TEST to the address of a PostgreSQL to run this' : false;

test('PostgreSQL answers every query as the file database does', { skip }, async () => {
  const inFile = await testOrders();
  const inPostgres = await testOrders(undefined, { kind: 'postgres', url: url ?? '' });
  try {
    for (const operation of [
      '{ orders(first: 3) { totalCount nodes { id lines { title } history { text } customer { loyaltyPoints } } pageInfo { endCursor } } }',
      '{ orders(first: 3, status: DELIVERED) { totalCount nodes { id } } }',
      sideDoor(
        'User',
        'u1',
        'loyaltyPoints orders(first: 2) { totalCount nodes { id } pageInfo { endCursor } }',
      ),
      sideDoor('Product', 'p1', 'soldLast30Days'),
      'mutation { addToCart(productId: "p1", quantity: 2) { count } }',
      'mutation { addToCart(productId: "p1", quantity: 2) { count lines { quantity } } }',
      'mutation { setCartQuantity(productId: "p1", quantity: 1) { count } }',
    ]) {
      const [expected, actual] = [
        await inFile.ask(operation, {}, support),
        await inPostgres.ask(operation, {}, support),
      ];
      assert.deepEqual([expected.errors, actual.errors], [[], []]);
      assert.deepEqual(actual.data, expected.data);
      const cursor = /"endCursor":"([^"]+)"/.exec(JSON.stringify(expected.data))?.[1];
      if (cursor === undefined) continue;
      const next = operation.replace('first: ', `after: "${cursor}", first: `);
      const pages = [await inFile.ask(next, {}, support), await inPostgres.ask(next, {}, support)];
      assert.deepEqual(pages[1]?.data, pages[0]?.data);
    }
  } finally {
    await inPostgres.close();
    await inFile.close();
  }
});
