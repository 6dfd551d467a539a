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
import { readSettings } from './settings.ts';
import { callerWith, testCatalogue } from './test-catalogue.ts';

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
  const folder = mkdtempSync(join(tmpdir(), 'weir-catalog-redis-'));
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

const setPrice = 'mutation($id: ID!) { setPrice(productId: $id, amount: 1999) { id } }';
const admin = callerWith('catalog:write');

test('gateways are told of every change of a price, and of nothing else', { skip }, async (t) => {
  const redis = await startRedis(t);
  const shop = await testCatalogue();
  const changes = changesTo(settingsWith({ REDIS_URL: redis.url }), () => undefined);
  shop.changes = changes;
  t.after(async () => {
    changes.close();
    await shop.close();
  });
  // It connects by itself; until then nothing can be told.
  const late = AbortSignal.timeout(10_000);
  while ((await redis.events()).length === 0) {
    assert.deepEqual((await shop.ask(setPrice, { id: 'p1' }, admin)).errors, []);
    await sleep(10, undefined, { signal: late });
  }
  const before = (await redis.events()).length;
  await shop.ask(setPrice, { id: 'p2' }, admin);
  await shop.ask(setPrice, { id: 'no-such-product' }, admin);
  await shop.ask(setPrice, { id: 'p3' });
  await shop.ask('{ product(id: "p1") { name } }');
  const changed = { kind: 'entity', subgraph: 'catalog', type: 'Product', key: { id: 'p2' } };
  assert.deepEqual((await redis.events()).slice(before), [[changed]]);
});

test('without a Redis, and with one that is away, prices change all the same', async (t) => {
  const shop = await testCatalogue();
  const told: string[] = [];
  const redisUrl = `redis://127.0.0.1:${String(await freePort())}`;
  const changes = changesTo(settingsWith({ REDIS_URL: redisUrl }), (_, msg) => void told.push(msg));
  t.after(async () => {
    changes.close();
    await shop.close();
  });
  const set = async () => (await shop.ask(setPrice, { id: 'p1' }, admin)).errors;
  assert.deepEqual(await set(), []);
  shop.changes = changes;
  assert.deepEqual(await set(), []);
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
  const changed = { kind: 'entity', subgraph: 'catalog', type: 'Product', key: { id: 'p1' } };
  assert.deepEqual((await redis.events(stream))[0], [changed]);
  assert.deepEqual(await redis.events(), []);
});
