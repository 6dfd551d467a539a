import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parseConfig } from '../../gateway/config/config.ts';
import { startGateway, type Gateway } from '../../gateway/gateway.ts';
import { until } from '../gateway/redis-groups.ts';
import { withoutRedis as skip } from '../gateway/redis-server.ts';
import { startEventfulShop, type EventfulShop } from './eventful-shop.ts';

let shop: EventfulShop;
const gateways: Gateway[] = [];

async function gatewayOn({ redis, supergraph, folder }: EventfulShop): Promise<Gateway> {
  const text = JSON.stringify({
    response_cache: {
      ...{ enabled: true, debug: true, storage: { redis: { urls: [redis.url], timeout: '1s' } } },
      // Without being told nobody would see a change within this test.
      subgraph: { all: { types: { Product: { ttl: '1h' } } } },
    },
  });
  const loaded = parseConfig({ file: 'gateway.yaml', text }, folder, {});
  assert.ok(loaded.ok);
  return startGateway({
    supergraph: { kind: 'file', path: supergraph },
    config: loaded.config,
    port: 0,
    log: { write: () => undefined },
  });
}

before(async () => {
  if (skip !== false) return;
  shop = await startEventfulShop();
  for (let count = 0; count < 2; count += 1) gateways.push(await gatewayOn(shop));
});
after(async () => {
  for (const gateway of gateways) await gateway.stop();
  if (skip === false) await shop.stop();
});

interface Answer {
  readonly data: {
    readonly product: {
      readonly price: { readonly amount: number };
      readonly availability: { readonly quantity: number };
    };
  };
  readonly extensions: { readonly cache: { readonly response?: { readonly outcome: string } } };
}

// Sold out in every warehouse of the sample.
const query = 'query { product(id: "p37") { price { amount } availability { quantity } } }';

async function ask({ url }: Gateway): Promise<Answer> {
  const headers = { 'content-type': 'application/json', 'apollo-cache-debugging': 'true' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return (await response.json()) as Answer;
}

/** Waits until every gateway answers from what it keeps, and none asks a subgraph. */
async function allKeepIt(): Promise<void> {
  for (const gateway of gateways)
    await until(async () => (await ask(gateway)).extensions.cache.response?.outcome === 'hit');
}

test(
  'a price that changes in the catalog is shown by every gateway that kept the old one',
  { skip },
  async () => {
    await allKeepIt();
    await shop.change('catalog', 'mutation { setPrice(productId: "p37", amount: 4242) { id } }');
    for (const gateway of gateways)
      await until(async () => (await ask(gateway)).data.product.price.amount === 4242);
  },
);

test('and so is stock that changes in the inventory', { skip }, async () => {
  for (const quantity of [1, 3]) {
    await shop.change(
      'inventory',
      `mutation { setStock(productId: "p37", warehouse: "BER", quantity: ${String(quantity)}) { onHand } }`,
    );
    for (const gateway of gateways)
      await until(async () => (await ask(gateway)).data.product.availability.quantity === quantity);
    await allKeepIt();
  }
});
