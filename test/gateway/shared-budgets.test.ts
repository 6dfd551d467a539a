import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedBuckets } from '../../gateway/model/buckets.ts';
import { anonymous } from '../../gateway/model/principal.ts';
import { createRates, type Rates, type RateSettings } from '../../gateway/rates/rates.ts';
import { redisBuckets } from '../../gateway/store/store.ts';
import { startClub } from './club.ts';
import { freePort, startRedis, withoutRedis, type RedisServer } from './redis-server.ts';

const skip = withoutRedis;

async function redis(t: TestContext, ...more: readonly string[]): Promise<RedisServer> {
  const server = await startRedis(await freePort(), ...more);
  t.after(() => server.stop());
  return server;
}

async function buckets(t: TestContext, urls: readonly string[]): Promise<SharedBuckets> {
  const shared = redisBuckets(
    { urls, namespace: 'test', timeoutMs: 1_000 },
    { onDown: () => undefined, onUp: () => undefined },
  );
  t.after(() => shared.close());
  const late = AbortSignal.timeout(10_000);
  const nothing = { requests: 0, points: 0, forced: true };
  while ((await shared.take('nobody', { requests: undefined, cost: undefined }, nothing)) === undefined)
    await sleep(10, undefined, { signal: late });
  return shared;
}

function settings(capacity: number, refillPerSecond = 0): RateSettings {
  const limits = { requests: undefined, cost: { capacity, refillPerSecond }, concurrency: undefined };
  return {
    ...{ principal: limits, anonymous: limits, profiles: new Map(), byClient: false },
    ...{ trustedProxies: [], localShare: 0.25 },
  };
}

/** Pays an estimate and spends no more than it; the points that were spent, `undefined` when refused. */
async function spend(rates: Rates, estimate: number, actual: number): Promise<number | undefined> {
  const visit = rates.enter({ headers: {}, address: '203.0.113.7' }, anonymous);
  const { throttled } = await visit.pay(estimate);
  visit.leave(throttled === undefined ? actual : 0);
  return throttled === undefined ? actual : undefined;
}

test('two gateways spend one budget, and never more than it holds', { skip }, async (t) => {
  const { url } = await redis(t);
  const gateways = [
    createRates(settings(20_000), await buckets(t, [url]), () => performance.now()),
    createRates(settings(20_000), await buckets(t, [url]), () => performance.now()),
  ];
  let spent = 0;
  let refused = 0;
  // 6,000 requests, 30 at a time on each; each costs up to 20 and spends a part of it.
  const caller = async (rates: Rates, seed: number): Promise<void> => {
    for (let n = 0; n < 100; n += 1) {
      const estimate = 1 + ((n * 7 + seed * 13) % 20);
      const cost = await spend(rates, estimate, (estimate * ((n + seed) % 4)) / 4);
      if (cost === undefined) refused += 1;
      else spent += cost;
    }
  };
  await Promise.all(gateways.flatMap((rates) => Array.from({ length: 30 }, (_, n) => caller(rates, n))));
  assert.ok(refused > 0, 'the budget should not have been enough');
  assert.ok(spent <= 20_000, String(spent));
  assert.ok(spent > 19_900, `${String(spent)}: what was given back should be spent again`);
});

test(
  'a budget refills by the clock of Redis, not beyond its capacity, and goes when it is full',
  { skip },
  async (t) => {
    const server = await redis(t);
    const shared = await buckets(t, [server.url]);
    const bucket = { requests: undefined, cost: { capacity: 100, refillPerSecond: 1_000 } };
    const first = await shared.take('a', bucket, { requests: 0, points: 100, forced: false });
    assert.deepEqual(first, { over: undefined, left: 0, retryAfterMs: 0 });
    const over = await shared.take('a', bucket, { requests: 0, points: 101, forced: false });
    assert.equal(over?.retryAfterMs, Infinity);
    await sleep(150);
    const after = await shared.take('a', bucket, { requests: 0, points: 0, forced: true });
    assert.equal(after?.left, 100);
    const late = AbortSignal.timeout(10_000);
    while (server.command('dbsize').trim() !== '0') await sleep(50, undefined, { signal: late });
  },
);

test('requests and cost are taken together or not at all', { skip }, async (t) => {
  const { url } = await redis(t);
  const shared = await buckets(t, [url]);
  const both = {
    requests: { capacity: 2, refillPerSecond: 0 },
    cost: { capacity: 10, refillPerSecond: 0 },
  };
  const take = (points: number) => shared.take('a', both, { requests: 1, points, forced: false });
  assert.equal((await take(11))?.over, 'cost');
  assert.equal((await take(5))?.left, 5);
  assert.equal((await take(5))?.left, 0);
  assert.deepEqual(await take(0), { over: 'requests', left: 0, retryAfterMs: Infinity });
});

test('a cluster takes them too: one key for each caller', { skip }, async (t) => {
  const busPort = String(await freePort());
  const node = await redis(
    t,
    '--cluster-enabled',
    'yes',
    '--cluster-announce-ip',
    '127.0.0.1',
    '--cluster-port',
    busPort,
  );
  node.command('cluster', 'addslotsrange', '0', '16383');
  const shared = await buckets(t, [node.url, `redis://127.0.0.1:${String(await freePort())}`]);
  const bucket = { requests: undefined, cost: { capacity: 10, refillPerSecond: 0 } };
  for (const caller of ['a', 'b', 'c']) {
    const taken = await shared.take(caller, bucket, { requests: 0, points: 4, forced: false });
    assert.equal(taken?.left, 6);
  }
});

test(
  'a Redis that is killed in the middle fails no request, and the share of this process is bounded',
  { skip },
  async (t) => {
    const server = await redis(t);
    const config = {
      rate_limit: {
        storage: 'redis',
        redis: { urls: [server.url], local_share: 0.5 },
        anonymous: { requests: 200, per: '1d' },
        cost: { capacity: 100_000, refill_per_second: 0 },
      },
    };
    const [one, other] = await Promise.all([startClub({ config }), startClub({ config })]);
    t.after(() => Promise.all([one.close(), other.close()]));
    const late = AbortSignal.timeout(10_000);
    while (server.command('dbsize').trim() === '0') {
      await one.ask('{ ping }');
      await other.ask('{ ping }');
      await sleep(10, undefined, { signal: late });
    }
    const statuses: number[] = [];
    const asking = Array.from({ length: 8 }, async (_, n) => {
      for (let time = 0; time < 8; time += 1) {
        statuses.push((await (n % 2 === 0 ? one : other).ask('{ users { name } }')).status);
        if (n === 0 && time === 3) server.child.kill('SIGKILL');
      }
    });
    await Promise.all(asking);
    assert.deepEqual(new Set(statuses), new Set([200]));
    // A hundred of the two hundred requests are this process's to grant.
    let granted = 0;
    while ((await one.ask('{ ping }')).status === 200 && granted < 200) granted += 1;
    assert.ok(granted > 50 && granted <= 100, String(granted));
  },
);
