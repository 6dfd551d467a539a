import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { composedSupergraph } from '../../test/plan/composed-supergraph.ts';
import type { Plan, PlanNode } from '../model/plan.ts';
import type { Lookup } from '../model/store.ts';
import { apolloPlanner } from './apollo-planner.ts';
import type { Planning } from './plan-cache.ts';
import { planningFailures } from './planning-failures.ts';
import { plannerVersion } from './planner-version.ts';
import { withSharedPlans, type PlanOrigin } from './shared-plans.ts';
import { planText, storedPlan } from './stored-plan.ts';
import { loadSupergraph } from './supergraph.ts';

const shop = loadSupergraph(
  composedSupergraph({
    a: `type Query { t: T s: S c: C } type Mutation { m(x: Int): T }
      type T @key(fields: "id") { id: ID! price: Int weight: Int }
      interface S @key(fields: "id") { id: ID! } type S1 implements S @key(fields: "id") { id: ID! }
      type C @key(fields: "id") @context(name: "c") { id: ID! prop: String! u: U }
      type U @key(fields: "id") { id: ID! f(a: String @fromContext(field: "$c { prop }")): Int! }`,
    b: `type T @key(fields: "id") { id: ID! price: Int @external weight: Int @external
          shipping(fast: Boolean): Int @requires(fields: "price weight") t: T }
      type S @interfaceObject @key(fields: "id") { id: ID! name: String }
      type U @key(fields: "id") { id: ID! h: Int }`,
  }),
  { enforced: new Set(['context']) },
);
assert.ok(shop.kind === 'loaded', JSON.stringify(shop));
const { supergraph } = shop;
const subgraphs = new Set(supergraph.subgraphs.keys());
const planOf = apolloPlanner(supergraph.plannerSdl);

const operations = [
  '{ __typename }',
  '{ t { price } }',
  '{ t { shipping(fast: true) price: id } }',
  '{ s { id name ... on S1 { __typename name } } }',
  'query Q($v: Boolean!) { t { shipping @skip(if: $v) t @include(if: $v) { price t { shipping } } } }',
  'mutation M($x: Int) { m(x: $x) { id t { id } } }',
  '{ c { prop: id u { f h } } }',
] as const;

for (const text of operations) {
  test(`the plan of ${text} comes back from its text as it was`, () => {
    const plan = planOf({ text, labels: [] });
    assert.deepEqual(storedPlan(planText(plan), subgraphs), JSON.parse(JSON.stringify(plan)));
  });
}

const plan = planOf({ text: operations[4], labels: [] });

test('a text that is no plan is refused', () => {
  for (const text of ['', 'x', 'null', '[]', '{}', '{"root":1,"internalKeys":{}}', '['.repeat(100_000)])
    assert.equal(storedPlan(text, subgraphs), undefined, text.slice(0, 30));
  const deep = `${'{"kind":"sequence","steps":['.repeat(20_000)}${']}'.repeat(20_000)}`;
  assert.equal(storedPlan(`{"root":${deep},"internalKeys":{}}`, subgraphs), undefined);
});

const fetchNode = {
  kind: 'fetch',
  subgraph: 'a',
  operationKind: 'query',
  document: 'query Q { t { id } }',
  operationName: 'Q',
  variables: [],
  outputRewrites: [],
};
const stored = (node: object): Plan | undefined =>
  storedPlan(JSON.stringify({ root: node, internalKeys: {} }), subgraphs);

test('a whole fetch is believed', () => {
  assert.ok(stored(fetchNode));
});

for (const [what, change] of [
  ['another subgraph', { subgraph: 'elsewhere' }],
  ['another kind of operation', { operationKind: 'mutation' }],
  ['another name', { operationName: 'P' }],
  ['two operations', { document: 'query Q { t { id } } query P { t { id } }' }],
  ['no GraphQL', { document: 'query Q { t {' }],
  ['a variable that is no name', { variables: ['a"b'] }],
  ['a key of its own', { more: 1 }],
  ['an unknown kind', { kind: 'constructor' }],
  ['half of an entity input', { entities: { paths: [] } }],
] as const) {
  test(`a fetch with ${what} is refused`, () => {
    assert.equal(stored({ ...fetchNode, ...change }), undefined);
  });
}

