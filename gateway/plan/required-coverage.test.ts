import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSubgraph, Subgraphs } from '@apollo/federation-internals';
import type { FetchNode, RequiredSelection } from '../model/plan.ts';
import type { RequiredInputs } from './condition-aliases.ts';
import { fieldsWithoutInputs } from './required-coverage.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@provides"])';

const input = (name: string): RequiredSelection => ({
  kind: 'field',
  readAs: name,
  sendAs: name,
  selections: undefined,
});

/** `T.r` of subgraph `s` requires `T.x`, which it may know by itself where the type says so. */
const inputs: RequiredInputs = {
  of: (_subgraph, typeName, fieldName) => (typeName === 'T' && fieldName === 'r' ? [input('x')] : undefined),
  isNeededBy: (subgraph) => subgraph === 's',
  hasAliases: false,
};

function subgraphs(provides = ''): Subgraphs {
  const all = new Subgraphs();
  const sdl = `${link} type Query { t: T ${provides} } type T @key(fields: "id") { id: ID! x: Int @external r: Int @requires(fields: "x") }`;
  all.add(buildSubgraph('s', 'http://s', sdl));
  return all;
}

function fetch(document: string, sent?: readonly string[]): FetchNode {
  return {
    kind: 'fetch',
    subgraph: 's',
    operationKind: 'query',
    document,
    operationName: undefined,
    variables: [],
    entities: sent && {
      paths: [[{ kind: 'field', name: 't', onTypes: undefined }]],
      requires: [{ onType: 'T', selections: sent.map(input) }],
      inputRewrites: [],
      contextRewrites: [],
    },
    outputRewrites: [],
  };
}

const entities = (fields: string): string =>
  `query($representations:[_Any!]!){_entities(representations:$representations){...on T{${fields}}}}`;

for (const [title, node, bare] of [
  ['sent with the representation', fetch(entities('r'), ['__typename', 'id', 'x']), []],
  ['not sent', fetch(entities('r'), ['__typename', 'id']), ['T.r']],
  ['asked for beside it of a subgraph that cannot know it', fetch(entities('x r'), ['id']), ['T.r']],
  ['not sent by a fetch of root fields', fetch('{t{r}}'), ['T.r']],
  ['not sent, behind a fragment', fetch('{...F}fragment F on Query{t{...on T{r}}}'), ['T.r']],
  ['not needed', fetch('{t{id}}'), []],
] as const) {
  test(`what a field requires is ${title}`, () =>
    assert.deepEqual(fieldsWithoutInputs(node, subgraphs(), inputs), bare));
}

test('what a field requires may be provided where it stands', () => {
  const provided = subgraphs('@provides(fields: "x")');
  assert.deepEqual(fieldsWithoutInputs(fetch('{t{x r}}'), provided, inputs), []);
  assert.deepEqual(fieldsWithoutInputs(fetch('{t{r}}'), provided, inputs), ['T.r']);
});
