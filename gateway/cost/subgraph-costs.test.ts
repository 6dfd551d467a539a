import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildASTSchema, parse } from 'graphql';
import type { Plan } from '../model/plan.ts';
import { anonymous } from '../model/principal.ts';
import type { CallContext, SubgraphAnswer, SubgraphCall } from '../model/subgraph-call.ts';
import { createCosts, createSubgraphCosts, type SubgraphCostSettings } from './cost.ts';

const supergraph = parse(`
  directive @cost(weight: Int!) on OBJECT | FIELD_DEFINITION
  type Query { item: Item }
  type Mutation { change: Item }
  interface Media { id: ID stars: Int }
  type Book implements Media @cost(weight: 3) { id: ID stars: Int pages: Int }
  type Film implements Media { id: ID stars: Int cast: [Item] }
  type Item { id: ID grid: [Item] heavy: Int @cost(weight: 9) }
  type Unrelated @cost(weight: 1000) { id: ID }`);
const schema = buildASTSchema(supergraph, { assumeValid: true, assumeValidSDL: true });

const plan: Plan = { root: undefined, internalKeys: {} };
const context: CallContext = {
  ...{ requestId: 'r', principal: anonymous, clientHeaders: {} },
  signal: new AbortController().signal,
};

const entities = (selection: string): string =>
  `query($representations: [_Any!]!, $deep: Boolean) { _entities(representations: $representations) { ${selection} } }`;

function call(document: string, more: Partial<SubgraphCall> = {}): SubgraphCall {
  const parts = { document, variables: () => '', representations: undefined, bodyFor: () => '' };
  return { subgraph: 'one', operationKind: 'query', body: '', entityCount: 0, parts, ...more };
}

const answered = (data: Record<string, unknown> | null): SubgraphAnswer => ({
  ...{ kind: 'answered', data, errors: [], headers: {}, mayNeedEscape: false },
});

/** One operation that runs on subgraphs which all give this. */
function running(settings: Partial<SubgraphCostSettings>, given = answered({}), variables = {}) {
  const all = { max: undefined, listSize: 10 };
  const usual = { enforced: true, weighed: true, all, subgraphs: new Map() };
  const costs = createSubgraphCosts({ ...usual, ...settings }, (listSize) =>
    createCosts(supergraph, schema, { listSize }),
  );
  const told: string[] = [];
  const meter = costs.enter(plan, variables, (warning) => void told.push(warning));
  const ask = meter.calls(() => Promise.resolve(given));
  return { told, actual: () => meter.actual(), ask: (one: SubgraphCall) => ask(one, context) };
}

/** What a call is estimated at, as the refusal says it. */
async function estimateOf(one: SubgraphCall, variables = {}): Promise<unknown> {
  const all = { max: -1, listSize: 10 };
  const answer = await running({ all }, undefined, variables).ask(one);
  return answer.kind === 'failed' ? answer.error.extensions['estimated'] : answer;
}

const selections: readonly (readonly [string, number])[] = [
  ['... on Item { id }', 1],
  ['... on Item { heavy }', 10],
  ['... on Item { grid { heavy } }', 1 + 10 * 10],
  ['... on Book { pages } ... on Film { id }', 3],
  ['... on Book { pages } ... on Film { cast { id } }', 11],
  ['... on Media { stars }', 3],
  ['...Many } } fragment Many on Item { heavy grid { id', 20],
];

for (const [selection, each] of selections) {
  test(`an entity with ${selection} costs ${String(each)}`, async () => {
    assert.equal(await estimateOf(call(entities(selection), { entityCount: 7 })), 7 * each);
  });
}

test('what a variable leaves out costs nothing', async () => {
  const one = call(entities('... on Item { id heavy @include(if: $deep) }'), { entityCount: 2 });
  assert.equal(await estimateOf(one, { deep: false }), 2);
  assert.equal(await estimateOf(one, { deep: true }), 20);
});

test('a mutation of a subgraph costs 10 more', async () => {
  assert.equal(await estimateOf(call('mutation { change { id } }', { operationKind: 'mutation' })), 11);
});

test('a call that is not made counts for nothing, and a smaller one after it is made', async () => {
  const one = running({ all: { max: 5, listSize: 10 } });
  const ask = (entityCount: number) => one.ask(call(entities('... on Item { id }'), { entityCount }));
  assert.equal((await ask(4)).kind, 'answered');
  assert.equal((await ask(2)).kind, 'failed');
  assert.equal((await ask(1)).kind, 'answered');
  assert.equal((await ask(1)).kind, 'failed');
  assert.deepEqual(one.told, ['SUBGRAPH_COST_ESTIMATED_TOO_EXPENSIVE one']);
});

test('an answer costs what it holds; entities need not say their type', async () => {
  const given = [{ pages: 1 }, { cast: [{ id: 1 }, { id: 2 }] }, null, { __typename: 'Film', cast: [] }];
  const one = running({}, answered({ _entities: given }));
  await one.ask(call(entities('... on Book { pages } ... on Film { cast { id } }'), { entityCount: 4 }));
  // Without a type an object counts as the dearest that it may be.
  assert.equal(one.actual(), 3 + 3 + 0 + 1);
});

test('what no subgraph gave costs nothing, and nobody weighs who is not asked to', async () => {
  const none = running({}, answered(null));
  await none.ask(call('{ item { id } }'));
  assert.equal(none.actual(), 0);
  const unweighed = running({ weighed: false }, answered({ item: { id: 1 } }));
  await unweighed.ask(call('{ item { id } }'));
  assert.equal(unweighed.actual(), undefined);
});

test('lists in lists without end are counted as estimated', async () => {
  let grid: unknown[] = [];
  for (let depth = 0; depth < 100_000; depth += 1) grid = [grid];
  const one = running({}, answered({ item: { grid } }));
  assert.equal((await one.ask(call('{ item { grid { id } } }'))).kind, 'answered');
  assert.equal(one.actual(), 1 + 10);
});

test('a call of which nobody knows the parts is made as it is', async () => {
  const one = running({ all: { max: 0, listSize: 10 } });
  const bare: SubgraphCall = { subgraph: 'one', operationKind: 'query', body: '', entityCount: 3 };
  assert.equal((await one.ask(bare)).kind, 'answered');
});

test('a call of several fetches costs what each of them asks for, by its own number of entities', async () => {
  const document = `query($a: [_Any!]!, $b: [_Any!]!) {
    _0: _entities(representations: $a) { ... on Item { id } }
    _1: _entities(representations: $b) { ... on Item { heavy } } }`;
  const joined = { document, entityCounts: { a: 4, b: 2 } };
  const one: SubgraphCall = { subgraph: 'one', operationKind: 'query', body: '', entityCount: 6, joined };
  assert.equal(await estimateOf(one), 4 * 1 + 2 * 10);
  const given = answered({ _0: [{ id: '1' }, null], _1: [{ heavy: 1 }] });
  const { ask, actual } = running({}, given);
  await ask(one);
  assert.equal(actual(), 1 + 10);
});
