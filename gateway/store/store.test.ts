import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lookup, SharedStore } from '../model/store.ts';
import { breather } from './breather.ts';
import { redisStore, type RedisSettings } from './store.ts';

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

async function redis(
  t: TestContext,
  port: number,
  ...more: string[]
): Promise<{ url: string; child: ChildProcess }> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-redis-'));
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder, ...more];
  const child = spawn(server, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  });
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    if (String(chunk).includes('Ready to accept connections')) break;
  }
  child.stdout.resume();
  return { url: `redis://127.0.0.1:${String(port)}`, child };
}

function storeOn(t: TestContext, urls: readonly string[], more: Partial<RedisSettings> = {}) {
  const told: string[] = [];
  const store = redisStore(
    { urls, namespace: 'test', timeoutMs: 100, ttlMs: 60_000, maxTextBytes: 1_000, ...more },
    { onDown: () => told.push('down'), onUp: () => told.push('up') },
  );
  t.after(() => store.close());
  return { store, told };
}

/** Asks until the store can be asked, or no longer can. */
async function until(store: SharedStore, wanted: Lookup['kind'], key = 'some key'): Promise<Lookup> {
  const late = AbortSignal.timeout(10_000);
  for (;;) {
    const found = await store.read(key);
    if (found.kind === wanted) return found;
    await sleep(20, undefined, { signal: late });
  }
}

test('what one gateway writes another one reads, but for one in another namespace', { skip }, async (t) => {
  const { url } = await redis(t, await freePort());
  const [one, other, foreign] = [
    storeOn(t, [url]),
    storeOn(t, [url]),
    storeOn(t, [url], { namespace: 'foreign' }),
  ];
  for (const { store } of [one, other, foreign]) await until(store, 'miss');
  await one.store.write('key', 'täxt');
  assert.deepEqual(await other.store.read('key'), { kind: 'hit', text: 'täxt' });
  assert.deepEqual(await foreign.store.read('key'), { kind: 'miss' });
  assert.deepEqual(one.told, []);
});

test(
  'a text that is too long is not written, and not believed when another wrote it',
  { skip },
  async (t) => {
    const { url } = await redis(t, await freePort());
    const { store } = storeOn(t, [url]);
    const { store: roomier } = storeOn(t, [url], { maxTextBytes: 10_000 });
    await until(store, 'miss');
    await until(roomier, 'miss');
    await store.write('own', 'x'.repeat(1_001));
    assert.deepEqual(await store.read('own'), { kind: 'miss' });
    await roomier.write('foreign', 'x'.repeat(1_001));
    assert.equal((await roomier.read('foreign')).kind, 'hit');
    assert.deepEqual(await store.read('foreign'), { kind: 'miss' });
  },
);

test('texts end after their time', { skip }, async (t) => {
  const { url } = await redis(t, await freePort());
  const { store } = storeOn(t, [url], { ttlMs: 1 });
  await until(store, 'miss');
  await store.write('key', 'text');
  await until(store, 'miss', 'key');
});

test('a Redis that ends is told once, asked no more, and used again when it is back', { skip }, async (t) => {
  const port = await freePort();
  const { url, child } = await redis(t, port);
  const { store, told } = storeOn(t, [url]);
  await until(store, 'miss');
  child.kill('SIGKILL');
  await once(child, 'exit');
  await until(store, 'unavailable');
  await redis(t, port);
  await until(store, 'miss');
  assert.deepEqual(told, ['down', 'up']);
});

test('a Redis that stops answering costs one timeout, then nothing for a while', { skip }, async (t) => {
  const { url, child } = await redis(t, await freePort());
  const { store, told } = storeOn(t, [url]);
  await until(store, 'miss');
  child.kill('SIGSTOP');
  assert.deepEqual(await store.read('key'), { kind: 'unavailable' });
  assert.deepEqual(told, ['down']);
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => store.read('key')));
  assert.ok(answers.every(({ kind }) => kind === 'unavailable'));
  await store.write('key', 'text');
  child.kill('SIGCONT');
  await until(store, 'miss');
});

test('several addresses are the nodes of a cluster', { skip }, async (t) => {
  const port = await freePort();
  const busPort = await freePort();
  const node = await redis(
    t,
    port,
    '--cluster-enabled',
    'yes',
    '--cluster-announce-ip',
    '127.0.0.1',
    '--cluster-port',
    String(busPort),
  );
  const { store: alone } = storeOn(t, [node.url]);
  await until(alone, 'unavailable'); // it has no slots yet: it answers with an error, which is no reason to fail
  const slots = spawnSync('redis-cli', ['-p', String(port), 'cluster', 'addslotsrange', '0', '16383']);
  assert.equal(slots.status, 0);
  const { store } = storeOn(t, [node.url, `redis://127.0.0.1:${String(await freePort())}`]);
  await until(store, 'miss');
  await store.write('key', 'text');
  assert.deepEqual(await store.read('key'), { kind: 'hit', text: 'text' });
});

test('a server that takes connections and says nothing is never waited for', async (t) => {
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => void sockets.add(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
  const { port } = silent.address() as AddressInfo;
  const { store } = storeOn(t, [`redis://127.0.0.1:${String(port)}`]);
  for (let asked = 0; asked < 5; asked += 1)
    assert.deepEqual(await store.read('key'), { kind: 'unavailable' });
  await store.write('key', 'text');
});

test('an address where nothing listens is told, once, and fails nothing', async (t) => {
  const { store, told } = storeOn(t, [`redis://127.0.0.1:${String(await freePort())}`]);
  assert.deepEqual(await store.read('key'), { kind: 'unavailable' });
  const late = AbortSignal.timeout(10_000);
  while (told.length === 0) await sleep(20, undefined, { signal: late });
  await sleep(300); // several attempts to connect
  assert.deepEqual(told, ['down']);
});

test('a store rests after each failure, and is told of twice: when it fails and when it is back', () => {
  const told: string[] = [];
  let now = 0;
  const rest = breather(
    { pauseMs: 10, now: () => now },
    { onDown: (reason) => told.push(reason), onUp: () => told.push('up') },
  );
  assert.equal(rest.isResting(), false);
  rest.succeeded();
  rest.failed('slow');
  assert.equal(rest.isResting(), true);
  now = 10;
  assert.equal(rest.isResting(), false);
  rest.failed('slow again');
  now = 20;
  rest.succeeded();
  assert.deepEqual(told, ['slow', 'up']);
});
