import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startShop, type Shop } from './cached-shop.ts';

let shop: Shop;
before(async () => {
  shop = await startShop({ cache: { enabled: false } });
});
after(() => shop.close());

const query = '{ product(id: "1") { inStock } me { orders } }';
const data = { product: { inStock: 0 }, me: { orders: 3 } };

/** Calls that the subgraph gets which both kinds of entities are fetched from. */
async function callsBy(gateway: Shop): Promise<number> {
  const token = gateway.issuer.token({ sub: 'ann' });
  gateway.calls();
  const answer = await gateway.ask(query, { token });
  assert.deepEqual(answer.data, data);
  return gateway.stock.asked.length;
}

test('a subgraph gets one call for two kinds of entities that are ready at the same time', async () => {
  assert.equal(await callsBy(shop), 1);
});

test('where its answers may be kept, each kind is a call of its own', async () => {
  const cached = await startShop({ beside: shop });
  assert.equal(await callsBy(cached), 2);
  await cached.close();
});

test('and where joining is turned off for it', async () => {
  const shaping = { subgraphs: { stock: { join_entity_calls: false } } };
  const apart = await startShop({
    beside: shop,
    cache: { enabled: false },
    config: { traffic_shaping: shaping },
  });
  assert.equal(await callsBy(apart), 2);
  await apart.close();
});
