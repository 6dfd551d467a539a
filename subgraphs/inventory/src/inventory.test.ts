import assert from 'node:assert/strict';
import { isObjectType } from 'graphql';
import { after, before, describe, test } from 'node:test';
import { permissions } from './permissions.ts';
import { guardedSchema } from './schema.ts';
import { admin, customer, orders, support, testInventory, type TestInventory } from './test-inventory.ts';

const product = (id: string, more: object = {}) => ({ __typename: 'Product', id, ...more });
const entities = (selection: string) =>
  `query($r: [_Any!]!) { _entities(representations: $r) { ${selection} } }`;
const known = { price: { amount: 1_999, currency: 'EUR' }, weightGrams: 800 };

describe('inventory', () => {
  let house: TestInventory;
  before(async () => {
    house = await testInventory();
  });
  after(() => house.close());

  test('availability sums the warehouses, shows a hundred pieces at most and knows what is sold out', async () => {
    const query = entities('... on Product { availability { status quantity restockAt } }');
    const r = [product('p1'), product('p37'), product('p23'), product('nowhere')];
    const { data, errors } = await house.ask(query, { r });
    const found = (data?.['_entities'] as { availability: { status: string; quantity: number } }[]).map(
      ({ availability: { status, quantity } }) => `${status} ${quantity}`,
    );
    assert.deepEqual(errors, []);
    assert.deepEqual(found.slice(1), ['OUT_OF_STOCK 0', 'LOW 2', 'OUT_OF_STOCK 0']);
    assert.match(found[0] ?? '', /^IN_STOCK \d+$/);
  });

  test('an estimate is made of the price and weight that the gateway brought, whoever the product is', async () => {
    const query = entities(
      '... on Product { shippingEstimate(country: "FR") { cost { amount currency } minDays maxDays } }',
    );
    const dear = { ...known, price: { amount: 9_000, currency: 'EUR' } };
    const r = [
      product('p1', known),
      product('unheard-of', { ...known, weightGrams: 200 }),
      product('p1', dear),
    ];
    const { data, errors } = await house.ask(query, { r });
    assert.deepEqual(errors, []);
    const amounts = (data?.['_entities'] as { shippingEstimate: { cost: { amount: number } } }[]).map(
      ({ shippingEstimate }) => shippingEstimate.cost.amount,
    );
    assert.deepEqual(amounts, [930, 465, 0]);
  });

  for (const [what, fields, argument] of [
    ['no price', { weightGrams: 1 }, 'representations.price.amount'],
    ['a price of null', { price: null, weightGrams: 1 }, 'representations.price.amount'],
    [
      'a price below nothing',
      { price: { amount: -1, currency: 'EUR' }, weightGrams: 1 },
      'representations.price.amount',
    ],
    ['no currency', { price: { amount: 1 }, weightGrams: 1 }, 'representations.price.currency'],
    ['a weight in words', { ...known, weightGrams: 'heavy' }, 'representations.weightGrams'],
  ] as const) {
    test(`an estimate with ${what} is refused, the rest is answered`, async () => {
      const query = entities('... on Product { id shippingEstimate { minDays } availability { status } }');
      const { data, errors } = await house.ask(query, { r: [product('p1', fields)] });
      assert.deepEqual(
        [errors[0]?.extensions['code'], errors[0]?.extensions['argument']],
        ['BAD_USER_INPUT', argument],
      );
      assert.deepEqual(data?.['_entities'], [
        { id: 'p1', shippingEstimate: null, availability: { status: 'IN_STOCK' } },
      ]);
    });
  }

  test('a stock level is found by its compound key', async () => {
    const level = (id: string, code: string) => ({
      __typename: 'StockLevel',
      product: { id },
      warehouse: { code },
    });
    const query = entities(
      '... on StockLevel { product { id } warehouse { city } onHand reserved available }',
    );
    const { data, errors } = await house.ask(
      query,
      { r: [level('p37', 'BER'), level('p37', 'XXX')] },
      support,
    );
    assert.deepEqual(errors, []);
    const found = {
      product: { id: 'p37' },
      warehouse: { city: 'Berlin' },
      onHand: 0,
      reserved: 0,
      available: 0,
    };
    assert.deepEqual(data?.['_entities'], [found, null]);
  });

  test('low stock is paged from the lowest up, each level once', async () => {
    const query = `query($after: String) { lowStock(atMost: 12, first: 3, after: $after) {
      nodes { product { id } warehouse { code } available } pageInfo { hasNextPage endCursor } } }`;
    const found: { available: number }[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { data } = await house.ask(query, { after }, support);
      const page = data?.['lowStock'] as {
        nodes: { available: number }[];
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
      };
      found.push(...page.nodes);
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    const expected = await house.db
      .selectFrom('stock')
      .select('on_hand')
      .where('on_hand', '<=', 12)
      .orderBy('on_hand')
      .execute();
    assert.deepEqual(
      found.map(({ available }) => available),
      expected.map(({ on_hand }) => on_hand),
    );
    assert.equal(new Set(found.map((level) => JSON.stringify(level))).size, found.length);
  });

  test('a count is stored, but never below what orders hold', async () => {
    const set = (quantity: number, warehouse = 'MIL') =>
      house.ask(
        `mutation { setStock(productId: "new", warehouse: "${warehouse}", quantity: ${quantity}) { onHand available } }`,
        {},
        admin,
      );
    assert.deepEqual((await set(4)).data?.['setStock'], { onHand: 4, available: 4 });
    await house.ask(
      'mutation { reserveStock(input: { orderId: "x", lines: [{ productId: "new", quantity: 3 }] }) { reserved } }',
      {},
      orders,
    );
    assert.equal((await set(2)).errors[0]?.extensions['argument'], 'quantity');
    assert.deepEqual((await set(5)).data?.['setStock'], { onHand: 5, available: 2 });
    assert.equal((await set(-1)).errors[0]?.extensions['argument'], 'quantity');
    assert.equal((await set(1, 'XXX')).errors[0]?.extensions['argument'], 'warehouse');
  });

  test('a hundred products take as many statements as one', async () => {
    const query =
      entities(`... on Product { availability { quantity } stockLevels { warehouse { name } product { availability { status } } } shippingEstimate { minDays } }
      ... on StockLevel { onHand warehouse { city } } ... on Warehouse { name }`);
    const r = (count: number) =>
      Array.from({ length: count }, (_, n) => [
        product(`p${n + 1}`, known),
        { __typename: 'StockLevel', product: { id: `p${n + 1}` }, warehouse: { code: 'BER' } },
        { __typename: 'Warehouse', code: 'LYS' },
      ]).flat();
    const [one, many] = [
      await house.ask(query, { r: r(1) }, support),
      await house.ask(query, { r: r(100) }, support),
    ];
    assert.deepEqual([one.errors, many.errors.slice(0, 1)], [[], []]);
    assert.ok(many.statements.length <= one.statements.length, many.statements.join('\n'));
    const page = (first: number) =>
      `{ lowStock(atMost: 60, first: ${first}) { nodes { warehouse { name } product { availability { status } } } } }`;
    const [short, long] = [await house.ask(page(1), {}, support), await house.ask(page(100), {}, support)];
    assert.equal(long.statements.length, short.statements.length);
  });

  const guarded: readonly (readonly [string, string])[] = [
    ['low stock', '{ lowStock { nodes { onHand } } }'],
    ['setting stock', 'mutation { setStock(productId: "p1", warehouse: "BER", quantity: 1) { onHand } }'],
    [
      'reserving',
      'mutation { reserveStock(input: { orderId: "a", lines: [{ productId: "p1", quantity: 1 }] }) { reserved } }',
    ],
    ['releasing', 'mutation { releaseStock(orderId: "a") }'],
    ['confirming', 'mutation { confirmStock(orderId: "a") }'],
    [
      'stock levels behind the side door',
      '{ _entities(representations: [{ __typename: "Product", id: "p1" }]) { ... on Product { stockLevels { onHand } } } }',
    ],
    [
      'one stock level behind the side door',
      '{ _entities(representations: [{ __typename: "StockLevel", product: { id: "p1" }, warehouse: { code: "BER" } }]) { ... on StockLevel { onHand } } }',
    ],
  ];
  for (const [what, query] of guarded) {
    test(`${what} is not for everybody`, async () => {
      const [unknown, shopper] = [await house.ask(query), await house.ask(query, {}, customer)];
      const codes = [unknown.errors[0]?.extensions['code'], shopper.errors[0]?.extensions['code']];
      assert.deepEqual(codes, ['UNAUTHENTICATED', 'FORBIDDEN']);
    });
  }

  test('staff who may read stock may not reserve it', async () => {
    const { errors } = await house.ask('mutation { releaseStock(orderId: "a") }', {}, admin);
    assert.equal(errors[0]?.extensions['code'], 'FORBIDDEN');
  });

  for (const [argument, lines] of [
    ['input.lines', '[]'],
    ['input.lines', `[${'{ productId: "p1", quantity: 1 },'.repeat(51)}]`],
    ['input.lines.0.quantity', '[{ productId: "p1", quantity: 0 }]'],
    ['input.lines.1.productId', '[{ productId: "p1", quantity: 1 }, { productId: "a b", quantity: 1 }]'],
  ] as const) {
    test(`reserving with wrong ${argument} (${lines.length} characters) is refused`, async () => {
      const query = `mutation { reserveStock(input: { orderId: "a", lines: ${lines} }) { reserved } }`;
      const { errors } = await house.ask(query, {}, orders);
      assert.deepEqual(
        [errors[0]?.extensions['code'], errors[0]?.extensions['argument']],
        ['BAD_USER_INPUT', argument],
      );
    });
  }

  test('every type of the contract has its rules', () => {
    const types = Object.values(guardedSchema().getTypeMap())
      .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
      .map(({ name }) => name);
    assert.deepEqual(types.sort(), Object.keys(permissions).sort());
  });
});
