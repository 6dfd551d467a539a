import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { startEventfulShop, type EventfulShop } from '../../test/end-to-end/eventful-shop.ts';
import { serve, type Served } from '../../test/gateway/served.ts';

/** How long after a change at a subgraph every gateway that kept the old answer shows the new one; see bench/README.md. */

const usage = `Usage: node --import tsx bench/cache/freshness.ts [options]
  --changes N    of prices, and as many of stock (100)
  --gateways N   processes, each with its own memory before one Redis (2)
  --output NAME  written to bench/results/NAME.json and NAME.md (cache-freshness; "none" writes nothing)
`;

interface Reader {
  readonly read: () => Promise<Shown>;
  readonly close: () => Promise<void>;
}

interface Shown {
  readonly amount: number;
  readonly quantity: number;
  readonly isWhole: boolean;
}

const query = '{ product(id: "p37") { price { amount } availability { quantity } } }';

function readerOf({ url }: Served): Reader {
  const pool = new Pool(new URL(url).origin, { connections: 1 });
  const headers = { 'content-type': 'application/json', 'apollo-cache-debugging': 'true' };
  return {
    read: async () => {
      const body = JSON.stringify({ query });
      const answer = await pool.request({ path: '/graphql', method: 'POST', headers, body });
      const { data, extensions } = (await answer.body.json()) as {
        readonly data: {
          readonly product: {
            readonly price: { readonly amount: number };
            readonly availability: { readonly quantity: number };
          };
        };
        readonly extensions: { readonly cache: { readonly response?: unknown } };
      };
      const { price, availability } = data.product;
      const isWhole = extensions.cache.response !== undefined;
      return { amount: price.amount, quantity: availability.quantity, isWhole };
    },
    close: () => pool.close(),
  };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const late = Date.now() + 20_000;
  while (!(await holds())) if (Date.now() > late) throw new Error('nothing came of it within 20 s');
}

/** Milliseconds from before the change was sent until each gateway showed it. */
async function changed(
  shop: EventfulShop,
  readers: readonly Reader[],
  { at, mutation, shows }: Change,
): Promise<readonly number[]> {
  // Every tier of every gateway has the old answer.
  for (const reader of readers) await until(async () => (await reader.read()).isWhole);
  const began = performance.now();
  const changing = shop.change(at, mutation);
  const seen = readers.map(async (reader) => {
    await until(async () => shows(await reader.read()));
    return performance.now() - began;
  });
  await changing;
  return Promise.all(seen);
}

interface Change {
  readonly at: 'catalog' | 'inventory';
  readonly mutation: string;
  readonly shows: (shown: Shown) => boolean;
}

const changeOf = (round: number): readonly Change[] => {
  const [amount, quantity] = [1_000 + round, 1 + (round % 90)];
  return [
    {
      at: 'catalog',
      mutation: `mutation { setPrice(productId: "p37", amount: ${String(amount)}) { id } }`,
      shows: (shown) => shown.amount === amount,
    },
    {
      at: 'inventory',
      mutation: `mutation { setStock(productId: "p37", warehouse: "BER", quantity: ${String(quantity)}) { onHand } }`,
      shows: (shown) => shown.quantity === quantity,
    },
  ];
};

async function main(changes: number, count: number): Promise<readonly number[]> {
  const shop = await startEventfulShop();
  const gateways: Served[] = [];
  const times: number[] = [];
  try {
    const config = join(shop.folder, 'gateway.yaml');
    const types = { Product: { ttl: '1h' } };
    const storage = { redis: { urls: [shop.redis.url] } };
    const caching = { enabled: true, debug: true, storage, subgraph: { all: { types } } };
    writeFileSync(
      config,
      JSON.stringify({ response_cache: caching, telemetry: { logging: { level: 'silent' } } }),
    );
    for (let at = 0; at < count; at += 1)
      gateways.push(await serve('--supergraph', shop.supergraph, '--config', config, '--port', '0'));
    const readers = gateways.map(readerOf);
    for (let round = 0; round < changes; round += 1)
      for (const change of changeOf(round)) times.push(...(await changed(shop, readers, change)));
    for (const reader of readers) await reader.close();
  } finally {
    for (const gateway of gateways) gateway.signal('SIGTERM');
    await Promise.all(gateways.map(({ ended }) => ended));
    await shop.stop();
  }
  return times.sort((one, other) => one - other);
}

function report(times: readonly number[], changes: number, gateways: number): string {
  const at = (share: number): string =>
    (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
  return [
    '# From a change at a subgraph until every gateway shows it',
    '',
    `Measured ${new Date().toISOString().slice(0, 16)}: ${String(changes)} changes of a price in the catalog and ${String(changes)} of stock in the inventory, each seen by`,
    `${String(gateways)} gateway processes that had kept the whole answer for an hour, in memory and in one Redis. The time begins`,
    'before the change is sent to the subgraph and ends when a client has the new answer; both processes are asked all the time.',
    '',
    '| changes seen | p50 ms | p90 ms | p99 ms | longest ms |',
    '| ---: | ---: | ---: | ---: | ---: |',
    `| ${String(times.length)} | ${at(0.5)} | ${at(0.9)} | ${at(0.99)} | ${at(1)} |`,
    '',
    'The goal: all within a second.',
    '',
  ].join('\n');
}

const { values } = parseArgs({
  options: {
    changes: { type: 'string', default: '100' },
    gateways: { type: 'string', default: '2' },
    output: { type: 'string', default: 'cache-freshness' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) process.stdout.write(usage);
else {
  const [changes, gateways] = [Number(values.changes), Number(values.gateways)];
  const times = await main(changes, gateways);
  const text = report(times, changes, gateways);
  process.stdout.write(text);
  if (values.output !== 'none') {
    const folder = fileURLToPath(new URL('../results/', import.meta.url));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${values.output}.json`), `${JSON.stringify({ changes, gateways, times })}\n`);
    writeFileSync(join(folder, `${values.output}.md`), text);
  }
  if ((times.at(-1) ?? Infinity) > 1_000) process.exitCode = 1;
}
