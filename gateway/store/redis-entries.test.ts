import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { EntryStore } from '../model/cache-store.ts';
import { redisAddress } from '../model/redis-address.ts';
import { redisEntries } from './store.ts';

const server = spawnSync('which', ['redis-server'], { encoding: 'utf8' }).stdout.trim();
const skip = server === '' ? 'no redis-server on this machine' : false;

let url: string;
let redis: Redis;
let one: EntryStore;
let other: EntryStore;
let stop: () => Promise<void>;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

const storeOn = (): EntryStore =>
  redisEntries(
    { urls: [url], namespace: 'test', timeoutMs: 1_000, packOverBytes: 1_000, maxTextBytes: 100_000 },
    { onDown: () => undefined, onUp: () => undefined },
  );

before(async () => {
  if (skip !== false) return;
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'weir-entries-'));
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  const child = spawn(server, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    if (String(chunk).includes('Ready to accept connections')) break;
  }
  child.stdout.resume();
  url = `redis://127.0.0.1:${String(port)}`;
  redis = new Redis(url);
  [one, other] = [storeOn(), storeOn()];
  stop = async () => {
    redis.disconnect();
    await Promise.all([one.close(), other.close()]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  };
  const late = AbortSignal.timeout(10_000);
  for (const store of [one, other])
    while ((await store.readMany('group', ['none'])) === undefined)
      await sleep(10, undefined, { signal: late });
});
after(async () => {
  if (skip === false) await stop();
});

const entry = (name: string, text: string) => ({ name, text, ttlMs: 60_000 });
const commands = async (name: string): Promise<number> => {
  const stats = await redis.info('commandstats');
  return Number(new RegExp(`^cmdstat_${name}:calls=(\\d+)`, 'm').exec(stats)?.[1] ?? 0);
};

test('a group is read by one question, however many are asked for', { skip }, async () => {
  const names = Array.from({ length: 100 }, (_, at) => `many ${String(at)}`);
  await one.writeMany(
    'group',
    names.slice(0, 50).map((name) => entry(name, `text of ${name}`)),
  );
  const before = await commands('mget');
  const found = await other.readMany('group', names);
  assert.equal((await commands('mget')) - before, 1);
  assert.deepEqual(
    found,
    names.map((name, at) => (at < 50 ? `text of ${name}` : undefined)),
  );
  assert.deepEqual(await other.readMany('another group', names.slice(0, 1)), [undefined]);
});

test('long texts are packed, and read as they were', { skip }, async () => {
  const text = 'All is well. Ünicode, too. '.repeat(1_000);
  const before = new Set(await redis.keys('*'));
  await one.writeMany('group', [entry('long', text)]);
  const [key = ''] = (await redis.keys('*')).filter((name) => !before.has(name));
  assert.ok((await redis.strlen(key)) < text.length / 10);
  assert.deepEqual(await other.readMany('group', ['long']), [text]);
});

test('texts that are too long are neither written nor unpacked', { skip }, async () => {
  await one.writeMany('group', [entry('too long', 'x'.repeat(100_001)), entry('beside it', 'y')]);
  assert.deepEqual(await one.readMany('group', ['too long', 'beside it']), [undefined, 'y']);
  const roomier = redisEntries(
    { urls: [url], namespace: 'test', timeoutMs: 1_000, packOverBytes: 1_000, maxTextBytes: 100_000_000 },
    { onDown: () => undefined, onUp: () => undefined },
  );
  const late = AbortSignal.timeout(10_000);
  while ((await roomier.readMany('group', ['none'])) === undefined)
    await sleep(10, undefined, { signal: late });
  await roomier.writeMany('group', [entry('bomb', 'x'.repeat(20_000_000))]);
  assert.deepEqual(await one.readMany('group', ['bomb']), ['']); // something that is no entry
  await roomier.close();
});

