import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { givenNumbers } from '../given-numbers.ts';
import { ClosedLoop } from '../engine/closed-loop.ts';
import { median, quantile } from '../engine/measure.ts';
import { cpuMs } from '../engine/process-cost.ts';
import { digits } from '../engine/results.ts';
import { pageQueries, productQuery } from './queries.ts';
import { startSampleSystem, type SampleSystem, type Server } from './sample-system.ts';

/** A product's page through bff-web, bff-mobile and the gateway itself, on the whole sample shop; see bench/README.md. */

interface Sample {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly gatewayCpuMsPerRequest: number;
  /** Of the BFF; the gateway's own when it is asked directly. */
  readonly serverCpuMsPerRequest: number;
}

interface PageResults {
  readonly server: Server;
  readonly answerBytes: number;
  readonly samples: readonly Sample[];
}

interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmSeconds: number;
  readonly connections: number;
  readonly scale: number;
}

interface Page {
  readonly server: Server;
  readonly query: string;
  readonly expected: string;
  readonly samples: Sample[];
}

const servers: readonly Server[] = ['gateway', 'bff-web', 'bff-mobile'];
const resultsFolder = fileURLToPath(new URL('../results/', import.meta.url));

async function main(options: Options): Promise<void> {
  const distMain = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
  if (!existsSync(distMain)) throw new Error('weir is not built: run  npm run build');
  const system = await startSampleSystem(options.scale);
  try {
    const pages: Page[] = [];
    for (const page of await pagesOf(system)) {
      pages.push(page);
      await measured(page, system, options, options.warmSeconds);
    }
    for (let round = 0; round < options.rounds; round += 1) {
      for (const page of pages) {
        const sample = await measured(page, system, options, options.seconds);
        page.samples.push(sample);
        process.stdout.write(
          `${page.server.padEnd(11)} ${sample.requestsPerSecond.toFixed(0)}/s  p50 ${digits(sample.p50Ms)} ms  p99 ${digits(sample.p99Ms)} ms  gateway ${digits(sample.gatewayCpuMsPerRequest)} CPU ms\n`,
        );
      }
    }
    write(options, pages);
  } finally {
    await system.stop();
  }
}

/** The three pages of one product that has reviews, with the answers that they give when nothing else is asked. */
async function pagesOf(system: SampleSystem): Promise<readonly Page[]> {
  const { products } = (await ask(system.port('gateway'), productQuery)) as {
    readonly products: {
      readonly nodes: readonly {
        readonly id: string;
        readonly slug: string;
        readonly reviews: { readonly totalCount: number } | null;
      }[];
    };
  };
  const [product] = [...products.nodes].sort(
    (a, b) => (b.reviews?.totalCount ?? 0) - (a.reviews?.totalCount ?? 0),
  );
  if (product === undefined) throw new Error('the shop has no products');
  const pages: Page[] = [];
  for (const server of servers) {
    const query = pageQueries[server].replace('$SLUG', product.slug).replace('$ID', product.id);
    const expected = JSON.stringify(await ask(system.port(server), query));
    pages.push({ server, query, expected, samples: [] });
  }
  return pages;
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

async function measured(
  page: Page,
  system: SampleSystem,
  options: Options,
  seconds: number,
): Promise<Sample> {
  const { server, query, expected } = page;
  const scenario = { name: server, query, unique: false };
  const loop = new ClosedLoop({ port: system.port(server), path: '/graphql' }, scenario, expected);
  const [gatewayPid, serverPid] = await Promise.all([system.pid('gateway'), system.pid(server)]);
  await loop.start(options.connections);
  await sleep(300);
  loop.take();
  const began = { at: performance.now(), gateway: cpuMs(gatewayPid), server: cpuMs(serverPid) };
  await sleep(seconds * 1000);
  const { requests, failures, firstFailure, latencies } = loop.take();
  const wall = performance.now() - began.at;
  const gateway = cpuMs(gatewayPid) - began.gateway;
  const own = cpuMs(serverPid) - began.server;
  await loop.stop();
  if (failures > 0) throw new Error(`${server} answered wrongly, first: ${firstFailure ?? ''}`);
  return {
    requestsPerSecond: (requests * 1000) / wall,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    gatewayCpuMsPerRequest: gateway / requests,
    serverCpuMsPerRequest: own / requests,
  };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function write(options: Options, pages: readonly Page[]): void {
  const results = {
    measuredAt: new Date().toISOString().slice(0, 16),
    machine: `${String(cpus().length)} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}`,
    node: process.versions.node,
    settings: options,
    pages: pages.map(({ server, expected, samples }): PageResults => {
      return { server, answerBytes: Buffer.byteLength(`{"data":${expected}}`), samples };
    }),
  };
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(`${resultsFolder}pages.json`, `${JSON.stringify(results, undefined, 1)}\n`);
  const lines = [
    '# A product page on the whole sample shop',
    '',
    `Measured ${results.measuredAt} on ${results.machine}, Node ${results.node}: ${String(options.rounds)} interleaved rounds of ${String(options.seconds)} s, ${String(options.connections)} connections, WEIR_SCALE=${String(options.scale)}. Nothing is pinned: load, eight servers and their databases share the machine.`,
    '',
    '| asked | requests/s | p50 ms | p99 ms | gateway CPU ms/request | own CPU ms/request | answer |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...results.pages.map(pageRow),
    '',
  ];
  writeFileSync(`${resultsFolder}pages.md`, lines.join('\n'));
}

function pageRow({ server, answerBytes, samples }: PageResults): string {
  const of = (figure: keyof Sample): number => median(samples.map((sample) => sample[figure]));
  const own = server === 'gateway' ? '–' : digits(of('serverCpuMsPerRequest'));
  const cells = [
    ...[server, of('requestsPerSecond').toFixed(0), digits(of('p50Ms')), digits(of('p99Ms'))],
    ...[digits(of('gatewayCpuMsPerRequest')), own, `${(answerBytes / 1024).toFixed(1)} KiB`],
  ];
  return `| ${cells.join(' | ')} |`;
}

const { warm: warmSeconds, ...given } = givenNumbers({
  rounds: 3,
  seconds: 4,
  warm: 5,
  connections: 20,
  scale: 0.1,
});
await main({ ...given, warmSeconds });
