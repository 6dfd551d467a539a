import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema, parse, type DocumentNode } from 'graphql';
import { anonymous } from '../model/principal.ts';
import type { Denial, Operation, OperationHash } from '../model/operation.ts';
import { createAuthorizer, denialsFor } from './authorize.ts';

const supergraph = parse(`
  schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY) { query: Query }
  directive @link(url: String!, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
  directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
  scalar link__Import
  enum link__Purpose { SECURITY EXECUTION }
  type Query { open: Int secret: Int @authenticated }
`);
const schema = buildSchema('type Query { open: Int secret: Int }');

function deniedPaths(text: string, variables: Readonly<Record<string, unknown>>): readonly string[] {
  const document: DocumentNode = parse(text);
  const operation: Operation = {
    hash: text as OperationHash,
    text,
    document,
    name: undefined,
    kind: 'query',
  };
  const settings = { enabled: true, mode: 'filter', dryRun: false, introspection: 'all' } as const;
  const decision = createAuthorizer(supergraph, schema, settings).authorize(operation, anonymous);
  const all: readonly Denial[] = decision.kind === 'allowed' ? decision.authorized.denials : decision.denials;
  return denialsFor(all, variables).map(({ path }) => path.join('.'));
}

for (const [text, variables, expected] of [
  ['query ($yes: Boolean!) { open secret @include(if: $yes) }', { yes: false }, []],
  ['query ($yes: Boolean!) { open secret @include(if: $yes) }', { yes: true }, ['secret']],
  ['query ($no: Boolean!) { open ... @skip(if: $no) { secret } }', { no: true }, []],
  [
    'query ($no: Boolean!) { open ...F @skip(if: $no) } fragment F on Query { secret }',
    { no: false },
    ['secret'],
  ],
  ['{ open secret @include(if: false) }', {}, []],
  ['query ($a: Boolean!) { secret @include(if: $a) ... { secret } }', { a: true }, ['secret']],
] as const) {
  test(`${text} with ${JSON.stringify(variables)}: told of ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(deniedPaths(text, variables), expected);
  });
}
