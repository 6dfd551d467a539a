import { spawn, spawnSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { composeSupergraph } from '../../schema/compose/compose.ts';
import { compiled } from '../engine/compiled.ts';
import { cpuMs } from '../engine/process-cost.ts';
import { digits } from '../engine/results.ts';
import { entriesRow } from './entries.ts';
import { PageLoad } from './page-load.ts';
import { pageQuery, pageSubgraphs, type PageSubgraph } from './page-shop.ts';
import { markdown, type Alone, type Conditions, type Measured, type Sample } from './report.ts';
import { rows, type Row, type Setting } from './rows.ts';

/** Measures what keeping answers is worth, row by row in turns, and what a million entries take; see bench/README.md. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const usage = `Usage: node --expose-gc --import tsx bench/cache/run.ts [options]
  --rounds N     measured stretches of each row, in turns (3)
  --seconds N    length of one (3)
  --warm N       seconds of load before the first (4)
  --rows LIST    uncached,memory,million,redis,whole,stock,fixed (all)
  --entries N    of the memory table; 0 leaves it out (1000000)
  --build FOLDER the build of weir inside the checkout (dist)
  --node=OPTIONS options of Node for weir: --node="--cpu-prof --cpu-prof-dir=/tmp/profiles"
  --output NAME  written to bench/results/NAME.json and NAME.md (cache; "none" writes nothing)
`;

interface Subject extends Measured {
  readonly port: number;
  readonly child: ChildProcess;
  readonly samples: Sample[];
  alone: Alone | undefined;
}

interface Bench extends Conditions {
  readonly setting: Setting;
  readonly shop: ChildProcess;
  readonly redisPort: number;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function started(row: Row, bench: Bench): Promise<Subject> {
  const port = await freePort();
  const prefix = bench.pinned ? ['taskset', '-c', '1'] : [];
  const [command = '', ...args] = [...prefix, ...row.command(bench.setting, port)];
  const child = spawn(command, args, {
    cwd: bench.setting.folder,
    stdio: 'ignore',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const body = JSON.stringify({ query: pageQuery, variables: { number: 0 } });
  const headers = { 'content-type': 'application/json' };
  const until = Date.now() + 60_000;
  for (;;) {
    const asked = fetch(`http://127.0.0.1:${String(port)}${row.path}`, { method: 'POST', headers, body });
    const status = await asked.then(async (response) => {
      await response.arrayBuffer();
      return response.status;
    }, String);
    if (status === 200) return { row, port, child, samples: [], alone: undefined };
    if (child.exitCode !== null || Date.now() > until)
      throw new Error(`${row.name} does not start: ${String(status)}`);
    await sleep(100);
  }
}

async function loaded(subject: Subject, bench: Bench, warmMs: number, measureMs: number): Promise<Sample> {
  const { row, port, child } = subject;
  const load = new PageLoad(row.path, row.pages);
  await load.start(port, 50);
  await sleep(warmMs);
  load.take();
  await callsOf(bench);
  const [cpu, reads, began] = [cpuMs(child.pid ?? 0), redisReads(bench), performance.now()];
  await sleep(measureMs);
  const times = [...load.take()].sort((one, other) => one - other);
  const spent = cpuMs(child.pid ?? 0) - cpu;
  const wall = performance.now() - began;
  const asked = redisReads(bench) - reads;
  const calls = await callsOf(bench);
  load.stop();
  if (load.failure !== undefined) throw new Error(`${row.name} answered wrongly: ${load.failure}`);
  return {
    cpuMsPerRequest: spent / times.length,
    requestsPerSecond: (times.length * 1000) / wall,
    p99Ms: times[Math.floor(times.length * 0.99)] ?? 0,
    callsPerRequest: calls / times.length,
    readsPerRequest: asked / times.length,
  };
}

/** How long hits take that are asked for one after the other, milliseconds. */
async function alone({ row, port }: Subject, { seconds }: Bench): Promise<Alone> {
  const load = new PageLoad(row.path, row.pages);
  await load.start(port, 1);
  await sleep(1000);
  load.take();
  await sleep(3 * seconds * 1000);
  const times = [...load.take()].sort((one, other) => one - other);
  load.stop();
  if (load.failure !== undefined) throw new Error(`${row.name} answered wrongly: ${load.failure}`);
  const at = (part: number): number => times[Math.floor(times.length * part)] ?? 0;
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999) };
}

/** Loads until every page was asked for, a few many times, so that everything is kept and compiled. */
async function warmed({ row, port }: Subject, { warm }: Bench): Promise<void> {
  const load = new PageLoad(row.path, row.pages);
  await load.start(port, 50);
  const until = performance.now() + warm * 1000;
  const least = Math.max(2_000, 1.1 * row.pages);
  for (let asked = 0; asked < least || performance.now() < until; asked += load.take().length)
    await sleep(100);
  load.stop();
}

async function callsOf({ shop }: Bench): Promise<number> {
  shop.send({});
  const [{ calls }] = (await once(shop, 'message')) as [{ readonly calls: number }];
  return calls;
}

