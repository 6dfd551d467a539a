import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startShop, type Shop } from './cached-shop.ts';

let shop: Shop;
before(async () => {
  shop = await startShop({ cache: { whole_responses: false } });
});
after(() => shop.close());
beforeEach(() => {
  shop.goods.headers = {};
  shop.stock.headers = {};
  shop.goods.trouble = undefined;
  shop.stock.trouble = undefined;
  shop.calls();
});

const kept = { 'cache-control': 'public, max-age=60' };
const trace = { 'apollo-cache-debugging': 'true' };

test('nothing is kept when nobody said so', async () => {
  await shop.ask('{ product(id: "1") { name } }');
  await shop.ask('{ product(id: "1") { name } }');
  assert.equal(shop.calls(), 2);
});

test('of a batch of entities only those are asked for that are not known', async () => {
  shop.stock.headers = kept;
  const query = 'query($ids: [ID!]!) { products(ids: $ids) { id inStock } }';
  const ids = (from: number, count: number) => Array.from({ length: count }, (_, at) => String(from + at));
  await shop.ask(query, { variables: { ids: ids(1, 90) } });
  shop.calls();
  const answer = await shop.ask(query, { variables: { ids: ids(1, 100) }, headers: trace });
  const asked = JSON.parse(shop.stock.asked[0]?.body ?? '') as { variables: { representations: unknown[] } };
  assert.equal(asked.variables.representations.length, 10);
  assert.deepEqual(
    (answer.data?.['products'] as { inStock: number }[]).map(({ inStock }) => inStock),
    Array.from({ length: 100 }, (_, at) => at),
  );
  const { fetches } = answer.extensions?.['cache'] as { fetches: Record<string, unknown>[] };
  assert.deepEqual([fetches[1]?.['hit'], fetches[1]?.['miss']], [90, 10]);
});
