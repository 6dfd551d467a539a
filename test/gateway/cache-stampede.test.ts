import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { startShop } from './cached-shop.ts';
import { until } from './redis-groups.ts';
import { freePort, startRedis, withoutRedis as skip } from './redis-server.ts';
import { serve, type Served } from './served.ts';

const byId = 'query($id: ID!) { product(id: $id) { id name price inStock } }';
const processes = 4;

test('1,000 equal questions at once to four processes cost one call', { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-stampede-'));
  const redis = await startRedis(await freePort());
  // The subgraphs, the supergraph and a configuration; its own gateway is not asked.
  const shop = await startShop({ cache: { storage: { redis: { urls: [redis.url], timeout: '1s' } } } });
  for (const server of [shop.goods, shop.stock]) server.headers = { 'cache-control': 'public, max-age=600' };
  const config = join(folder, 'gateway.yaml');
  writeFileSync(config, shop.configuration);
  const gateways: Served[] = [];
  t.after(async () => {
    for (const gateway of gateways) gateway.signal('SIGTERM');
    await Promise.all(gateways.map(({ ended }) => ended));
    await shop.close();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const starts = Array.from({ length: processes }, () =>
    serve('--supergraph', shop.supergraph, '--config', config, '--port', '0'),
  );
  for (const start of starts) gateways.push(await start);
  const pools = gateways.map(({ url }) => new Pool(new URL(url).origin, { connections: 250 }));
  t.after(() => Promise.all(pools.map((pool) => pool.close())));
  const ask = async (at: number, query: string, variables = {}): Promise<string> => {
    const answer = await pools[at % processes]?.request({
      ...{ path: '/graphql', method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ query, variables }),
    });
    return (await answer?.body.text()) ?? '';
  };
  // Each connects to its Redis by itself; what one keeps the others must have.
  for (let at = 0; at < processes; at += 1)
    await until(async () => {
      await ask(at, '{ warehouse }');
      shop.calls();
      await ask(at, '{ warehouse }');
      return shop.calls() === 0;
    });
  let fewest = Infinity;
  // A process that is kept from the processor for a second may have missed a drop, and keeps nothing then.
  for (let attempt = 1; attempt <= 5 && fewest > 2; attempt += 1) {
    const id = String(attempt);
    shop.calls();
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, at) => ask(at, byId, { id })));
    const price = { id, name: `Product ${id}`, price: attempt, inStock: attempt - 1 };
    for (const text of answers) assert.deepEqual(JSON.parse(text), { data: { product: price } });
    fewest = Math.min(fewest, shop.calls());
    await sleep(100);
  }
  assert.equal(fewest, 2); // the product once, its stock once
});
