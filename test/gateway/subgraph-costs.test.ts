import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startShop } from './cached-shop.ts';
import { startClub, type Answer, type Club } from './club.ts';

type Config = Readonly<Record<string, unknown>>;

async function club(t: TestContext, estimated: Config, more: Config = {}): Promise<Club> {
  const demand = { enabled: true, mode: 'enforce', strategy: { static_estimated: estimated } };
  const { demand_control: own = {}, ...rest } = more as { readonly demand_control?: Config };
  const started = await startClub({
    config: { include_subgraph_errors: { all: true }, ...rest, demand_control: { ...demand, ...own } },
  });
  t.after(() => started.close());
  return started;
}

const asked = (shop: Club) => ({
  accounts: shop.subgraphs.accounts.asked.length,
  reviews: shop.subgraphs.reviews.asked.length,
});

const errorsOf = ({ text }: Answer): unknown =>
  (JSON.parse(text) as { readonly errors?: unknown }).errors ?? [];

const reviewsUpTo = (max: number): Config => ({ subgraph: { subgraphs: { reviews: { max } } } });

test('a call over the maximum of its subgraph is not made, and only its part is missing', async (t) => {
  const shop = await club(t, reviewsUpTo(3));
  const answer = await shop.ask('{ many(count: 4) { id blobSize } }');
  assert.equal(answer.status, 200);
  assert.deepEqual(
    answer.data,
    { many: [0, 1, 2, 3].map((id) => ({ id: String(id), blobSize: null })) },
    answer.text,
  );
  assert.deepEqual(errorsOf(answer), [
    {
      message:
        'What is asked of subgraph "reviews" may cost 4 (at most 3 allowed, demand_control.strategy.static_estimated.subgraph). Ask for fewer or shorter lists.',
      path: ['many'],
      extensions: {
        ...{ estimated: 4, maximum: 3 },
        ...{ code: 'SUBGRAPH_COST_ESTIMATED_TOO_EXPENSIVE', service: 'reviews' },
      },
    },
  ]);
  assert.deepEqual(asked(shop), { accounts: 1, reviews: 0 });
  assert.match(
    shop.log.join(''),
    /"errors":\["SUBGRAPH_COST_ESTIMATED_TOO_EXPENSIVE"\],"warnings":\["SUBGRAPH_COST_ESTIMATED_TOO_EXPENSIVE reviews"\]/,
  );
});

test('entities cost as many objects as are asked for when it runs', async (t) => {
  const shop = await club(t, reviewsUpTo(3));
  for (let time = 0; time < 4; time += 1) {
    const answer = await shop.ask('query ($count: Int!) { many(count: $count) { blobSize } }', {
      variables: { count: time + 1 },
    });
    assert.equal(answer.codes.length > 0, time + 1 > 3, answer.text);
  }
  assert.deepEqual(asked(shop), { accounts: 4, reviews: 3 });
});

test('what is selected of each entity counts, lists in it too', async (t) => {
  const config = { subgraph: { subgraphs: { reviews: { max: 11, list_size: 4 } } } };
  const shop = await club(t, config);
  // Each user is 1, with 4 reviews of 1.
  const two = await shop.ask('{ many(count: 2) { reviews { body } } }');
  assert.deepEqual(two.codes, []);
  const three = await shop.ask('{ many(count: 3) { reviews { body } } }');
  assert.ok(three.codes.includes('SUBGRAPH_COST_ESTIMATED_TOO_EXPENSIVE'));
});

test('the calls of one operation are counted together, and each subgraph by itself', async (t) => {
  const shop = await club(t, { subgraph: { all: { max: 2 }, subgraphs: { accounts: { max: 100 } } } });
  const query = '{ a: many(count: 2) { blobSize } user(id: "x") { best { blobSize friends { blobSize } } } }';
  const answer = await shop.ask(query);
  assert.ok(answer.codes.includes('SUBGRAPH_COST_ESTIMATED_TOO_EXPENSIVE'), answer.text);
  assert.ok(!answer.text.includes('subgraph \\"accounts\\"'));
  const alone = await shop.ask('{ user(id: "x") { best { blobSize } } }');
  assert.deepEqual(alone.codes, []);
});

