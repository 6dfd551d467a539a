import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { givenNumbers } from '../given-numbers.ts';
import { holderOf, isFree } from '../../cli/system/ports.ts';
import { ClosedLoop } from '../engine/closed-loop.ts';
import { median } from '../engine/measure.ts';
import { cpuMs } from '../engine/process-cost.ts';
import { digits } from '../engine/results.ts';
import { pageQueries, productQuery } from '../pages/queries.ts';
import { startSampleSystem } from '../pages/sample-system.ts';
import { nodeOptions } from '../../gateway/model/node-options.ts';

/** What rates, costs and budgets add to a product page that the gateway knows: CPU with and without; see bench/README.md. */

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Everything on, and nothing so tight that it refuses. Answers stay the same, so that each can be compared. */
const everything = `
demand_control:
  enabled: true
  mode: enforce
  strategy: { static_estimated: { list_size: 10, max: 1000000 } }
  extensions: on_request
rate_limit:
  principal: { requests: 1000000000, per: 1s }
  anonymous: { requests: 1000000000, per: 1s }
  cost: { capacity: 1000000000, refill_per_second: 1000000000 }
  concurrency: 1000000
`;

interface Gateway {
  readonly name: 'without' | 'with';
  readonly port: number;
  readonly child: ChildProcess;
  readonly cpuMsPerRequest: number[];
}

interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmSeconds: number;
  readonly connections: number;
  readonly scale: number;
}

