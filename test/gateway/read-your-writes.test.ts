import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startShop, type Shop, type ShopAnswer } from './cached-shop.ts';
import type { SubgraphServer } from './subgraph-server.ts';

const sharedKey = 'a key that is long enough';

let shop: Shop;
let cached: Shop;
before(async () => {
  shop = await startShop({ cache: { enabled: false } });
  const invalidation = { listen: '127.0.0.1:0', shared_key: sharedKey };
  cached = await startShop({ beside: shop, cache: { invalidation } });
});
after(async () => {
  await cached.close();
  await shop.close();
});

const releases: (() => void)[] = [];
afterEach(() => {
  for (const release of releases.splice(0)) release();
});

interface Held {
  /** Resolves when the call is there. */
  readonly arrived: Promise<void>;
  readonly release: () => void;
}

/** The next call that a subgraph gets: worked out at once, but not answered until it is released. All others are answered. */
function held(server: SubgraphServer, stale: object): Held {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  releases.push(release);
  const arrived = new Promise<void>((resolve) => {
    server.trouble = async (response) => {
      server.trouble = undefined;
      resolve();
      await released;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(stale));
    };
  });
  return { arrived, release };
}

/** What is answered while the held call is still under way; when only that one can answer, what it says. */
async function meanwhile(answer: Promise<ShopAnswer>, { release }: Held): Promise<ShopAnswer['data']> {
  const given = new AbortController();
  const patience = sleep(5_000, undefined, { signal: given.signal }).then(release, () => undefined);
  const { data } = await answer;
  given.abort();
  await patience;
  release();
  return data;
}

const price = '{ product(id: "1") { price } }';
const setPrice = (to: number): string => `mutation { setPrice(id: "1", price: ${String(to)}) { price } }`;
const stalePrice = { data: { product: { price: -1 } } };

test('a query that comes after a mutation does not join an equal one that began before it', async () => {
  const before = held(shop.goods, stalePrice);
  const early = shop.ask(price);
  await before.arrived;
  await shop.ask(setPrice(31));
  assert.deepEqual(await meanwhile(shop.ask(price), before), { product: { price: 31 } });
  assert.deepEqual((await early).data, { product: { price: -1 } });
});

test('nor does it join a call of another query that began before it', async () => {
  const before = held(shop.goods, stalePrice);
  const early = shop.ask(price);
  await before.arrived;
  await shop.ask(setPrice(32));
  const other = '{ product(id: "1") { price } warehouse }';
  assert.deepEqual(await meanwhile(shop.ask(other), before), { product: { price: 32 }, warehouse: 'north' });
  await early;
});

test('what a mutation itself asks for afterwards does not join a call that began before it', async () => {
  const before = held(shop.stock, { data: { _entities: [{ inStock: -1 }] } });
  const early = shop.ask('{ product(id: "1") { inStock } }');
  await before.arrived;
  const changed = shop.ask('mutation { setPrice(id: "1", price: 33) { inStock } }');
  assert.deepEqual(await meanwhile(changed, before), { setPrice: { inStock: 0 } });
  assert.deepEqual((await early).data, { product: { inStock: -1 } });
});

test('a query that comes after an invalidation does not join an equal one that began before it', async () => {
  const line = cached.log.find((one) => one.includes('invalidations are taken')) ?? '{}';
  const { url } = JSON.parse(line) as { readonly url: string };
  const before = held(shop.goods, stalePrice);
  const early = cached.ask(price);
  await before.arrived;
  shop.data.prices.set('1', 35);
  const dropped = await fetch(url, {
    method: 'POST',
    headers: { authorization: sharedKey, 'content-type': 'application/json' },
    body: JSON.stringify([{ kind: 'subgraph', subgraph: 'goods' }]),
  });
  assert.equal(dropped.ok, true);
  assert.deepEqual(await meanwhile(cached.ask(price), before), { product: { price: 35 } });
  await early;
});
