import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { startShop, type Shop } from './cached-shop.ts';
import { until } from './redis-groups.ts';
import { freePort, startRedis, withoutRedis as skip, type RedisServer } from './redis-server.ts';
import { serve, type Served } from './served.ts';

const byId = 'query($id: ID!) { product(id: $id) { id name price inStock } }';
const shared = { 'cache-control': 'public, max-age=600' };
const processes = 4;
const many = 1_000;
/** A process that is kept from the processor for a second may have missed a drop, and keeps nothing then. */
const attempts = 8;

interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly token?: string | undefined;
  readonly signal?: AbortSignal;
}

/** Gateways in processes of their own on one Redis and the shop's subgraphs. */
const folder = mkdtempSync(join(tmpdir(), 'weir-stampede-'));
const gateways: Served[] = [];
let pools: readonly Pool[] = [];
let redis: RedisServer;
let shop: Shop;
let tokens: readonly string[];

before(async () => {
  if (skip !== false) return;
  redis = await startRedis(await freePort());
  // The subgraphs, the supergraph and a configuration; its own gateway is not asked.
  shop = await startShop({ cache: { storage: { redis: { urls: [redis.url], timeout: '1s' } } } });
  const config = join(folder, 'gateway.yaml');
  writeFileSync(config, shop.configuration);
  const starts = Array.from({ length: processes }, () =>
    serve('--supergraph', shop.supergraph, '--config', config, '--port', '0'),
  );
  for (const start of starts) gateways.push(await start);
  pools = gateways.map(({ url }) => new Pool(new URL(url).origin, { connections: many / processes }));
  tokens = Array.from({ length: many }, (_, at) => shop.issuer.token({ sub: `person-${String(at)}` }));
  shop.goods.headers = shared;
  // Each connects to its Redis by itself; what one keeps the others must have.
  for (let at = 0; at < processes; at += 1)
    await until(async () => {
      await ask(at, { query: '{ warehouse greeting }' });
      shop.calls();
      await ask(at, { query: '{ greeting }' });
      return shop.calls() === 0;
    });
  // A new token is verified, which keeps a process longer than all the rest.
  for (let from = 0; from < many; from += 50)
    await Promise.all(
      tokens.slice(from, from + 50).map((token, at) => ask(from + at, { query: '{ greeting }', token })),
    );
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  if (skip !== false) return;
  for (const gateway of gateways) gateway.signal('SIGTERM');
  await Promise.all(gateways.map(({ ended }) => ended));
  await Promise.all(pools.map((pool) => pool.close()));
  await shop.close();
  await redis.stop();
});
beforeEach(() => {
  if (skip !== false) return;
  for (const server of [shop.goods, shop.stock]) {
    server.headers = shared;
    server.trouble = undefined;
    server.mostAlike = 0;
  }
});

async function ask(at: number, { query, variables = {}, token, signal }: Question): Promise<string> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await pools[at % processes]?.request({
    ...{
      path: '/graphql',
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization },
    },
    ...(signal === undefined ? {} : { signal }),
    body: JSON.stringify({ query, variables }),
  });
  return (await answer?.body.text()) ?? '';
}

/** All ask at once, each as somebody else. */
const everybody = (question: Question, from = 0): Promise<readonly string[]> =>
  Promise.all(tokens.slice(from).map((token, at) => ask(from + at, { ...question, token })));

let last = 0;
/** A product that nobody has asked for. */
const nextId = (): string => String((last += 1));

/** Tries until no more calls are made than this; the fewest that were. */
async function fewestCalls(expected: number, attempt: () => Promise<void>): Promise<number> {
  let fewest = Infinity;
  for (let count = 1; count <= attempts && fewest > expected; count += 1) {
    shop.calls();
    await attempt();
    fewest = Math.min(fewest, shop.calls());
    await sleep(100);
  }
  return fewest;
}

const right = (id: string) => ({
  data: { product: { id, name: `Product ${id}`, price: Number(id), inStock: Number(id) - 1 } },
});

for (const [who, askersOf] of [
  ['nobody known', () => undefined],
  ['1,000 people', (at: number) => tokens[at]],
] as const) {
  test(`1,000 equal questions at once to four processes, from ${who}, cost one call`, { skip }, async () => {
    const fewest = await fewestCalls(2, async () => {
      const id = nextId();
      const asked = Array.from({ length: many }, (_, at) =>
        ask(at, { query: byId, variables: { id }, token: askersOf(at) }),
      );
      for (const text of await Promise.all(asked)) assert.deepEqual(JSON.parse(text), right(id));
    });
    assert.equal(fewest, 2); // the product once, its stock once
  });
}

const send = (response: ServerResponse, headers: Readonly<Record<string, string>>, body: object): void => {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
const goodsAnswer = (id: string) => ({
  data: { product: { __typename: 'Product', id, name: `Product ${id}`, price: Number(id) } },
});

test('whoever asked first leaves: those who wait go on waiting for the same call', { skip }, async () => {
  const fewest = await fewestCalls(2, async () => {
    const id = nextId();
    const leaving = new AbortController();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    shop.goods.trouble = async (response) => {
      await held;
      send(response, shared, goodsAnswer(id));
    };
    const question = { query: byId, variables: { id } };
    const first = ask(0, { ...question, token: tokens[0], signal: leaving.signal }).catch(() => 'left');
    await until(() => shop.goods.asked.length > 0);
    const others = everybody(question, 1);
    await sleep(1_000);
    leaving.abort();
    assert.equal(await first, 'left');
    await sleep(200);
    release();
    for (const text of await others) assert.deepEqual(JSON.parse(text), right(id));
  });
  assert.equal(fewest, 2);
});

for (const [what, answer] of [
  ['fails', (response: ServerResponse) => void response.writeHead(503).end()],
  [
    'answers with errors',
    (response: ServerResponse) => {
      send(response, shared, { data: { product: null }, errors: [{ message: 'no' }] });
    },
  ],
] as const) {
  test(`a subgraph ${what} while 1,000 people wait: one call for each process`, { skip }, async () => {
    const fewest = await fewestCalls(processes, async () => {
      shop.goods.trouble = async (response) => {
        await sleep(1_000);
        answer(response);
      };
      const answers = await everybody({ query: byId, variables: { id: nextId() } });
      for (const text of answers) {
        const { data, errors } = JSON.parse(text) as { readonly data: unknown; readonly errors: unknown[] };
        assert.deepEqual([data, errors.length > 0], [{ product: null }, true]);
      }
    });
    assert.ok(fewest <= processes, `${String(fewest)} calls`);
  });
}

for (const cacheControl of ['no-store', 'private, max-age=600', 'max-age=600']) {
  test(
    `${cacheControl}: each of 1,000 people is given their own, and they do not queue`,
    { skip },
    async () => {
      // Another alias is another document, of which nothing is known yet.
      const alias = cacheControl.replace(/\W/g, '_');
      const query = `{ me { id ${alias}: name } }`;
      shop.goods.trouble = async (response, { headers }) => {
        await sleep(200);
        const id = String(headers['x-user-id']);
        send(response, { 'cache-control': cacheControl }, { data: { me: { id, [alias]: `canary-${id}` } } });
      };
      const answers = await everybody({ query });
      answers.forEach((text, at) => {
        assert.deepEqual([...new Set(text.match(/person-\d+/g))], [`person-${String(at)}`], text);
      });
      assert.ok(shop.goods.mostAlike > 2 * processes, `${String(shop.goods.mostAlike)} at once`);
    },
  );
}
