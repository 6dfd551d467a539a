import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildASTSchema, parse } from 'graphql';
import type { EntityPath, FetchNode, Plan, PlanNode } from '../model/plan.ts';
import { createCosts, planCosts, type Costs } from './cost.ts';

const supergraph = parse(`
  directive @listSize(assumedSize: Int, slicingArguments: [String!], requireOneSlicingArgument: Boolean) on FIELD_DEFINITION
  type Query {
    shops(first: Int): [Shop] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)
    media: Media
  }
  type Shop { id: ID items: [Item] @listSize(assumedSize: 4) owner: Owner }
  type Item { id: ID stock: Int }
  type Owner { id: ID name: String }
  interface Media { id: ID }
  type Book implements Media { id: ID parts: [Item] @listSize(assumedSize: 2) }
  type Film implements Media { id: ID parts: [Item] @listSize(assumedSize: 9) }`);
const schema = buildASTSchema(supergraph, { assumeValid: true, assumeValidSDL: true });
const costs = (listSize = 10): Costs => createCosts(supergraph, schema, { listSize });

function fetch(subgraph: string, document: string, ...paths: readonly string[]): FetchNode {
  const pathOf = (text: string): EntityPath =>
    text
      .split('.')
      .map((name) =>
        name === '@' ? { kind: 'list', onTypes: undefined } : { kind: 'field', name, onTypes: undefined },
      );
  const entities =
    paths.length === 0
      ? undefined
      : { paths: paths.map(pathOf), requires: [], inputRewrites: [], contextRewrites: [] };
  return {
    ...{ kind: 'fetch', subgraph, operationKind: 'query', document, operationName: undefined },
    ...{ variables: [], entities, outputRewrites: [] },
  };
}

const entityDocument = (selection: string): string =>
  `query($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`;

function costsOf(query: string, root: PlanNode, more: { variables?: object; plan?: Partial<Plan> } = {}) {
  const { variables = {}, plan = {} } = more;
  const operation = { document: parse(query), kind: 'query' } as const;
  return planCosts(
    { root, internalKeys: {}, ...plan },
    {
      ...{ operation, variables: variables as Record<string, unknown> },
      ...{ costsFor: () => costs(), clientCosts: costs() },
    },
  );
}

test('entities count as often as the lists above them promise, with the variables', () => {
  const root: PlanNode = {
    kind: 'sequence',
    steps: [
      fetch('shops', 'query($n: Int) { shops(first: $n) { id items { id } } }'),
      {
        kind: 'parallel',
        branches: [
          fetch('stock', entityDocument('... on Item { stock }'), 'shops.@.items.@'),
          fetch('owners', entityDocument('... on Owner { name }'), 'shops.@.owner'),
        ],
      },
    ],
  };
  const query = 'query($n: Int) { shops(first: $n) { items { stock } owner { name } } }';
  assert.deepEqual(costsOf(query, root, { variables: { n: 3 } }), [
    { subgraph: 'shops', calls: 1, entities: 0, cost: 15 },
    { subgraph: 'stock', calls: 1, entities: 12, cost: 12 },
    { subgraph: 'owners', calls: 1, entities: 3, cost: 3 },
  ]);
});

test('calls of one subgraph are added up, also those for entities at several places', () => {
  const root: PlanNode = {
    kind: 'sequence',
    steps: [
      fetch('shops', '{ shops { id } }'),
      fetch('shops', entityDocument('... on Item { id }'), 'shops.@.items.@', 'shops.@.owner'),
    ],
  };
  const query = '{ shops { items { id } owner { id } } }';
  assert.deepEqual(costsOf(query, root), [{ subgraph: 'shops', calls: 2, entities: 50, cost: 60 }]);
});

test('of several types the longest list counts, and fields that the planner renamed are found', () => {
  const root = fetch('items', entityDocument('... on Item { stock }'), 'media._k0_.@');
  const query = '{ media { ... on Book { of: parts { id } } ... on Film { of: parts { id } } } }';
  const plan = { internalKeys: { 1: '_k0_', 3: '_k0_' } };
  assert.equal(costsOf(query, root, { plan })[0]?.entities, 9);
});

test('of two branches the one that the variables choose is counted', () => {
  const root: PlanNode = {
    ...{ kind: 'condition', variable: 'x' },
    whenTrue: fetch('a', '{ shops(first: 5) { id } }'),
    whenFalse: fetch('b', '{ shops(first: 2) { id } }'),
  };
  const subgraphs = (x: boolean) => costsOf('{ shops { id } }', root, { variables: { x } });
  assert.deepEqual(subgraphs(true), [{ subgraph: 'a', calls: 1, entities: 0, cost: 5 }]);
  assert.deepEqual(subgraphs(false), [{ subgraph: 'b', calls: 1, entities: 0, cost: 2 }]);
});

test('what the operation does not select counts as often as what is above it', () => {
  const root = fetch('other', entityDocument('... on Item { stock }'), 'shops.@.unknown.@');
  assert.equal(costsOf('{ shops(first: 7) { id } }', root)[0]?.entities, 7);
});