test('whatever stands in place of a part, the answer is a plan or nothing, never a throw', () => {
  const text = planText(plan);
  const parts = [...text.matchAll(/"[^"]*"|\d+|\[\]|true/g)];
  fc.assert(
    fc.property(fc.nat(parts.length - 1), fc.jsonValue({ maxDepth: 2 }), (number, value) => {
      const part = parts[number];
      assert.ok(part);
      const changed =
        text.slice(0, part.index) + JSON.stringify(value) + text.slice(part.index + part[0].length);
      const found = storedPlan(changed, subgraphs);
      assert.ok(found?.root === undefined || kinds.has(found.root.kind));
    }),
    { numRuns: 500 },
  );
});
const kinds: ReadonlySet<PlanNode['kind']> = new Set(['sequence', 'parallel', 'condition', 'fetch']);

interface Kept {
  readonly texts: Map<string, string>;
  readonly garbage: number[];
  readonly planning: (origin?: Partial<PlanOrigin>) => { planning: Planning; asked: string[] };
}

/** Gateways over one store. */
function gateways(read?: () => Promise<Lookup>): Kept {
  const texts = new Map<string, string>();
  const garbage: number[] = [];
  const known = (key: string): Promise<Lookup> => {
    const text = texts.get(key);
    return Promise.resolve(text === undefined ? { kind: 'miss' } : { kind: 'hit', text });
  };
  const store = {
    read: read ?? known,
    write: (key: string, text: string) => Promise.resolve(void texts.set(key, text)),
  };
  const origin = { plannerVersion: '1', supergraphId: 's', subgraphs };
  return {
    texts,
    garbage,
    planning: (change = {}) => {
      const asked: string[] = [];
      const own: Planning = ({ text }) => {
        asked.push(text);
        return Promise.resolve(
          text === 'bad'
            ? { kind: 'failed', failure: planningFailures.broken, lasting: true }
            : { kind: 'planned', plan, bytes: 7 },
        );
      };
      const shared = { store, onGarbage: () => garbage.push(1) };
      return { asked, planning: withSharedPlans(own, shared, { ...origin, ...change }) };
    },
  };
}

const never = new AbortController().signal;

test('what one gateway planned another one does not plan again', async () => {
  const { planning, texts } = gateways();
  const [one, other] = [planning(), planning()];
  await one.planning({ text: 'x', labels: ['l', 'k'] }, never);
  const found = await other.planning({ text: 'x', labels: ['k', 'l'] }, never);
  assert.ok(found.kind === 'planned' && found.bytes > 7);
  assert.deepEqual(found.plan, JSON.parse(JSON.stringify(plan)));
  assert.deepEqual([one.asked, other.asked, texts.size], [['x'], [], 1]);
});

for (const [what, change, labels] of [
  ['another planner', { plannerVersion: '2' }, []],
  ['another supergraph', { supergraphId: 't' }, []],
  ['other labels', {}, ['l']],
] as const) {
  test(`plans of ${what} are not used`, async () => {
    const { planning } = gateways();
    await planning().planning({ text: 'x', labels: [] }, never);
    const other = planning(change);
    await other.planning({ text: 'x', labels }, never);
    assert.deepEqual(other.asked, ['x']);
  });
}

test('garbage in the store is told and planned over', async () => {
  const { planning, texts, garbage } = gateways();
  const { planning: plans, asked } = planning();
  await plans({ text: 'x', labels: [] }, never);
  for (const key of texts.keys()) texts.set(key, '{"root":');
  assert.equal((await plans({ text: 'x', labels: [] }, never)).kind, 'planned');
  assert.equal((await plans({ text: 'x', labels: [] }, never)).kind, 'planned');
  assert.deepEqual([asked.length, garbage.length], [2, 1]);
});

test('a store that cannot be asked costs nothing but the planning', async () => {
  const { planning } = gateways(() => Promise.resolve({ kind: 'unavailable' }));
  const { planning: plans, asked } = planning();
  assert.equal((await plans({ text: 'x', labels: [] }, never)).kind, 'planned');
  assert.deepEqual(asked, ['x']);
});

test('failures are not shared', async () => {
  const { planning, texts } = gateways();
  assert.equal((await planning().planning({ text: 'bad', labels: [] }, never)).kind, 'failed');
  assert.equal(texts.size, 0);
});

test('the version of the planner is the same each time it is asked for', () => {
  assert.match(plannerVersion(), /^[\w-]{43}$/);
  assert.equal(plannerVersion(), plannerVersion());
});
