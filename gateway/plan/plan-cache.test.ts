import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { parse } from 'graphql';
import type { Operation, OperationHash } from '../model/operation.ts';
import { PlanCache, type PlanCacheSettings } from './plan-cache.ts';
import { planningFailures } from './planning-failures.ts';
import type { PlanningRequest } from './planning-messages.ts';
import type { PoolOutcome } from './planning-pool.ts';

const roomy: PlanCacheSettings = { maxPlans: 100, maxBytes: 1e9, failureMs: 60_000 };
const never = new AbortController().signal;

function operation(text: string): Operation {
  const hash = createHash('sha256').update(text).digest('hex') as OperationHash;
  return { hash, text, document: parse(text), name: undefined, kind: 'query' };
}

function subject(text: string) {
  return { operation: operation(text), shape: '', labels: new Set<string>() };
}

/** A cache over a planning that notes what it was asked and ends as told. */
function cacheOver(
  settings: PlanCacheSettings = roomy,
  outcome: (request: PlanningRequest) => PoolOutcome = () => ({
    kind: 'planned',
    plan: { root: undefined, internalKeys: {} },
    bytes: 10,
  }),
) {
  const asked: PlanningRequest[] = [];
  const cache = new PlanCache(settings, async (request, signal) => {
    asked.push(request);
    await Promise.resolve();
    return signal.aborted
      ? { kind: 'failed', failure: planningFailures.aborted, lasting: false }
      : outcome(request);
  });
  return { cache, asked };
}

test('the same plan asked for twice at once is made once, and then remembered', async () => {
  const { cache, asked } = cacheOver();
  const [one, other] = await Promise.all([
    cache.plan(subject('{ a }'), never),
    cache.plan(subject('{ a }'), never),
  ]);
  assert.ok(one.kind === 'planned' && other.kind === 'planned');
  assert.equal(one.plan, other.plan);
  await cache.plan(subject('{ a }'), never);
  assert.equal(asked.length, 1);
  const { misses, joined, hits, plans } = cache.stats();
  assert.deepEqual({ misses, joined, hits, plans }, { misses: 1, joined: 1, hits: 1, plans: 1 });
});

for (const [what, change] of [
  ['shape', { shape: 'other' }],
  ['labels', { labels: new Set(['percent(10)']) }],
  ['allowed part', { operation: { ...operation('{ a b }'), document: parse('{ a }') } }],
] as const) {
  test(`plans of another ${what} are kept apart`, async () => {
    const { cache, asked } = cacheOver();
    await cache.plan(subject('{ a b }'), never);
    await cache.plan({ ...subject('{ a b }'), ...change }, never);
    assert.equal(asked.length, 2);
    assert.equal(cache.stats().plans, 2);
  });
}

test('the order of labels does not matter', async () => {
  const { cache, asked } = cacheOver();
  await cache.plan({ ...subject('{ a }'), labels: new Set(['x', 'y']) }, never);
  await cache.plan({ ...subject('{ a }'), labels: new Set(['y', 'x']) }, never);
  assert.equal(asked.length, 1);
});

test('the cache is bounded by number', async () => {
  const { cache } = cacheOver({ ...roomy, maxPlans: 2 });
  for (const text of ['{ a }', '{ b }', '{ c }']) await cache.plan(subject(text), never);
  assert.equal(cache.stats().plans, 2);
});

test('the cache is bounded by bytes', async () => {
  const { cache } = cacheOver({ ...roomy, maxBytes: 1200 });
  for (const text of ['{ a }', '{ b }', '{ c }', '{ d }']) await cache.plan(subject(text), never);
  const { plans, bytes } = cache.stats();
  assert.ok(plans > 0 && plans < 4 && bytes <= 1200, `${plans} plans, ${bytes} bytes`);
});

test('a plan too large for the cache is given all the same', async () => {
  const { cache } = cacheOver({ ...roomy, maxBytes: 10 });
  assert.equal((await cache.plan(subject('{ a }'), never)).kind, 'planned');
  assert.equal(cache.stats().plans, 0);
});

for (const lasting of [true, false]) {
  test(`a failure that ${lasting ? 'would come again is' : 'may pass is not'} remembered`, async () => {
    const failure = planningFailures.waitedTooLong;
    const { cache, asked } = cacheOver(roomy, () => ({ kind: 'failed', failure, lasting }));
    await cache.plan(subject('{ a }'), never);
    assert.deepEqual(await cache.plan(subject('{ a }'), never), { kind: 'failed', failure });
    assert.equal(asked.length, lasting ? 1 : 2);
  });
}

test('the most used operations come first', async () => {
  const { cache } = cacheOver();
  for (const text of ['{ a }', '{ b }', '{ c }', '{ c }', '{ b }', '{ c }'])
    await cache.plan(subject(text), never);
  assert.deepEqual(
    cache.hottest(2).map(({ operation: { text }, uses }) => [text, uses]),
    [
      ['{ c }', 3],
      ['{ b }', 2],
    ],
  );
});

test('one caller may leave while another waits for the same plan', async () => {
  const { cache } = cacheOver();
  const leaving = new AbortController();
  const left = cache.plan(subject('{ a }'), leaving.signal);
  const stays = cache.plan(subject('{ a }'), never);
  leaving.abort();
  assert.deepEqual(await left, { kind: 'failed', failure: planningFailures.aborted });
  assert.equal((await stays).kind, 'planned');
});

test('who comes just when all others have left gets a plan', async () => {
  const { cache } = cacheOver();
  const leaving = new AbortController();
  const left = cache.plan(subject('{ a }'), leaving.signal);
  leaving.abort();
  assert.equal((await cache.plan(subject('{ a }'), never)).kind, 'planned');
  assert.equal((await left).kind, 'failed');
});
