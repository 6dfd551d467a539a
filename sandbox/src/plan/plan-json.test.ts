import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf, parsePlan, type PlanStep } from './plan-json.ts';

const fetchJson = (subgraph: string): object => ({ kind: 'fetch', subgraph, document: '{ a }' });

const planJson = {
  object: {
    root: {
      kind: 'parallel',
      branches: [
        {
          kind: 'sequence',
          steps: [fetchJson('a'), { kind: 'parallel', branches: [fetchJson('b'), fetchJson('a')] }],
        },
        { kind: 'condition', variable: 'withC', whenTrue: fetchJson('c') },
      ],
    },
  },
  text: 'QueryPlan {}',
};

test('rounds are the longest chain of fetches that wait for one another', () => {
  assert.deepEqual(factsOf(parsePlan(planJson)?.root), { fetches: 4, subgraphs: ['a', 'b', 'c'], rounds: 2 });
});

test('a fetch tells where its entities stand and what is sent for each', () => {
  const root: unknown = {
    ...fetchJson('reviews'),
    entities: {
      paths: [[{ kind: 'field', name: 'orders' }, { kind: 'list' }, { kind: 'field', name: 'product' }]],
      requires: [
        {
          onType: 'Product',
          selections: [
            { kind: 'field', readAs: 'id', sendAs: 'id' },
            { kind: 'on', onType: 'Book', selections: [{ kind: 'field', readAs: 'isbn', sendAs: 'isbn' }] },
          ],
        },
      ],
    },
  };
  const step = parsePlan({ object: { root } })?.root;
  assert.ok(step?.kind === 'fetch');
  assert.deepEqual(step.paths, ['orders[].product']);
  assert.deepEqual(step.sends, ['Product { id ... on Book { isbn } }']);
});

test('a plan without a root fetches nothing', () => {
  assert.deepEqual(parsePlan({ object: {}, text: 'QueryPlan {}' }), {
    root: undefined,
    text: 'QueryPlan {}',
  });
});

test('a plan nested without end is cut, not followed until the stack is full', () => {
  const root: unknown = Array.from({ length: 5000 }).reduce<object>(
    (inner) => ({ kind: 'sequence', steps: [inner] }),
    fetchJson('a'),
  );
  const depthOf = (step: PlanStep | undefined): number =>
    step?.kind === 'sequence' ? 1 + depthOf(step.steps[0]) : 0;
  assert.equal(depthOf(parsePlan({ object: { root } })?.root), 101);
});

for (const json of [undefined, null, 7, [], {}, { object: 'no' }]) {
  test(`${JSON.stringify(json)} is no plan`, () => assert.equal(parsePlan(json), undefined));
}