test('a lock is one gateway\u2019s until it gives it back, and nobody else can', { skip }, async () => {
  assert.equal(await one.lock('group', 'lock', 60_000), 'ours');
  assert.equal(await other.lock('group', 'lock', 60_000), 'held');
  await other.unlock('group', 'lock', 'free');
  assert.equal(await other.lock('group', 'lock', 60_000), 'held');
  await one.unlock('group', 'lock', 'free');
  assert.equal(await other.lock('group', 'lock', 1), 'ours');
  const late = AbortSignal.timeout(10_000);
  while ((await one.lock('group', 'lock', 60_000)) !== 'ours') await sleep(5, undefined, { signal: late });
});

test('a lock lasts for as long as its owner says, and nobody else can say so', { skip }, async () => {
  assert.equal(await one.lock('group', 'lasting', 200), 'ours');
  await one.extend('group', 'lasting', 60_000);
  await other.extend('group', 'lasting', 1);
  await sleep(300);
  assert.equal(await other.lock('group', 'lasting', 60_000), 'held');
  await one.extend('group', 'nobody\u2019s', 60_000);
  assert.equal(await other.lock('group', 'nobody\u2019s', 60_000), 'ours');
});

test('who gives a lock back may say that there was nothing to keep, for a moment', { skip }, async () => {
  assert.equal(await one.lock('group', 'vain', 60_000), 'ours');
  await other.unlock('group', 'vain', 'unkept');
  assert.equal(await other.lock('group', 'vain', 60_000), 'held');
  await one.unlock('group', 'vain', 'unkept');
  for (const store of [one, other]) assert.equal(await store.lock('group', 'vain', 60_000), 'unkept');
  const late = AbortSignal.timeout(10_000);
  while ((await other.lock('group', 'vain', 60_000)) !== 'ours') await sleep(20, undefined, { signal: late });
});

const access = { username: undefined, password: undefined, tls: false };
const addresses: readonly (readonly [urls: readonly string[], expected: object])[] = [
  [['redis://127.0.0.1:7000/3'], { kind: 'single', url: 'redis://127.0.0.1:7000/3' }],
  [
    ['redis://u:p%40@a:1', 'redis://b'],
    {
      kind: 'cluster',
      nodes: ['redis://a:1', 'redis://b:6379'],
      access: { ...access, username: 'u', password: 'p@' },
    },
  ],
  [
    ['rediss-cluster://a:1?node=b:2&node=c'],
    {
      kind: 'cluster',
      nodes: ['rediss://a:1', 'rediss://b:2', 'rediss://c:6379'],
      access: { ...access, tls: true },
    },
  ],
  [
    [
      'redis-sentinel://:p@a/2?sentinelServiceName=shop&node=b:2&sentinelPassword=s',
      'redis-sentinel://[::1]:3',
    ],
    {
      kind: 'sentinel',
      sentinels: [
        { host: 'a', port: 26_379 },
        { host: 'b', port: 2 },
        { host: '::1', port: 3 },
      ],
      ...{ name: 'shop', database: 2, access: { ...access, password: 'p' } },
      sentinelAccess: { username: undefined, password: 's' },
    },
  ],
];
for (const [urls, expected] of addresses) {
  test(`${urls.join(' ')} is a ${(expected as { readonly kind: string }).kind}`, () => {
    assert.deepEqual(redisAddress(urls), { ok: true, address: expected });
  });
}

for (const [urls, problem] of [
  [[], /at least one/],
  [['nonsense'], /such as redis:/],
  [['http://a'], /such as redis:/],
  [['redis://a', 'rediss://b'], /begin alike/],
  [['redis-sentinel://a'], /sentinelServiceName=mymaster/],
  [['redis-sentinel://a/x?sentinelServiceName=s'], /must be a number/],
] as const) {
  test(`${urls.join(' ') || 'no address'} is refused, with what is expected`, () => {
    const read = redisAddress(urls);
    assert.match(read.ok ? '' : read.problem, problem);
  });
}
