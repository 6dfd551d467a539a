import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema, Kind, parse, visit } from 'graphql';
import type { Operation, OperationHash } from '../model/operation.ts';
import { anonymous, type Principal } from '../model/principal.ts';
import { createAuthorizer, forVariables, type Authorization } from './authorize.ts';

const known: Principal = {
  kind: 'known',
  subject: 'u1',
  issuer: 'i',
  scopes: new Set(),
  roles: new Set(),
  policies: new Set(),
  claims: {},
  expiresAt: 0,
};

/** As an older composition leaves it: what `hr` requires is told on the interface, and no rule of it anywhere. */
const media = `
  schema @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY) { query: Query }
  directive @authenticated on FIELD_DEFINITION
  type Query { book: Book medias: [Media] }
  interface Media { id: ID! isbn: String hr: String @join__field(graph: STATS, requires: "isbn") }
  type Book implements Media { id: ID! isbn: String @authenticated hr: String @join__field }
  type Film implements Media { id: ID! isbn: String hr: String @join__field }
`;

interface Asked {
  readonly mode?: 'filter' | 'reject';
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly principal?: Principal;
  readonly sdl?: string;
}

function decided(text: string, asked: Asked = {}): Authorization {
  const { mode = 'filter', variables = {}, principal = anonymous, sdl = media } = asked;
  const document = parse(sdl);
  const client = buildSchema(sdl.replace(/ @(link|join__field)\([^)]*\)| @join__field/g, ''), {
    assumeValidSDL: true,
  });
  const { authorize } = createAuthorizer(document, client, {
    enabled: true,
    mode,
    dryRun: false,
    introspection: 'all',
  });
  const operation: Operation = {
    hash: text as OperationHash,
    text,
    document: parse(text),
    name: undefined,
    kind: text.startsWith('mutation') ? 'mutation' : 'query',
  };
  return forVariables(authorize(operation, principal), variables);
}

function fieldsIn(authorization: Authorization): readonly string[] {
  assert.equal(authorization.kind, 'allowed');
  const names: string[] = [];
  const { allowed } = authorization.authorized;
  if (allowed !== undefined)
    visit(allowed.document, { [Kind.FIELD]: (node) => void names.push(node.name.value) });
  return names;
}

test('a field of an @interfaceObject that requires a protected field of one implementation is protected there', () => {
  assert.deepEqual(fieldsIn(decided('{ book { id hr } }')), ['book', 'id']);
  assert.deepEqual(fieldsIn(decided('{ medias { ... on Book { hr } ... on Film { hr } } }')), [
    'medias',
    'hr',
  ]);
  assert.deepEqual(fieldsIn(decided('{ medias { id hr } }')), ['medias', 'id']);
  assert.deepEqual(fieldsIn(decided('{ book { hr } }', { principal: known })), ['book', 'hr']);
});

test('reject mode refuses an operation only for what its variables ask for, and never fetches the rest', () => {
  const text = 'query ($with: Boolean!) { book { id isbn @include(if: $with) } }';
  assert.equal(decided(text, { mode: 'reject', variables: { with: true } }).kind, 'rejected');
  const without = decided(text, { mode: 'reject', variables: { with: false } });
  assert.deepEqual(fieldsIn(without), ['book', 'id']);
});

test('roots by other names are protected as Query and Mutation are', () => {
  const sdl = `
    schema @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY) { query: Reads mutation: Writes }
    directive @authenticated on FIELD_DEFINITION | OBJECT
    type Reads { open: Int secret: Int @authenticated self: Reads }
    type Writes @authenticated { write: Int }
  `;
  assert.deepEqual(fieldsIn(decided('{ open self { secret open } x: secret }', { sdl })), [
    'open',
    'self',
    'open',
  ]);
  assert.deepEqual(fieldsIn(decided('mutation { write }', { sdl })), []);
});