/** How often entries were read from Redis since it began. */
function redisReads({ redisPort }: Bench): number {
  const { stdout } = spawnSync('redis-cli', ['-p', String(redisPort), 'INFO', 'commandstats'], {
    encoding: 'utf8',
  });
  return Number(/^cmdstat_mget:calls=(\d+)/m.exec(stdout)?.[1] ?? 0);
}

async function measure(chosen: readonly Row[], bench: Bench): Promise<readonly Subject[]> {
  const subjects: Subject[] = [];
  try {
    for (const row of chosen) {
      const subject = await started(row, bench);
      subjects.push(subject);
      await warmed(subject, bench);
    }
    for (let round = 0; round < bench.rounds; round += 1)
      for (const subject of subjects) {
        const sample = await loaded(subject, bench, 300, bench.seconds * 1000);
        subject.samples.push(sample);
        process.stdout.write(
          `${subject.row.name.padEnd(10)} ${digits(sample.cpuMsPerRequest)} CPU ms  ${sample.requestsPerSecond.toFixed(0)}/s  p99 ${digits(sample.p99Ms)} ms  ${sample.callsPerRequest.toFixed(2)} calls  ${sample.readsPerRequest.toFixed(2)} reads\n`,
        );
      }
    for (const subject of subjects)
      if (subject.row.isAlone === true) subject.alone = await alone(subject, bench);
  } finally {
    for (const { child } of subjects) {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
  }
  return subjects;
}

async function startShop(
  pinned: boolean,
): Promise<{ readonly child: ChildProcess; readonly supergraph: string }> {
  const script = fileURLToPath(new URL('page-shop.ts', import.meta.url));
  const child = fork(script, ['page-shop'], { execArgv: ['--import', 'tsx'] });
  const [{ ports }] = (await once(child, 'message')) as [
    { readonly ports: Readonly<Record<PageSubgraph, number>> },
  ];
  if (pinned) pinTo(0, child.pid ?? 0);
  const names = Object.keys(pageSubgraphs) as PageSubgraph[];
  const made = composeSupergraph(
    names.map((name) => ({
      ...{ name, sdl: pageSubgraphs[name], routingUrl: `http://127.0.0.1:${String(ports[name])}/` },
      origin: { kind: 'inline', shown: name, lineOffset: 0, columnOffset: 0 },
    })),
  );
  if (made.ok) return { child, supergraph: made.sdl };
  throw new Error(made.problems.map(({ message }) => message).join('\n'));
}

async function startRedis(
  folder: string,
  pinned: boolean,
): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    if (String(chunk).includes('Ready to accept connections')) break;
  }
  child.stdout.resume();
  if (pinned) pinTo(0, child.pid ?? 0);
  return { child, port };
}

const canPin = (): boolean => spawnSync('taskset', ['-c', '1', 'true']).status === 0;
function pinTo(processor: number, pid: number): void {
  spawnSync('taskset', ['-a', '-c', '-p', String(processor), String(pid)]);
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    warm: { type: 'string', default: '4' },
    rows: { type: 'string', default: rows.map(({ name }) => name).join() },
    entries: { type: 'string', default: '1000000' },
    build: { type: 'string', default: 'dist' },
    node: { type: 'string', default: '' },
    output: { type: 'string', default: 'cache' },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (!existsSync(join(root, values.build, 'cli/main.js')))
    throw new Error('weir is not built: run  npm run build');
  const pinned = availableParallelism() > 1 && canPin();
  if (pinned) pinTo(0, process.pid);
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-'));
  const redis = await startRedis(folder, pinned);
  const shop = await startShop(pinned);
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, shop.supergraph);
  const bench: Bench = {
    ...{ rounds: Number(values.rounds), seconds: Number(values.seconds), warm: Number(values.warm) },
    setting: {
      ...{ folder, supergraph, build: values.build, compiled: compiled() },
      redis: `redis://127.0.0.1:${String(redis.port)}`,
      nodeOptions: values.node.split(' ').filter((one) => one !== ''),
    },
    ...{ shop: shop.child, redisPort: redis.port, pinned },
  };
  try {
    const chosen = rows.filter(({ name }) => values.rows.split(',').includes(name));
    const subjects = await measure(chosen, bench);
    const most = Number(values.entries);
    const memory = most === 0 ? [] : [entriesRow(1536, 1_000), entriesRow(1536, most), entriesRow(256, most)];
    const text = markdown(subjects, memory, bench);
    process.stdout.write(`\n${text}`);
    if (values.output === 'none') return;
    const results = join(root, 'bench/results');
    mkdirSync(results, { recursive: true });
    const samples = Object.fromEntries(subjects.map((one) => [one.row.name, one.samples]));
    writeFileSync(
      join(results, `${values.output}.json`),
      `${JSON.stringify({ samples, memory }, undefined, 1)}\n`,
    );
    writeFileSync(join(results, `${values.output}.md`), text);
  } finally {
    for (const child of [shop.child, redis.child]) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

if (values.help) process.stdout.write(usage);
else await main();
