import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { Pool } from 'undici';
import { createStorage } from '../../gateway/cache/storage.ts';

/** Measures what keeping answers is worth: one page without, with entities, whole, and through Redis; ratios in one run. */

const usage = `Usage: node --import tsx bench/cache/run.ts [options]
  --seconds N   for each row (5)
  --redis URL   measures the tier in Redis too
  --entries N   of the memory row (1000000)
`;

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const goods = `${link} type Query { products: [Product] } type Product @key(fields: "id") { id: ID! name: String price: Int }`;
const stock = `${link} type Product @key(fields: "id") { id: ID! inStock: Int place: String }`;
const page = '{ products { id name price inStock place } }';
const size = 50;

/** Two subgraphs that answer as fast as Node can, so that the gateway is what is measured. */
async function startSubgraphs(): Promise<{
  readonly goods: string;
  readonly stock: string;
  readonly close: () => void;
}> {
  const ids = Array.from({ length: size }, (_, at) => String(at + 1));
  const products = ids.map((id) => ({ id, __typename: 'Product', name: `Product ${id}`, price: 100 }));
  const entities = ids.map((id) => ({ id, inStock: Number(id), place: 'north' }));
  const serving = async (body: string): Promise<{ url: string; close: () => void }> => {
    const headers = { 'content-type': 'application/json', 'cache-control': 'public, max-age=600' };
    const server = createServer((request, response) => {
      request.resume().on('end', () => response.writeHead(200, headers).end(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${String(port)}/graphql`, close: () => void server.close() };
  };
  const one = await serving(JSON.stringify({ data: { products } }));
  const other = await serving(JSON.stringify({ data: { _entities: entities } }));
  return {
    ...{ goods: one.url, stock: other.url },
    close: () => {
      one.close();
      other.close();
    },
  };
}

interface Running {
  readonly url: string;
  readonly child: ChildProcess;
}

/** A process that says where it answers. */
function started(args: readonly string[]): Promise<Running> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const url = /serving (\S+)/.exec(text)?.[1];
      if (url !== undefined) resolve({ url, child });
    });
    child.once('exit', () => reject(new Error(`ended too early: ${text}`)));
  });
}

const plainServer = (body: string): readonly string[] => [
  '-e',
  `const b = ${JSON.stringify(body)}; const s = require('http').createServer((q, r) => q.resume().on('end', () =>
   r.writeHead(200, { 'content-type': 'application/json', 'content-length': b.length }).end(b)));
   s.listen(0, '127.0.0.1', () => console.log('serving http://127.0.0.1:' + s.address().port + '/graphql'));`,
];

/** Requests a second, with 32 always under way. */
async function load({ url }: Running, seconds: number): Promise<number> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 32 });
  const body = JSON.stringify({ query: page });
  const ask = async (): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await pool.request({ path: pathname, method: 'POST', headers, body });
    await answer.body.text();
  };
  const run = async (ms: number): Promise<number> => {
    const until = performance.now() + ms;
    let count = 0;
    const loop = async (): Promise<void> => {
      for (; performance.now() < until; count += 1) await ask();
    };
    await Promise.all(Array.from({ length: 32 }, loop));
    return count / (ms / 1000);
  };
  await run(2_000);
  const rate = await run(seconds * 1000);
  await pool.close();
  return rate;
}

/** Bytes kept and the time of a hit with few and with many entries. */
function memoryRow(entries: number): string {
  const memoryBytes = 256 * 1024 * 1024;
  const storage = createStorage(
    { memoryBytes, maxEntryBytes: 100_000 },
    { shared: undefined, now: Date.now, onGarbage: () => undefined },
  );
  const until = Date.now() + 3_600_000;
  const rest = { at: Date.now(), freshUntil: until, staleUntil: until, errorUntil: until, stamp: 0 };
  const p99 = (count: number): number => {
    const times = Array.from({ length: 20_000 }, () => {
      const name = String(Math.floor(Math.random() * count));
      const began = performance.now();
      storage.find('group', name);
      return (performance.now() - began) * 1000;
    });
    return times.sort((a, b) => a - b)[19_800] ?? 0;
  };
  const fill = (from: number, to: number): void => {
    for (let at = from; at < to; at += 1) {
      const entry = {
        ...rest,
        value: { id: at },
        tags: ['s:goods'],
        audience: 'public',
        mayNeedEscape: false,
      } as const;
      storage.put('group', [[String(at), entry]]);
    }
  };
  fill(0, 1_000);
  const few = p99(1_000);
  fill(1_000, entries);
  const { bytes, entries: kept } = storage.size();
  return `${String(entries)} entries put: ${String(kept)} kept in ${(bytes / 2 ** 20).toFixed(0)} of 256 MB; hit p99 ${few.toFixed(1)} µs with 1,000, ${p99(entries).toFixed(1)} µs now`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '5' },
      redis: { type: 'string', default: '' },
      entries: { type: 'string', default: '1000000' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(usage);
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-'));
  const subgraphs = await startSubgraphs();
  const composed = composeServices([
    { name: 'goods', url: subgraphs.goods, typeDefs: parse(goods) },
    { name: 'stock', url: subgraphs.stock, typeDefs: parse(stock) },
  ]);
  if (composed.errors !== undefined)
    throw new Error(composed.errors.map(({ message }) => message).join('\n'));
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, composed.supergraphSdl);
  const weir = fileURLToPath(new URL('../../cli/bin/weir.js', import.meta.url));
  const gateway = (name: string, cache: object): Promise<Running> => {
    const config = join(folder, `${name}.yaml`);
    // Equal requests at once would share one execution, and nothing else would be measured.
    const shaping = { router: { dedupe: false }, all: { deduplicate_query: false } };
    const settings = {
      traffic_shaping: shaping,
      response_cache: cache,
      telemetry: { logging: { level: 'silent' } },
    };
    writeFileSync(config, JSON.stringify(settings));
    return started([weir, 'serve', '--supergraph', supergraph, '--config', config, '--port', '0']);
  };
  const redis = values.redis === '' ? {} : { redis: { urls: [values.redis] } };
  const rows: readonly (readonly [string, () => Promise<Running>])[] = [
    ['without', () => gateway('without', { enabled: false })],
    ['entities', () => gateway('entities', { enabled: true, whole_responses: false })],
    ['whole', () => gateway('whole', { enabled: true })],
    ...(values.redis === ''
      ? []
      : [
          [
            'redis',
            () => gateway('redis', { enabled: true, whole_responses: false, storage: redis }),
          ] as const,
        ]),
    [
      'plain Node',
      () => started(plainServer(JSON.stringify({ data: { products: Array(size).fill({ id: '1' }) } }))),
    ],
  ];
  let first = 0;
  for (const [name, start] of rows) {
    const running = await start();
    const rate = await load(running, Number(values.seconds));
    running.child.kill('SIGTERM');
    if (first === 0) first = rate;
    process.stdout.write(
      `${name.padEnd(12)} ${rate.toFixed(0).padStart(8)} requests/s  ${(rate / first).toFixed(2)}×\n`,
    );
  }
  process.stdout.write(`${memoryRow(Number(values.entries))}\n`);
  subgraphs.close();
  rmSync(folder, { recursive: true, force: true });
}

await main();
