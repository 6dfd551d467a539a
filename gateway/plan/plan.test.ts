import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test, type TestContext } from 'node:test';
import { parse } from 'graphql';
import { composedSupergraph } from '../../test/plan/composed-supergraph.ts';
import type { Operation, OperationHash } from '../model/operation.ts';
import {
  createPlanner,
  loadSupergraph,
  type Planner,
  plannerDefaults,
  type PlannerSettings,
  type Supergraph,
} from './plan.ts';

const shared = ['a', 'b', 'c', 'd'].map((name) => [
  name,
  `type Query { n: N @shareable } type N @key(fields: "id") { id: ID! n: N @shareable m: N @shareable ${name}: Int }`,
]);
const supergraph = loaded(composedSupergraph(Object.fromEntries(shared) as Record<string, string>));

function loaded(sdl: string): Supergraph {
  const result = loadSupergraph(sdl, { enforced: new Set() });
  assert.ok(result.kind === 'loaded', JSON.stringify(result));
  return result.supergraph;
}

function started(t: TestContext, settings: Partial<PlannerSettings> = {}, of = supergraph): Planner {
  const planner = createPlanner(of, { ...plannerDefaults, ...settings });
  t.after(() => planner.close());
  return planner;
}

function operation(text: string): Operation {
  const hash = createHash('sha256').update(text).digest('hex') as OperationHash;
  return { hash, text, document: parse(text), name: undefined, kind: 'query' };
}

function asked(signal = new AbortController().signal) {
  return { shape: '', labels: new Set<string>(), signal };
}

/** Selections that the planner can satisfy in 4^n ways. */
function tree(depth: number): string {
  return depth === 0 ? 'a b c d' : `a b c d n { ${tree(depth - 1)} } m { ${tree(depth - 1)} }`;
}
const bomb = `{ n { ${tree(8)} } }`;

/** For tests that leave it as they found it; starting one takes a second. */
const planner = createPlanner(supergraph, plannerDefaults);
after(() => planner.close());

test('a plan is made in the thread and comes back whole', async () => {
  assert.equal(await planner.ready, undefined);
  const result = await planner.plan(operation('{ n { x: id a b } }'), asked());
  assert.ok(result.kind === 'planned' && result.plan.root?.kind === 'parallel');
  const [first] = result.plan.root.branches;
  assert.ok(first?.kind === 'fetch');
  assert.equal(first.entities, undefined);
  assert.deepEqual(result.plan.internalKeys, {});
});

test('planning beyond its time ends with QUERY_PLANNING_TIMEOUT, is not tried again at once, and the next operation is planned', async (t) => {
  const planner = started(t, { timeoutMs: 400 });
  await planner.ready;
  const result = await planner.plan(operation(bomb), asked());
  assert.ok(result.kind === 'failed' && result.failure.code === 'QUERY_PLANNING_TIMEOUT');
  assert.match(result.failure.message, /took too long/);
  const again = await planner.plan(operation(bomb), asked());
  assert.deepEqual(again, result);
  assert.equal(planner.stats().misses, 1);
  assert.equal((await planWhenRestarted(planner, '{ n { id } }')).kind, 'planned');
  assert.equal(planner.stats().restarts, 1);
});

/** The restart of a thread may outlast the short waiting time of such a test. */
async function planWhenRestarted(planner: Planner, text: string) {
  for (let attempt = 0; ; attempt += 1) {
    const result = await planner.plan(operation(text), asked());
    if (result.kind === 'planned' || attempt === 20) return result;
  }
}

test('planning beyond its memory ends with a failure, and the next operation is planned', async (t) => {
  const planner = started(t, { timeoutMs: 30_000, memoryMb: 40 });
  assert.equal(await planner.ready, undefined);
  const large = Array.from({ length: 40_000 }, (_, number) => `x${number}: n { a b }`).join(' ');
  const result = await planner.plan(operation(`{ ${large} }`), asked());
  assert.ok(result.kind === 'failed' && result.failure.code === 'QUERY_PLANNING_TIMEOUT');
  assert.match(result.failure.message, /memory/);
  assert.equal((await planner.plan(operation('{ n { id } }'), asked())).kind, 'planned');
});

test('the main thread stays free while a plan is made', async (t) => {
  const planner = started(t, { timeoutMs: 600 });
  await planner.ready;
  const order: string[] = [];
  const planning = planner.plan(operation(bomb), asked()).then(() => order.push('plan'));
  let turns = 0;
  while (turns < 50) {
    await new Promise((resolve) => setImmediate(resolve));
    turns += 1;
  }
  order.push('other work');
  await planning;
  assert.deepEqual(order, ['other work', 'plan']);
});

