import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { changesTo } from './changes.ts';
import { sweep } from './reservations.ts';
import { readSettings } from './settings.ts';
import { admin, orders, testInventory } from './test-inventory.ts';

const server = spawnSync('which', ['redis-server'], { encoding: 'utf8' }).stdout.trim();
const skip = server === '' ? 'no redis-server on this machine' : false;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** As the environment says. */
function settingsWith(environment: Readonly<Record<string, string>>) {
  const parsed = readSettings(environment);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.problems.join('\n'));
  return parsed.settings;
}

/** A Redis of its own, and the events in its stream, oldest first. */
async function startRedis(t: TestContext) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'weir-inventory-redis-'));
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  const child = spawn(server, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    if (String(chunk).includes('Ready to accept connections')) break;
  }
  child.stdout.resume();
  const reading = new Redis(port, '127.0.0.1');
  t.after(async () => {
    reading.disconnect();
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    url: `redis://127.0.0.1:${String(port)}`,
    events: async (stream = 'weir:invalidations') => {
      const entries = await reading.xrange(stream, '-', '+');
      return entries.map(([, [field, text = '']]) => {
        assert.equal(field, 'invalidate');
        return JSON.parse(text) as readonly unknown[];
      });
    },
  };
}

const product = (id: string) => ({ kind: 'entity', subgraph: 'inventory', type: 'Product', key: { id } });

test('gateways are told of every change of stock, and of nothing else', { skip }, async (t) => {
  const redis = await startRedis(t);
  const inventory = await testInventory();
  const told: string[] = [];
  const changes = changesTo(settingsWith({ REDIS_URL: redis.url }), (_, msg) => void told.push(msg));
  inventory.changes = changes;
  t.after(async () => {
    changes.close();
    await inventory.close();
  });
  const set = () =>
    inventory.ask(
      'mutation { setStock(productId: "p1", warehouse: "BER", quantity: 50) { onHand } }',
      {},
      admin,
    );
  // It connects by itself; until then nothing can be told.
  const late = AbortSignal.timeout(10_000);
  while ((await redis.events()).length === 0) {
    assert.deepEqual((await set()).errors, []);
    await sleep(10, undefined, { signal: late });
  }
  const before = (await redis.events()).length;
  const reserve = (orderId: string) =>
    inventory.ask(
      'mutation($id: ID!) { reserveStock(input: { orderId: $id, lines: [{ productId: "p1", quantity: 1 }, { productId: "p2", quantity: 1 }] }) { reserved } }',
      { id: orderId },
      orders,
    );
  const end = (how: string, orderId: string) =>
    inventory.ask(`mutation($id: ID!) { ${how}(orderId: $id) }`, { id: orderId }, orders);
  assert.deepEqual((await reserve('o1')).data, { reserveStock: { reserved: true } });
  assert.deepEqual((await end('confirmStock', 'o1')).data, { confirmStock: true });
  assert.deepEqual((await end('releaseStock', 'o1')).data, { releaseStock: true });
  assert.deepEqual((await end('releaseStock', 'o1')).data, { releaseStock: false });
  await inventory.ask('{ warehouses { code } }');
  const both = [product('p1'), product('p2')];
  assert.deepEqual((await redis.events()).slice(before), [both, both, both]);
  assert.deepEqual((await redis.events())[0], [product('p1')]);
  assert.deepEqual(
    told.filter((msg) => msg !== 'a change was not told to gateways'),
    [],
  );
});

test('stock that was held too long and is given back is told by its products', { skip }, async (t) => {
  const inventory = await testInventory();
  t.after(() => inventory.close());
  await inventory.ask(
    'mutation { reserveStock(input: { orderId: "o2", lines: [{ productId: "p1", quantity: 1 }] }) { reserved } }',
    {},
    orders,
  );
  const swept = await sweep(inventory.db, Date.now() + 3_600_000);
  assert.deepEqual(swept, { orders: 1, products: [{ id: 'p1' }] });
});

test('without a Redis, and with one that is away, stock changes all the same', async (t) => {
  const inventory = await testInventory();
  const told: string[] = [];
  const redisUrl = `redis://127.0.0.1:${String(await freePort())}`;
  const changes = changesTo(settingsWith({ REDIS_URL: redisUrl }), (_, msg) => void told.push(msg));
  t.after(async () => {
    changes.close();
    await inventory.close();
  });
  const set = async () => {
    const mutation = 'mutation { setStock(productId: "p1", warehouse: "BER", quantity: 60) { onHand } }';
    return (await inventory.ask(mutation, {}, admin)).data;
  };
  assert.deepEqual(await set(), { setStock: { onHand: 60 } });
  inventory.changes = changes;
  assert.deepEqual(await set(), { setStock: { onHand: 60 } });
  assert.ok(told.includes('a change was not told to gateways'));
});

test('the stream is the one that gateways of another namespace follow', { skip }, async (t) => {
  const redis = await startRedis(t);
  const stream = 'shop-2:invalidations';
  const settings = settingsWith({ REDIS_URL: redis.url, INVALIDATION_STREAM: stream });
  const changes = changesTo(settings, () => undefined);
  t.after(() => changes.close());
  const late = AbortSignal.timeout(10_000);
  while ((await redis.events(stream)).length === 0) {
    await changes.tell('Product', [{ id: 'p1' }]);
    await sleep(10, undefined, { signal: late });
  }
  const changed = { kind: 'entity', subgraph: 'inventory', type: 'Product', key: { id: 'p1' } };
  assert.deepEqual((await redis.events(stream))[0], [changed]);
  assert.deepEqual(await redis.events(), []);
});
