import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openRedis } from './redis.ts';
import { readSettings } from './settings.ts';

const server = spawnSync('which', ['redis-server'], { encoding: 'utf8' }).stdout.trim();
const skip = server === '' ? 'no redis-server on this machine' : false;

async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return String(port);
}

/** Runs until the test is over; the folder is its own. */
async function run(t: TestContext, port: string, ...args: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-redis-'));
  const file = join(folder, 'redis.conf');
  writeFileSync(file, `port ${port}\nbind 127.0.0.1\ndir ${folder}\n`);
  const child = spawn(server, [file, ...args], { stdio: 'ignore' });
  t.after(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });
  await until(() => command(port, 'PING').includes('PONG'));
  return port;
}

function command(port: string, ...words: readonly string[]): string {
  const said = spawnSync('redis-cli', ['-p', port, ...words], { encoding: 'utf8' });
  return said.stdout;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const late = AbortSignal.timeout(20_000);
  while (!(await holds())) await sleep(50, undefined, { signal: late });
}

/** Writes through an address until it is told that it was written. */
async function written(t: TestContext, address: string): Promise<void> {
  const redis = openRedis(address, 1_000);
  t.after(() => redis.disconnect());
  redis.on('error', () => undefined);
  await until(() =>
    redis.xadd('changes', '*', 'field', 'text').then(
      () => true,
      () => false,
    ),
  );
}

test('a server is written to by user, password and number of database', { skip }, async (t) => {
  const port = await run(t, await freePort(), '--save', '');
  execFileSync('redis-cli', ['-p', port, 'ACL', 'SETUSER', 'shop', 'on', '>50%/day', '~*', '+@all']);
  await written(t, `redis://shop:50%25%2Fday@127.0.0.1:${port}/3`);
  assert.equal(command(port, '-n', '3', 'XLEN', 'changes').trim(), '1');
});

test('a cluster is written to through any of its nodes', { skip }, async (t) => {
  const bus = ['--cluster-port', await freePort(), '--cluster-announce-ip', '127.0.0.1'];
  const port = await run(t, await freePort(), '--save', '', '--cluster-enabled', 'yes', ...bus);
  command(port, 'CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
  for (const scheme of ['redis', 'redis-cluster'])
    await written(t, `${scheme}://127.0.0.1:1?node=127.0.0.1:${port}`);
  assert.equal(command(port, 'XLEN', 'changes').trim(), '2');
});

test('behind sentinels the server is written to that they know', { skip }, async (t) => {
  const port = await run(t, await freePort(), '--save', '');
  const sentinel = await run(
    t,
    await freePort(),
    '--sentinel',
    '--sentinel monitor shop 127.0.0.1',
    port,
    '1',
  );
  await written(t, `redis-sentinel://127.0.0.1:${sentinel}?sentinelServiceName=shop`);
  assert.equal(command(port, 'XLEN', 'changes').trim(), '1');
});

for (const [address, problem] of [
  ['http://secret@h', 'begins with redis://'],
  ['redis://u:secret%@h', 'write % in user or password as %25'],
  ['redis-cluster://u:secret%zz@h', 'write % in user or password as %25'],
  ['redis://h/secret', 'must be like redis://'],
  ['redis://', 'must be like redis://'],
  ['redis-cluster://h?node=secret:x', 'must have hosts and ports in its nodes'],
  ['redis-cluster://h?node=', 'must have hosts and ports in its nodes'],
  ['redis-cluster://secret@h/3', 'clusters have no numbered ones'],
  ['redis://secret@h/3?node=b', 'clusters have no numbered ones'],
  ['redis-sentinel://secret@h', 'needs the name of what the sentinels watch'],
] as const) {
  test(`REDIS_URL ${address} is refused at the start, and not repeated`, () => {
    const parsed = readSettings({ REDIS_URL: address });
    const said = parsed.ok ? '' : parsed.problems.join();
    assert.ok(said.startsWith('REDIS_URL ') && said.includes(problem), said);
    assert.doesNotMatch(said, /secret/);
  });
}
