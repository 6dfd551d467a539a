import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { composedSupergraph } from '../plan/composed-supergraph.ts';
import { freePort, startRedis, withoutRedis, type RedisServer } from './redis-server.ts';
import { serve, type Served } from './served.ts';

/** Gateways in processes of their own spend one budget, over HTTP. */

const sdl = composedSupergraph({ a: 'type Query { items: [Item] }  type Item { id: ID }' });
/** Of a list of which the schema says nothing: what an operation pays before it runs. */
const estimate = 10;

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'weir-one-budget-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Answers with 0 to 10 items. */
async function subgraph(t: TestContext): Promise<string> {
  let asked = 0;
  const server = createServer((message, response) => {
    message.resume();
    asked += 1;
    const items = Array.from({ length: (asked * 7) % 11 }, (_, n) => ({ id: String(n) }));
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: { items } }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close().closeAllConnections();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}

async function gateway(t: TestContext, config: Readonly<Record<string, unknown>>): Promise<Served> {
  const folder = folderOf(t);
  const [supergraph, file] = [join(folder, 'supergraph.graphql'), join(folder, 'gateway.yaml')];
  writeFileSync(supergraph, sdl);
  writeFileSync(file, JSON.stringify({ override_subgraph_url: { a: await subgraph(t) }, ...config }));
  const served = await serve('--supergraph', supergraph, '--config', file, '--port', '0');
  t.after(async () => {
    served.signal('SIGTERM');
    await served.ended;
  });
  return served;
}

const agent = new Agent({ connections: 16, keepAliveTimeout: 1_000 });

interface Asked {
  readonly status: number;
  readonly codes: readonly string[];
  /** Points that it cost in the end. */
  readonly cost: number;
}

async function ask(url: string, address: string): Promise<Asked> {
  const { statusCode, body } = await request(url, {
    ...{ method: 'POST', dispatcher: agent },
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: '{"query":"{ items { id } }"}',
  });
  const { errors = [], extensions } = (await body.json()) as {
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
    readonly extensions?: { readonly cost?: { readonly actualQueryCost: number | null } };
  };
  return {
    status: statusCode,
    codes: errors.map((error) => error.extensions.code),
    cost: extensions?.cost?.actualQueryCost ?? 0,
  };
}

const noSharing = {
  traffic_shaping: { router: { dedupe: false }, all: { deduplicate_query: false } },
};

/** One caller asks for more than its budget; fifty others ask for little. */
const greedy = '203.0.113.1';
const modest = (n: number): string => `198.51.100.${String(n % 50)}`;

test(
  'two gateways on one Redis, which is killed in the middle and comes back: no request fails because of it, and one budget is spent',
  { skip: withoutRedis },
  async (t) => {
    const written = ['--appendonly', 'yes', '--dir', folderOf(t)];
    const port = await freePort();
    let redis: RedisServer = await startRedis(port, ...written);
    t.after(() => redis.stop());
    const [capacity, share] = [4_000, 0.1];
    const config = {
      ...noSharing,
      rate_limit: {
        storage: 'redis',
        redis: { urls: [redis.url], local_share: share, timeout: '1s' },
        cost: { capacity, refill_per_second: 0 },
        trusted_proxies: ['127.0.0.1'],
      },
    };
    const gateways = await Promise.all([gateway(t, config), gateway(t, config)]);
    const late = AbortSignal.timeout(20_000);
    const countedThere = async (from: string): Promise<void> => {
      for (const [n, { url }] of gateways.entries()) {
        const keys = (): number => Number(redis.command('dbsize'));
        const before = keys();
        while (keys() === before) {
          await ask(url, `${from}${String(n)}`);
          await sleep(20, undefined, { signal: late });
        }
      }
    };
    // What they grant by themselves before they count there is none of the budget.
    await countedThere('192.0.2.1');
    const asked: { readonly by: string; readonly answer: Asked }[] = [];
    const caller = async (number: number, count: number): Promise<void> => {
      const { url } = gateways[number % 2] ?? assert.fail();
      for (let n = 0; n < count; n += 1) {
        const by = n % 3 === 0 ? modest(number + n) : greedy;
        asked.push({ by, answer: await ask(url, by) });
      }
    };
    const outage = async (): Promise<void> => {
      while (asked.length < 500) await sleep(5, undefined, { signal: late });
      await redis.stop();
      while (asked.length < 1_500) await sleep(5, undefined, { signal: late });
      redis = await startRedis(port, ...written);
    };
    await Promise.all([outage(), ...Array.from({ length: 20 }, (_, number) => caller(number, 150))]);
    // However long they take to come back to it: what is left there is spent by then.
    await countedThere('192.0.2.2');
    for (const { url } of gateways) {
      let answer: Asked;
      do {
        answer = await ask(url, greedy);
        asked.push({ by: greedy, answer });
      } while (answer.status === 200);
    }
    const of = (kind: (by: string) => boolean): readonly Asked[] =>
      asked.flatMap(({ by, answer }) => (kind(by) ? [answer] : []));
    const others = of((by) => by !== greedy);
    assert.deepEqual(new Set(others.map(({ status }) => status)), new Set([200]));
    const own = of((by) => by === greedy);
    assert.deepEqual(new Set(own.map(({ status }) => status)), new Set([200, 429]));
    assert.deepEqual(new Set(own.flatMap(({ codes }) => codes)), new Set(['RATE_LIMIT_EXCEEDED']));
    const spent = own.reduce((sum, { cost }) => sum + cost, 0);
    assert.ok(spent <= capacity * (1 + 2 * share), `${String(spent)} points`);
    assert.ok(spent > capacity - 40 * estimate, `${String(spent)}: what is given back should be spent again`);
  },
);

/** Sixteen connections ask so often each. */
async function asking(url: string, times: number): Promise<readonly Asked[]> {
  const each = Array.from({ length: 16 }, async () => {
    const own: Asked[] = [];
    for (let n = 0; n < times; n += 1) own.push(await ask(url, greedy));
    return own;
  });
  return (await Promise.all(each)).flat();
}

test('the processes of one gateway spend one budget, without a Redis', async (t) => {
  const capacity = 2_000;
  const rates = { cost: { capacity, refill_per_second: 0 } };
  const { url } = await gateway(t, { ...noSharing, workers: 2, rate_limit: rates });
  const answers = await asking(url, 50);
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200, 429]));
  const spent = answers.reduce((sum, { cost }) => sum + cost, 0);
  assert.ok(spent <= capacity, `${String(spent)} points`);
  assert.ok(spent > capacity - 32 * estimate, `${String(spent)} points`);
});

test('the processes of one gateway count requests together', async (t) => {
  const rates = { anonymous: { requests: 300, per: '1d' } };
  const { url } = await gateway(t, { ...noSharing, workers: 2, rate_limit: rates });
  const granted = (await asking(url, 30)).filter(({ status }) => status === 200).length;
  // One comes back in almost five minutes.
  assert.ok(granted >= 300 && granted <= 301, `${String(granted)} requests`);
});
