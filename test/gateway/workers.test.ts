import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as tcpServer, type AddressInfo } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { composedSupergraph } from '../plan/composed-supergraph.ts';
import { readPage } from './metrics-text.ts';

/** `weir serve` as users run it, on several cores. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const fromSources = ['--import', import.meta.resolve('tsx'), join(root, 'cli/main.ts')];
const compiled = [join(root, 'cli/bin/weir.js')];
const sdl = composedSupergraph({ a: 'type Query { hello: String }' });

async function eventually(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    if (await isSo()) return;
    await sleep(30);
  }
  assert.fail(`not in 60 s: ${what}`);
}

interface Subgraph {
  readonly url: string;
  readonly server: Server;
  asked: number;
  /** While it is set, no answer goes out. */
  held: boolean;
}

async function subgraph(t: TestContext): Promise<Subgraph> {
  const server = createServer((request, response) => {
    made.asked += 1;
    request.resume();
    response.setHeader('content-type', 'application/json');
    const answer = (): void => {
      if (made.held) setTimeout(answer, 10);
      else response.end('{"data":{"hello":"world"}}');
    };
    answer();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close().closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const made: Subgraph = { server, url: `http://127.0.0.1:${String(port)}/`, asked: 0, held: false };
  return made;
}

interface Serving {
  readonly url: string;
  readonly primary: ChildProcess;
  readonly files: { readonly config: string; readonly supergraph: string };
  readonly log: () => readonly Record<string, unknown>[];
  readonly workers: () => readonly number[];
  readonly hello: () => Promise<unknown>;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function childrenOf(pid: number | undefined): readonly number[] {
  const path = `/proc/${String(pid)}/task/${String(pid)}/children`;
  return existsSync(path) ? readFileSync(path, 'utf8').split(' ').filter(Boolean).map(Number) : [];
}

function start(t: TestContext, config: string, how = compiled, more: readonly string[] = ['--port', '0']) {
  const folder = mkdtempSync(join(tmpdir(), 'weir-workers-'));
  const files = { config: join(folder, 'gateway.yaml'), supergraph: join(folder, 'supergraph.graphql') };
  writeFileSync(files.config, config);
  writeFileSync(files.supergraph, sdl);
  const args = ['serve', '--supergraph', files.supergraph, '--config', files.config, ...more];
  const primary = spawn(process.execPath, [...how, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told = { out: '', err: '' };
  primary.stdout.on('data', (chunk: Buffer) => (told.out += chunk.toString()));
  primary.stderr.on('data', (chunk: Buffer) => (told.err += chunk.toString()));
  t.after(async () => {
    if (primary.exitCode === null && primary.signalCode === null) {
      primary.kill('SIGKILL');
      await once(primary, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  });
  return { primary, told, files };
}

async function serving(t: TestContext, config: string, how = compiled): Promise<Serving> {
  const { primary, told, files } = start(t, config, how);
  await eventually('it serves', () => /^serving (\S+)\n/.test(told.out) || primary.exitCode !== null);
  assert.equal(primary.exitCode, null, told.err);
  const url = told.out.slice('serving '.length, -1);
  assert.equal(told.out, `serving ${url}\n`, 'one line, once');
  const lines = (): readonly Record<string, unknown>[] =>
    told.err
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const hello = async (): Promise<unknown> => {
    // A connection of its own, so that another worker may get it.
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const response = await fetch(url, { method: 'POST', headers, body: '{"query":"{ hello }"}' });
    return response.json();
  };
  return { url, primary, files, log: lines, workers: () => childrenOf(primary.pid), hello };
}

const world = { data: { hello: 'world' } };
const configOf = (url: string, more = ''): string =>
  `workers: 2\noverride_subgraph_url: { a: "${url}" }\n${more}`;
const skip = existsSync('/proc/self/task') ? false : 'processes are counted by /proc';

test(
  'several processes answer on one free port, write one log, and are gone after SIGTERM',
  { skip },
  async (t) => {
    const inner = await subgraph(t);
    const { primary, workers, hello, log } = await serving(t, configOf(inner.url));
    const pids = workers();
    assert.equal(pids.length, 2);
    for (let n = 0; n < 6; n += 1) assert.deepEqual(await hello(), world);
    const numbers = (msg: string): unknown[] =>
      [
        ...new Set(
          log()
            .filter((line) => line['msg'] === msg)
            .map(({ worker }) => worker),
        ),
      ].sort();
    await eventually('both told of their requests', () => numbers('request').length === 2);
    assert.deepEqual(numbers('supergraph taken over'), [1, 2]);
    assert.equal(new Set(log().flatMap(({ schema }) => schema ?? [])).size, 1, 'the same supergraph');

    inner.held = true;
    const before = inner.asked;
    const inFlight = hello();
    await eventually('the request is under way', () => inner.asked > before);
    primary.kill('SIGTERM');
    await sleep(100);
    inner.held = false;
    assert.deepEqual(await inFlight, world);
    const [code] = (await once(primary, 'exit')) as [number];
    assert.equal(code, 0);
    assert.deepEqual(pids.filter(isAlive), []);
  },
);

test(
  'numbers of all processes are told on one page, and those of one that died stay in it',
  { skip },
  async (t) => {
    const inner = await subgraph(t);
    const metrics = 'telemetry: { metrics: { prometheus: { enabled: true } } }';
    const { url, workers, hello } = await serving(t, configOf(inner.url, metrics));
    const page = async () => {
      const response = await fetch(new URL('/metrics', url), { headers: { connection: 'close' } });
      return readPage(await response.text());
    };
    const requests = 'http_server_request_duration_seconds_count';
    for (let n = 0; n < 6; n += 1) await hello();
    await eventually('both tell', async () => (await page()).sum('weir_workers') === 2);
    const before = await page();
    assert.equal(before.sum(requests), 6);
    assert.equal(before.sum('weir_supergraph_reloads_total', { result: 'taken' }), 2);
    assert.equal(before.sum('weir_build_info'), 1);
    const [victim = 0] = workers();
    process.kill(victim, 'SIGKILL');
    await eventually('it is gone', () => !isAlive(victim));
    assert.equal((await page()).sum(requests), 6);
    await eventually('there are two again', async () => (await page()).sum('weir_workers') === 2);
    await hello();
    await eventually('the new one counts on', async () => (await page()).sum(requests) === 7);
  },
);

test('a worker that dies is started again, while the other one answers', { skip }, async (t) => {
  const inner = await subgraph(t);
  const { workers, hello, log } = await serving(t, configOf(inner.url));
  const taken = (): number => log().filter(({ msg }) => msg === 'supergraph taken over').length;
  // Lines that were not written yet end with their process.
  await eventually('both have told so', () => taken() === 2);
  const [victim = 0, other] = workers();
  process.kill(victim, 'SIGKILL');
  await eventually('it is gone', () => !isAlive(victim));
  for (let n = 0; n < 4; n += 1) assert.deepEqual(await hello(), world);
  await eventually('there are two again', () => taken() === 3 && workers().length === 2);
  assert.ok(workers().includes(other ?? 0));
  for (let n = 0; n < 4; n += 1) assert.deepEqual(await hello(), world);
  const told = log().filter(({ level }) => level === 'error');
  assert.deepEqual(
    told.map(({ how }) => how),
    ['SIGKILL'],
  );
});

test(
  'run from the sources too, no worker outlives the process that started it, however that ends',
  { skip },
  async (t) => {
    const inner = await subgraph(t);
    const { primary, workers } = await serving(t, configOf(inner.url), fromSources);
    const pids = workers();
    primary.kill('SIGKILL');
    await eventually('all are gone', () => !pids.some(isAlive));
  },
);

test('new supergraphs and configurations reach every worker, bad ones are told once', { skip }, async (t) => {
  const inner = await subgraph(t);
  const { url, files, log } = await serving(t, configOf(inner.url));
  const count = (message: string): number => log().filter(({ msg }) => msg === message).length;
  const cors = configOf(inner.url, 'cors: { allow_any_origin: true }').replace('workers: 2', 'workers: 3');
  writeFileSync(files.config, cors);
  await eventually('both took it over', () => count('configuration taken over') === 2);
  assert.equal(count('these take effect after a restart'), 1);
  for (let n = 0; n < 4; n += 1) {
    const headers = { origin: 'https://app.example', connection: 'close' };
    const response = await fetch(`${url}?query=%7B__typename%7D`, { headers });
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
  }
  writeFileSync(files.config, 'cors: 3');
  const bad = 'the configuration is not valid; the last one stays';
  await eventually('it is told', () => count(bad) > 0);
  writeFileSync(files.supergraph, sdl.replace('hello: String', 'hello: String\n  bye: String'));
  await eventually('both took it over', () => count('supergraph taken over') === 4);
  assert.equal(
    new Set(
      log()
        .slice(-3)
        .flatMap(({ schema }) => schema ?? []),
    ).size,
    1,
  );
  assert.equal(count(bad), 1);
});

test('a port that is taken is told once, with exit code 3, and nothing is left', { skip }, async (t) => {
  const taken = tcpServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  t.after(() => {
    taken.close();
  });
  const { port } = taken.address() as AddressInfo;
  const { primary, told } = start(t, 'workers: 2', compiled, ['--port', String(port)]);
  const [code] = (await once(primary, 'exit')) as [number];
  assert.equal(code, 3);
  assert.equal(told.err.match(/port \d+ is taken/g)?.length, 1, told.err);
  assert.equal(told.out, '');
});

test('a supergraph that cannot be served ends them all with exit code 1', { skip }, async (t) => {
  const { primary, told, files } = start(t, 'workers: 2');
  writeFileSync(files.supergraph, 'type Query {');
  const [code] = (await once(primary, 'exit')) as [number];
  assert.equal(code, 1);
  assert.match(told.err, /supergraph\.graphql:1:13/);
});

test('auto runs one process for each core', { skip }, async (t) => {
  const inner = await subgraph(t);
  const auto = configOf(inner.url).replace('workers: 2', 'workers: auto');
  const { primary, workers, hello } = await serving(t, auto);
  const cores = availableParallelism();
  assert.equal(workers().length, cores === 1 ? 0 : cores);
  assert.deepEqual(await hello(), world);
  primary.kill('SIGTERM');
  const [code] = (await once(primary, 'exit')) as [number];
  assert.equal(code, 0);
});
