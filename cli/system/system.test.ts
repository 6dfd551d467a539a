import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressLines } from './addresses.ts';
import { logLine } from './lines.ts';
import { sampleServices, type Service } from './service.ts';
import { waitAfter } from './supervised.ts';
import { busyPorts, startSystem, untilReady, type System, type SystemEvent } from './system.ts';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-system-'));
  writeFileSync(
    join(folder, 'server.mjs'),
    `import { createServer } from 'node:http';
     import { spawn } from 'node:child_process';
     const grandchild = process.env.WITH_CHILD ? spawn('sleep', ['60']).pid : 0;
     console.log(JSON.stringify({ level: 'info', msg: 'pids', own: process.pid, grandchild }));
     if (process.env.STUBBORN) process.on('SIGTERM', () => undefined);
     createServer((request, response) => {
       if (request.url === '/die') process.exit(7);
       response.end('ok');
     }).listen(Number(process.env.PORT), '127.0.0.1');`,
  );
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function service(name: string, more: Partial<Service> = {}): Promise<Service> {
  const port = await freePort();
  const env = { ...process.env, ...more.env, PORT: String(port) };
  const healthUrl = `http://127.0.0.1:${String(port)}/health`;
  const base = { name, command: process.execPath, args: [join(folder, 'server.mjs')], cwd: folder, stage: 0 };
  return { ...base, host: '127.0.0.1', port, healthUrl, ...more, env };
}

interface Run {
  readonly system: System;
  readonly events: readonly SystemEvent[];
  readonly seen: (found: (event: SystemEvent) => boolean) => Promise<void>;
}

async function run(t: TestContext, services: readonly Service[], stageMs = 20_000): Promise<Run> {
  const events: SystemEvent[] = [];
  const end = new AbortController();
  const system = await startSystem({
    services,
    stageMs,
    signal: end.signal,
    onEvent: (event) => events.push(event),
  });
  t.after(async () => {
    end.abort();
    await system.stop();
  });
  const seen = async (found: (event: SystemEvent) => boolean): Promise<void> => {
    const late = AbortSignal.timeout(20_000);
    while (!events.some(found)) await sleep(20, undefined, { signal: late });
  };
  return { system, events, seen };
}