test('root fields and entities of an interface object have a cost before they are asked for', async (t) => {
  const shop = await club(t, { list_size: 5, subgraph: { subgraphs: { reviews: { max: 1 } } } });
  assert.deepEqual((await shop.ask('{ book(id: "m1") { rating } }')).codes, []);
  assert.ok((await shop.ask('{ medias { rating } }')).codes.length > 0);
  const root = await shop.ask('{ topReviews { body } ping }');
  assert.deepEqual(root.data, { topReviews: null, ping: 'pong' });
  assert.match(root.text, /may cost 5 \(at most 1/);
  assert.equal(asked(shop).reviews, 1);
});

test('clients learn the code alone where errors of subgraphs are not shown to them', async (t) => {
  const shop = await club(t, reviewsUpTo(0), { include_subgraph_errors: { all: false } });
  assert.deepEqual(errorsOf(await shop.ask('{ topReviews { body } }')), [
    {
      message: 'What the operation asks of one subgraph may cost more than allowed.',
      path: ['topReviews'],
      extensions: { code: 'SUBGRAPH_COST_ESTIMATED_TOO_EXPENSIVE' },
    },
  ]);
});

test('in measure mode every call is made, and the log names the subgraph once', async (t) => {
  const shop = await club(t, reviewsUpTo(0), { demand_control: { mode: 'measure' } });
  const answer = await shop.ask('{ topReviews { body } many(count: 2) { blobSize } }');
  assert.deepEqual(answer.codes, []);
  assert.deepEqual(asked(shop), { accounts: 1, reviews: 2 });
  assert.match(shop.log.join(''), /"warnings":\["SUBGRAPH_COST_ESTIMATED_TOO_EXPENSIVE reviews"\]/);
});

test('by subgraph, an answer costs what each call gave; by its shape, what the client gets', async (t) => {
  const query = '{ many(count: 3) { id blobSize } }';
  const headers = { 'x-cost-report': 'headers' };
  const byCall = await club(t, { actual_cost_mode: 'by_subgraph' });
  const byShape = await club(t, {});
  for (let time = 0; time < 3; time += 1) {
    // 3 users of accounts, and the same 3 again as entities of reviews.
    assert.equal((await byCall.ask(query, { headers })).headers['x-cost-actual'], '6');
    assert.equal((await byShape.ask(query, { headers })).headers['x-cost-actual'], '3');
  }
  const medias = await byCall.ask('{ medias { title rating } }', { headers });
  assert.equal(medias.headers['x-cost-actual'], '4', medias.text);
  byCall.subgraphs.reviews.trouble = (response) => void response.writeHead(500).end();
  assert.equal((await byCall.ask(query, { headers })).headers['x-cost-actual'], '3');
});

test('a budget gets back what the subgraphs did not give', async (t) => {
  const shop = await club(
    t,
    { actual_cost_mode: 'by_subgraph' },
    {
      demand_control: { enabled: false },
      rate_limit: { cost: { capacity: 100, refill_per_second: 0 } },
    },
  );
  const answer = await shop.ask('{ many(count: 3) { id blobSize } }');
  assert.match(
    answer.text,
    /"actualQueryCost":6,"throttleStatus":\{"maximumAvailable":100,"currentlyAvailable":94/,
  );
});

test('what the response cache holds asks nothing of a subgraph', async (t) => {
  const strategy = {
    static_estimated: { actual_cost_mode: 'by_subgraph', subgraph: { subgraphs: { stock: { max: 2 } } } },
  };
  const shop = await startShop({
    cache: { subgraph: { all: { ttl: '1h' } } },
    config: { demand_control: { enabled: true, mode: 'enforce', strategy } },
  });
  t.after(() => shop.close());
  const ask = (ids: readonly string[]) =>
    shop.ask('query ($ids: [ID!]!) { products(ids: $ids) { id inStock } }', {
      variables: { ids },
      headers: { 'x-cost-report': 'headers' },
    });
  assert.doesNotMatch((await ask(['1', '2'])).text, /SUBGRAPH_COST/);
  const more = await ask(['1', '2', '3', '4']);
  assert.doesNotMatch(more.text, /SUBGRAPH_COST/);
  // 4 products of goods, and the 2 of stock that were not known.
  assert.equal(more.headers['x-cost-actual'], '6', more.text);
  assert.match((await ask(['5', '6', '7'])).text, /SUBGRAPH_COST_ESTIMATED_TOO_EXPENSIVE/);
});