test('what was used most warms the next planner up, with progress told', async (t) => {
  const planner = started(t);
  for (const text of [
    '{ n { id } }',
    '{ n { a } }',
    '{ n { a } }',
    '{ n { b } }',
    '{ n { a } }',
    '{ n { b } }',
  ]) {
    await planner.plan(operation(text), asked());
  }
  const hot = planner.hottest(2);
  assert.deepEqual(
    hot.map(({ operation: { text }, uses }) => [text, uses]),
    [
      ['{ n { a } }', 3],
      ['{ n { b } }', 2],
    ],
  );
  const next = started(t);
  const told: number[] = [];
  const gone = { operation: operation('{ gone }'), shape: '', labels: new Set<string>() };
  const { signal } = new AbortController();
  const progress = await next.warmUp([...hot, gone], signal, ({ done }) => told.push(done));
  assert.deepEqual(progress, { done: 3, total: 3, failed: 1 });
  assert.deepEqual(told, [1, 2, 3]);
  await next.plan(operation('{ n { a } }'), asked());
  assert.equal(next.stats().hits, 1);
});

test('an operation that waits leaves the queue when its caller leaves', async (t) => {
  const planner = started(t);
  const leaving = new AbortController();
  const result = planner.plan(operation('{ n { id } }'), asked(leaving.signal));
  leaving.abort();
  const other = planner.plan(operation('{ n { id } }'), asked());
  const left = await result;
  assert.ok(left.kind === 'failed');
  assert.match(left.failure.message, /request ended/);
  assert.equal((await other).kind, 'planned');
});

test('labels that the supergraph does not have make no plan of their own', async (t) => {
  const moving = loaded(
    composedSupergraph({
      a: `type Query { u: User } type User @key(fields: "id") { id: ID! age: Int }`,
      b: `type User @key(fields: "id") { id: ID! age: Int @override(from: "a", label: "percent(10)") }`,
    }),
  );
  const planner = started(t, {}, moving);
  const one = await planner.plan(operation('{ u { age } }'), asked());
  const same = await planner.plan(operation('{ u { age } }'), { ...asked(), labels: new Set(['unknown']) });
  const other = await planner.plan(operation('{ u { age } }'), {
    ...asked(),
    labels: new Set(['percent(10)']),
  });
  assert.ok(one.kind === 'planned' && same.kind === 'planned' && other.kind === 'planned');
  assert.equal(one.plan, same.plan);
  assert.equal(one.plan.root?.kind, 'fetch');
  assert.equal(other.plan.root?.kind, 'sequence');
});

test('a full queue refuses at once', async (t) => {
  const planner = started(t, { queueLimit: 1 });
  const first = planner.plan(operation('{ n { id } }'), asked());
  const second = await planner.plan(operation('{ n { a } }'), asked());
  assert.ok(second.kind === 'failed' && second.failure.code === 'QUERY_PLANNING_TIMEOUT');
  assert.equal((await first).kind, 'planned');
  assert.equal((await planner.plan(operation('{ n { a } }'), asked())).kind, 'planned');
});

test('an operation that does not fit the supergraph fails with its reason for the log alone', async () => {
  const result = await planner.plan(operation('{ nothing }'), asked());
  assert.ok(result.kind === 'failed' && result.failure.code === 'QUERY_PLANNING_FAILED');
  assert.doesNotMatch(result.failure.message, /nothing/);
  assert.match(result.failure.detail ?? '', /nothing/);
});

test('a supergraph that the planner cannot read makes it broken, not hanging', async (t) => {
  const planner = started(t, {}, { ...supergraph, plannerSdl: 'type Query { a: Int }' });
  const waiting = planner.plan(operation('{ n { id } }'), asked());
  assert.match((await planner.ready) ?? '', /core schema/);
  for (const result of [await waiting, await planner.plan(operation('{ n { id } }'), asked())]) {
    assert.ok(result.kind === 'failed' && result.failure.code === 'QUERY_PLANNING_FAILED');
  }
});

test('after closing nothing is planned any more', async (t) => {
  const planner = started(t);
  const waiting = planner.plan(operation('{ n { id } }'), asked());
  await planner.close();
  assert.equal((await waiting).kind, 'failed');
  assert.equal((await planner.plan(operation('{ n { a } }'), asked())).kind, 'failed');
});