async function main(options: Options): Promise<void> {
  if (!existsSync(join(root, 'dist/cli/main.js'))) throw new Error('weir is not built: run  npm run build');
  const key = randomBytes(32).toString('base64url');
  // The gateways beside the system sign as its own does.
  process.env['WEIR_HMAC_KEY'] = key;
  process.env['WEIR_HMAC_KEYS'] = `gateway:${key}`;
  const folder = mkdtempSync(join(tmpdir(), 'weir-admission-'));
  const system = await startSampleSystem(options.scale);
  const gateways: Gateway[] = [];
  try {
    for (const [name, more] of [
      ['without', ''],
      ['with', everything],
    ] as const)
      gateways.push(await startGateway({ name, more, folder, base: system.port('gateway') }));
    await measure(gateways, options);
    write(gateways, options);
  } finally {
    for (const { child } of gateways) await ended(child);
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Start {
  readonly name: Gateway['name'];
  readonly more: string;
  readonly folder: string;
  /** The first port of the sample system. */
  readonly base: number;
}

/** One more gateway on the system's subgraphs, with its configuration and more. */
async function startGateway({ name, more, folder, base }: Start): Promise<Gateway> {
  const own = readFileSync(join(root, 'gateway.yaml'), 'utf8');
  const config = join(folder, `${name}.yaml`);
  writeFileSync(config, own.replace('trusted-documents.json', join(root, 'trusted-documents.json')) + more);
  const port = await freePort(base + 200);
  const subgraphs = ['ACCOUNTS', 'CATALOG', 'INVENTORY', 'ORDERS', 'REVIEWS'];
  const urls = subgraphs.map((subgraph, n) => [
    `${subgraph}_URL`,
    `http://127.0.0.1:${String(base + 101 + n)}/graphql`,
  ]);
  const child = spawn(
    process.execPath,
    [
      ...[...nodeOptions, join(root, 'cli/bin/weir.js'), 'serve', '--port', String(port)],
      ...['--config-supergraph', join(root, 'supergraph.yaml'), '--config', config],
    ],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'ignore'],
      env: {
        ...process.env,
        ...(Object.fromEntries(urls) as Readonly<Record<string, string>>),
        JWKS_URL: `http://127.0.0.1:${String(base + 101)}/.well-known/jwks.json`,
        NODE_ENV: 'production',
      },
    },
  );
  const until = Date.now() + 60_000;
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${String(port)}/health/ready`).catch(() => undefined);
    if (ready?.ok === true) return { name, port, child, cpuMsPerRequest: [] };
    if (child.exitCode !== null || Date.now() > until) {
      await ended(child);
      throw new Error(`the gateway ${name} does not start`);
    }
    await sleep(250);
  }
}

async function freePort(from: number): Promise<number> {
  for (let port = from; port < from + 100; port += 1) if (await isFree(port, '127.0.0.1')) return port;
  throw new Error('no free port');
}

/** In turns, so that whatever else the machine does is the same for both. */
async function measure(gateways: readonly Gateway[], options: Options): Promise<void> {
  const [first] = gateways;
  if (first === undefined) return;
  const { products } = (await ask(first.port, productQuery)) as {
    readonly products: { readonly nodes: readonly { readonly slug: string }[] };
  };
  const query = pageQueries.gateway.replace('$SLUG', products.nodes[0]?.slug ?? '');
  const expected = JSON.stringify(await ask(first.port, query));
  for (const gateway of gateways) await load(gateway, { query, expected }, options.warmSeconds, options);
  for (let round = 0; round < options.rounds; round += 1) {
    for (const gateway of round % 2 === 0 ? gateways : [...gateways].reverse()) {
      const cpu = await load(gateway, { query, expected }, options.seconds, options);
      gateway.cpuMsPerRequest.push(cpu);
      process.stdout.write(`${gateway.name.padEnd(8)} ${digits(cpu)} CPU ms/request\n`);
    }
  }
}

interface Page {
  readonly query: string;
  readonly expected: string;
}

/** CPU milliseconds of the gateway for each answer. */
async function load(
  gateway: Gateway,
  page: Page,
  seconds: number,
  { connections }: Options,
): Promise<number> {
  const scenario = { name: gateway.name, query: page.query, unique: false };
  const loop = new ClosedLoop({ port: gateway.port, path: '/graphql' }, scenario, page.expected);
  const pid = Number(/\(process (\d+)\)$/.exec((await holderOf(gateway.port)) ?? '')?.[1]);
  await loop.start(connections);
  await sleep(300);
  loop.take();
  const before = cpuMs(pid);
  await sleep(seconds * 1000);
  const { requests, failures, firstFailure } = loop.take();
  const cpu = cpuMs(pid) - before;
  await loop.stop();
  if (failures > 0) throw new Error(`${gateway.name} answered wrongly, first: ${firstFailure ?? ''}`);
  return cpu / requests;
}

async function ask(port: number, query: string): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${String(port)}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { readonly data?: unknown; readonly errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

function write(gateways: readonly Gateway[], options: Options): void {
  const [without = [], having = []] = gateways.map(({ cpuMsPerRequest }) => cpuMsPerRequest);
  const ratios = having.map((cpu, round) => cpu / (without[round] ?? Number.NaN));
  const added = (median(ratios) - 1) * 100;
  const lines = [
    '# Rates, costs and budgets on a product page',
    '',
    `${String(options.rounds)} rounds of ${String(options.seconds)} s in turns, ${String(options.connections)} connections; buckets in memory. The goal: at most 3 % more CPU.`,
    '',
    '| gateway | CPU ms/request, median |',
    '| --- | ---: |',
    `| without | ${digits(median(without))} |`,
    `| with all of it | ${digits(median(having))} |`,
    '',
    `Median of the rounds' ratios: ${added >= 0 ? '+' : ''}${added.toFixed(1)} %.`,
    '',
  ];
  const folder = join(root, 'bench/results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'admission.json'),
    `${JSON.stringify({ options, without, with: having, ratios }, undefined, 1)}\n`,
  );
  writeFileSync(join(folder, 'admission.md'), lines.join('\n'));
  process.stdout.write(`${lines.join('\n')}\n`);
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
}

const { warm: warmSeconds, ...given } = givenNumbers({
  rounds: 10,
  seconds: 3,
  warm: 6,
  connections: 10,
  scale: 0.1,
});
await main({ ...given, warmSeconds });