function pids(events: readonly SystemEvent[]): readonly number[] {
  return events.flatMap((event) => {
    if (event.kind !== 'line' || !event.line.startsWith('{')) return [];
    const { own, grandchild } = JSON.parse(event.line) as {
      readonly own: number;
      readonly grandchild: number;
    };
    return [own, grandchild].filter((pid) => pid > 0);
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function gone(all: readonly number[]): Promise<void> {
  const late = AbortSignal.timeout(5_000);
  while (all.some(isAlive)) await sleep(50, undefined, { signal: late });
}

test('servers start, are told ready, and are all gone after the stop, with what they started', async (t) => {
  const services = [await service('one', { env: { WITH_CHILD: '1' } }), await service('two', { stage: 1 })];
  const { system, events } = await run(t, services);
  assert.deepEqual(system.waiting, []);
  const order = events.flatMap((event) =>
    event.kind === 'started' || event.kind === 'ready' ? [event.kind] : [],
  );
  assert.deepEqual(order, ['started', 'ready', 'started', 'ready'], 'a stage waits for the one before');
  const all = pids(events);
  assert.equal(all.length, 3);
  await system.stop();
  await gone(all);
});

test('a server that ignores the request to end is ended all the same', async (t) => {
  const { system, events } = await run(t, [await service('stubborn', { env: { STUBBORN: '1' } })]);
  await system.stop();
  await gone(pids(events));
});

test('a server that cannot start keeps none of the others from serving', async (t) => {
  const broken = await service('broken', { args: [join(folder, 'missing.mjs')] });
  const fine = await service('fine', { stage: 1 });
  const { system, events } = await run(t, [broken, fine], 3_000);
  assert.deepEqual(system.waiting, ['broken']);
  assert.ok(events.some((event) => event.kind === 'ended' && event.service === 'broken'));
  assert.ok(await untilReady(fine, AbortSignal.timeout(5_000), 20));
});

test('a server that dies is started again, and told ready again', async (t) => {
  const one = await service('one');
  const { events, seen } = await run(t, [one]);
  await fetch(one.healthUrl.replace('health', 'die')).catch(() => undefined);
  await seen((event) => event.kind === 'ended' && event.how === 'exit code 7');
  await seen(() => events.filter(({ kind }) => kind === 'ready').length === 2);
  assert.ok(await untilReady(one, AbortSignal.timeout(10_000), 20));
});

test('a restart that was asked for is not told as a death', async (t) => {
  const one = await service('one');
  const { system, events, seen } = await run(t, [one]);
  await system.restart('one');
  await seen(() => pids(events).length === 2);
  assert.ok(!events.some(({ kind }) => kind === 'ended'));
});

test('servers do not outlive the process that started them, however it ends', async (t) => {
  const services = [await service('one'), await service('stubborn', { env: { STUBBORN: '1' } })];
  const script = join(folder, 'parent.mjs');
  const door = new URL('system.ts', import.meta.url).href;
  writeFileSync(
    script,
    `import { startSystem } from ${JSON.stringify(door)};
     await startSystem({ services: ${JSON.stringify(services)}, stageMs: 20000, signal: new AbortController().signal,
       onEvent: (event) => { if (event.kind === 'line') console.log(event.line); } });
     console.log('running');`,
  );
  const parent = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => parent.kill('SIGKILL'));
  const children: number[] = [];
  for await (const line of createInterface(parent.stdout)) {
    if (line === 'running') break;
    children.push((JSON.parse(line) as { readonly own: number }).own);
  }
  assert.equal(children.length, 2);
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  await gone(children);
});

test('a port that is taken is told with the process that holds it', async (t) => {
  const one = await service('one');
  await run(t, [one]);
  const [busy] = await busyPorts([one]);
  assert.equal(busy?.port, one.port);
  if (process.platform === 'linux') assert.match(busy.holder ?? '', /\(process \d+\)$/);
});

test('waits between starts double up to the longest', () => {
  const waits = [1, 2, 3, 4, 99].map((failures) =>
    waitAfter(failures, { firstWaitMs: 500, longestWaitMs: 3_000 }),
  );
  assert.deepEqual(waits, [500, 1_000, 2_000, 3_000, 3_000]);
});

test('the sample system has its eight servers on their ports, and each knows the others', () => {
  const services = sampleServices({
    root: '/shop',
    portBase: 5000,
    env: { HOME: '/h' },
    self: ['node', 'main.js'],
  });
  assert.deepEqual(
    services.map(({ name, port, stage }) => [name, port, stage]),
    [
      ['accounts', 5101, 0],
      ['catalog', 5102, 0],
      ['inventory', 5103, 0],
      ['orders', 5104, 0],
      ['reviews', 5105, 0],
      ['gateway', 5000, 1],
      ['bff-web', 5001, 2],
      ['bff-mobile', 5002, 2],
    ],
  );
  const orders = services.find(({ name }) => name === 'orders');
  assert.equal(orders?.env['CATALOG_URL'], 'http://127.0.0.1:5102/graphql');
  assert.equal(orders.env['JWKS_URL'], 'http://127.0.0.1:5101/.well-known/jwks.json');
  assert.equal(orders.env['DATA_DIR'], '/shop/.weir/data/orders');
  assert.equal(orders.env['HOME'], '/h');
  const web = services.find(({ name }) => name === 'bff-web');
  assert.equal(web?.env['GATEWAY_URL'], 'http://127.0.0.1:5000/graphql');
  assert.match(addressLines(5000), /sandbox +http:\/\/127\.0\.0\.1:5000\/sandbox\n/);
});

for (const [line, level, text] of [
  ['{"level":"warn","name":"x","time":"t","msg":"slow","ms":12}', 'warn', 'slow ms=12'],
  ['{"level":50,"msg":"broken"}', 'error', 'broken'],
  [
    '{"msg":"no keys","err":{"message":"no answer in 9 ms","stack":"at x"}}',
    'info',
    'no keys err=no answer in 9 ms',
  ],
  ['plain words', 'info', 'plain words'],
  ['{not json', 'info', '{not json'],
] as const) {
  test(`the log line ${line} is read`, () => {
    assert.deepEqual(logLine(line), { level, text });
  });
}
