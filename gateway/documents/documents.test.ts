import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { buildSchema, print } from 'graphql';
import { documents, type DocumentSettings, type Prepared, type TextRequest } from './documents.ts';

const schema = buildSchema(`
  type Query { user(id: ID!): User, users(filter: Filter, ids: [Int!]): [User!]!, find(json: JSON): String, nth(n: Int): User }
  type Mutation { rename(name: String!): User }
  type Subscription { ticks: Int }
  type User { id: ID!, name: String, friend: User }
  input Filter { name: String!, size: Size, inner: Filter, list: [Int!] }
  enum Size { SMALL LARGE }
  scalar JSON
`);

const settings: DocumentSettings = {
  maxTokens: 15_000,
  introspection: true,
  suggestions: false,
  apq: { enabled: true, limit: 10 },
  cache: { maxOperations: 100, maxBytes: 10_000_000 },
  admit: () => ({ ok: true, warnings: [] }),
};

function request(query: string | undefined, more: Partial<TextRequest> = {}): TextRequest {
  return { method: 'POST', query, operationName: undefined, extensions: {}, ...more };
}

function prepare(
  query: string | undefined,
  more: Partial<TextRequest> = {},
  given: Partial<DocumentSettings> = {},
): Promise<Prepared> {
  return documents({ ...settings, ...given }).prepare(request(query, more), schema);
}

async function refusedWith(
  query: string | undefined,
  more: Partial<TextRequest> = {},
  given: Partial<DocumentSettings> = {},
) {
  const prepared = await prepare(query, more, given);
  assert.ok(!prepared.ok, 'the operation should be refused');
  assert.ok(JSON.stringify(prepared.refusal).length < 10_000);
  return prepared.refusal;
}

function persisted(text: string): Record<string, unknown> {
  return { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(text).digest('hex') } };
}

test('a document is reduced to the named operation and the fragments it uses', async () => {
  const text =
    'query A { user(id: 1) { ...f } } query B { users { ...g } } fragment f on User { ...g } fragment g on User { id } fragment h on User { name } query C { users { ...h } }';
  const prepared = await prepare(text, { operationName: 'A' });
  assert.ok(prepared.ok);
  const names = prepared.operation.document.definitions.map((node) =>
    'name' in node ? node.name.value : '',
  );
  assert.deepEqual(names, ['A', 'f', 'g']);
  assert.equal(prepared.operation.kind, 'query');
  assert.equal(prepared.operation.text, text);
});

test('an operation is known after it was prepared, by text and name', async () => {
  const store = documents(settings);
  const one = request('query A { users { id } } query B { users { name } }', { operationName: 'A' });
  assert.equal(store.known(one, schema), undefined);
  const prepared = await store.prepare(one, schema);
  assert.equal(store.known(one, schema), prepared);
  assert.equal(store.known({ ...one, operationName: 'B' }, schema), undefined);
  assert.equal(store.known(one, buildSchema('type Query { users: Int }')), undefined);
});

test('an invalid operation is never known', async () => {
  const store = documents(settings);
  const bad = request('{ nothing }');
  assert.equal((await store.prepare(bad, schema)).ok, false);
  assert.equal(store.known(bad, schema), undefined);
});

test('the store is bounded by bytes and count', async () => {
  const store = documents({ ...settings, cache: { maxOperations: 3, maxBytes: 1_000_000 } });
  for (let n = 0; n < 5; n++) await store.prepare(request(`{ a${String(n)}: users { id } }`), schema);
  assert.equal(store.known(request('{ a0: users { id } }'), schema), undefined);
  assert.notEqual(store.known(request('{ a4: users { id } }'), schema), undefined);
  const tiny = documents({ ...settings, cache: { maxOperations: 100, maxBytes: 2000 } });
  await tiny.prepare(request('{ users { id } }'), schema);
  assert.equal(tiny.known(request('{ users { id } }'), schema), undefined);
});

test('parse and validation errors have places and codes', async () => {
  const syntax = await refusedWith('{ users { id }');
  assert.equal(syntax.code, 'GRAPHQL_PARSE_FAILED');
  assert.deepEqual(syntax.errors[0]?.locations, [{ line: 1, column: 15 }]);
  const invalid = await refusedWith('{\n  users { nme }\n}');
  assert.equal(invalid.code, 'GRAPHQL_VALIDATION_FAILED');
  assert.deepEqual(invalid.errors[0], {
    message: 'Cannot query field "nme" on type "User".',
    locations: [{ line: 2, column: 11 }],
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  });
});

test('hints at names of the schema are given only when asked for', async () => {
  const said = await refusedWith('{ users { nme } }', {}, { suggestions: true });
  assert.match(said.errors[0]?.message ?? '', /Did you mean "name"/);
});

for (const query of [
  '{ __schema { types { name } } }',
  '{ __type(name: "User") { name } }',
  '{ ...f } fragment f on Query { x: __schema { queryType { name } } }',
  'mutation { __schema { types { name } } }',
]) {
  test(`introspection off refuses ${query}`, async () => {
    assert.equal((await refusedWith(query, {}, { introspection: false })).code, 'GRAPHQL_VALIDATION_FAILED');
  });
}

test('introspection off still answers __typename', async () => {
  assert.ok((await prepare('{ __typename users { __typename } }', {}, { introspection: false })).ok);
});

for (const [name, query, more, code] of [
  ['an unknown operation name', '{ users { id } }', { operationName: 'X' }, 'OPERATION_RESOLUTION_FAILURE'],
  [
    'several operations without a name',
    'query A { users { id } } query B { users { id } }',
    {},
    'OPERATION_RESOLUTION_FAILURE',
  ],
  ['no operation', 'fragment f on User { id }', {}, 'OPERATION_RESOLUTION_FAILURE'],
  ['no text', undefined, {}, 'BAD_REQUEST'],
  ['a mutation by GET', 'mutation { rename(name: "a") { id } }', { method: 'GET' }, 'METHOD_NOT_ALLOWED'],
  ['a subscription', 'subscription { ticks }', {}, 'BAD_REQUEST'],
  ['@defer', '{ users { ... @defer { id } } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  ['@stream', '{ users @stream { id } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  ['a type definition', 'type A { b: Int }', {}, 'OPERATION_RESOLUTION_FAILURE'],
  ['federation fields', '{ _service { sdl } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  ['12,000 nested selections', `${'{ friend '.repeat(12_000)}${'}'.repeat(12_000)}`, {}, 'MAX_DEPTH_LIMIT'],
  [
    '20,000 nested lists',
    `{ users(ids: ${'['.repeat(20_000)}${']'.repeat(20_000)}) { id } }`,
    {},
    'MAX_DEPTH_LIMIT',
  ],
  [
    '8,000 nested objects',
    `{ users(filter: ${'{ inner: '.repeat(8000)}1${'}'.repeat(8000)}) { id } }`,
    {},
    'MAX_DEPTH_LIMIT',
  ],
  [
    '20,000 nested types',
    `query($a: ${'['.repeat(20_000)}Int${']'.repeat(20_000)}) { users { id } }`,
    {},
    'MAX_DEPTH_LIMIT',
  ],
  ['7,000 chained fragments', `{ ...f0 } ${chain(7000)}`, {}, 'MAX_TOKENS_LIMIT'],
  ['1,500 chained fragments', `{ ...f0 } ${chain(1500)}`, {}, 'MAX_DEPTH_LIMIT'],
  [
    'circular fragments',
    '{ users { ...a } } fragment a on User { ...b } fragment b on User { ...a }',
    {},
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'a fragment that spreads itself',
    '{ users { ...a } } fragment a on User { ...a }',
    {},
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    '1,200 operations',
    Array.from({ length: 1200 }, (_, n) => `query q${String(n)} { users { id } }`).join(' '),
    { operationName: 'q1' },
    'BAD_REQUEST',
  ],
  ['more tokens than allowed', `{ ${'users { id } '.repeat(5000)} }`, {}, 'MAX_TOKENS_LIMIT'],
  [
    'more comments than tokens are allowed',
    `{ ${'#\n'.repeat(16_000)} users { id } }`,
    {},
    'MAX_TOKENS_LIMIT',
  ],
  ['4,000 unknown directives', `{ users ${'@a '.repeat(4000)} { id } }`, {}, 'GRAPHQL_VALIDATION_FAILED'],
  [
    '600 known directives',
    `{ users ${'@skip(if: true) '.repeat(600)} { id } }`,
    {},
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    '3,500 unknown fields',
    `{ ${Array.from({ length: 3500 }, (_, n) => `x${String(n)}`).join(' ')} }`,
    {},
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    '900 unknown variable types',
    `query(${Array.from({ length: 900 }, (_, n) => `$v${String(n)}: T${String(n)}`).join(' ')}) { users { id } }`,
    {},
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['1,400 equal fields', `{ users { ${'id '.repeat(1400)} } }`, {}, 'MAX_HEIGHT_LIMIT'],
  ['a field name of 100 kB', `{ ${'x'.repeat(100_000)} }`, {}, 'GRAPHQL_VALIDATION_FAILED'],
  ['14,000 equal fields', `{ ${'__typename '.repeat(14_000)} }`, {}, 'MAX_HEIGHT_LIMIT'],
] as const) {
  test(`refused: ${name}`, async () => {
    const refused = await refusedWith(query, more);
    assert.equal(refused.code, code);
    assert.ok(refused.errors.length <= 11);
    for (const error of refused.errors) assert.equal(error.extensions.code, code);
  });
}

function chain(length: number): string {
  const links = Array.from({ length }, (_, n) => `fragment f${String(n)} on Query { ...f${String(n + 1)} }`);
  return `${links.join(' ')} fragment f${String(length)} on Query { users { id } }`;
}

test('brackets in strings and comments do not count as nesting', async () => {
  const many = '{'.repeat(1000);
  for (const query of [
    `# ${many}\n{ user(id: "${many}") { id } }`,
    `{ user(id: """${many} \\""" ${many} " """) { id } }`,
    `{ user(id: "\\"${many}") { id } }`,
  ]) {
    assert.ok((await prepare(query)).ok, query.slice(0, 40));
  }
});

test('what is not admitted is refused before validation, and warnings are remembered', async () => {
  const limit = { code: 'MAX_DEPTH_LIMIT' as const, errors: [] };
  const refused = await refusedWith('{ nothing }', {}, { admit: () => ({ ok: false, refusal: limit }) });
  assert.equal(refused, limit);
  const store = documents({ ...settings, admit: () => ({ ok: true, warnings: ['W'] }) });
  await store.prepare(request('{ users { id } }'), schema);
  assert.deepEqual(store.known(request('{ users { id } }'), schema)?.warnings, ['W']);
});

test('a persisted query is found by its hash after it was sent once with it', async () => {
  const store = documents(settings);
  const text = '{ users { id } }';
  const byHash = request(undefined, { extensions: persisted(text) });
  const first = await store.prepare(byHash, schema);
  assert.ok(!first.ok);
  assert.equal(first.refusal.code, 'PERSISTED_QUERY_NOT_FOUND');
  assert.equal(first.refusal.errors[0]?.message, 'PersistedQueryNotFound');
  assert.ok((await store.prepare(request(text, { extensions: persisted(text) }), schema)).ok);
  const second = await store.prepare(byHash, schema);
  assert.ok(second.ok);
  assert.equal(second.operation.text, text);
  assert.equal(store.known(byHash, schema), second);
});

test('a text that is not valid, or not that of the hash, is not remembered', async () => {
  const store = documents(settings);
  for (const [text, hashed] of [
    ['{ nothing }', '{ nothing }'],
    ['{ users { id } }', '{ users { name } }'],
  ] as const) {
    assert.equal((await store.prepare(request(text, { extensions: persisted(hashed) }), schema)).ok, false);
    const again = await store.prepare(request(undefined, { extensions: persisted(hashed) }), schema);
    assert.ok(!again.ok);
    assert.equal(again.refusal.code, 'PERSISTED_QUERY_NOT_FOUND');
  }
});

test('a mutation is not run by GET, also by hash', async () => {
  const store = documents(settings);
  const text = 'mutation { rename(name: "a") { id } }';
  await store.prepare(request(text, { extensions: persisted(text) }), schema);
  const byGet = request(undefined, { method: 'GET', extensions: persisted(text) });
  assert.equal(store.known(byGet, schema), undefined);
  const refused = await store.prepare(byGet, schema);
  assert.ok(!refused.ok);
  assert.equal(refused.refusal.code, 'METHOD_NOT_ALLOWED');
});

const hash = 'a'.repeat(64);
for (const odd of [
  1,
  'x',
  [],
  {},
  { version: 2, sha256Hash: hash },
  { version: 1 },
  { version: 1, sha256Hash: 5 },
  { version: 1, sha256Hash: hash.toUpperCase() },
  { version: 1, sha256Hash: '__proto__' },
  { version: 1, sha256Hash: `${hash}\n` },
  { version: '1', sha256Hash: hash },
]) {
  test(`the odd persisted query ${JSON.stringify(odd)} is a bad request`, async () => {
    assert.equal(
      (await refusedWith('{ users { id } }', { extensions: { persistedQuery: odd } })).code,
      'BAD_REQUEST',
    );
  });
}

test('persisted queries can be off', async () => {
  const refused = await refusedWith(
    '{ users { id } }',
    { extensions: persisted('{ users { id } }') },
    { apq: { enabled: false, limit: 1 } },
  );
  assert.equal(refused.code, 'PERSISTED_QUERY_NOT_SUPPORTED');
});

async function coerced(query: string, given: Record<string, unknown>) {
  const store = documents(settings);
  const prepared = await store.prepare(request(query), schema);
  assert.ok(prepared.ok, JSON.stringify(prepared));
  return store.variables(prepared.operation, given, schema);
}

test('variables are coerced and defaults filled in; those nobody declared are dropped', async () => {
  const result = await coerced(
    'query($a: Filter, $b: Int = 3, $c: ID = 1, $d: Int) { users(filter: $a, ids: [1]) { id } x: nth(n: $b) { id } y: nth(n: $d) { id } user(id: $c) { id } }',
    {
      a: { name: 'x', list: 5 },
      c: 7,
      z: 1,
    },
  );
  assert.ok(result.ok);
  assert.deepEqual({ ...result.values }, { a: { name: 'x', list: [5] }, b: 3, c: '7' });
});

test('a variable called __proto__ is a variable like others', async () => {
  const given = JSON.parse('{"__proto__": {"polluted": 1}}') as Record<string, unknown>;
  const result = await coerced('query($__proto__: JSON) { find(json: $__proto__) }', given);
  assert.ok(result.ok);
  assert.deepEqual(Object.keys(result.values), ['__proto__']);
  assert.equal(Object.getPrototypeOf(result.values), null);
  assert.equal(Reflect.get({}, 'polluted'), undefined);
});

for (const [name, query, given, message] of [
  [
    'a wrong kind',
    'query($a: [Int!]) { users(ids: $a) { id } }',
    { a: ['hunter2'] },
    'Variable "$a" at "0": expected a value of type "Int!".',
  ],
  [
    'a missing required value',
    'query($a: ID!) { user(id: $a) { id } }',
    {},
    'Variable "$a" of required type "ID!" was not provided.',
  ],
  [
    'null for a required value',
    'query($a: ID!) { user(id: $a) { id } }',
    { a: null },
    'Variable "$a" of required type "ID!" must not be null.',
  ],
  [
    'a missing field',
    'query($a: Filter) { users(filter: $a) { id } }',
    { a: {} },
    'Variable "$a": Field "name" of required type "String!" was not provided.',
  ],
  [
    'an unknown field',
    'query($a: Filter) { users(filter: $a) { id } }',
    { a: { name: 'x', nmae: 'hunter2' } },
    'Variable "$a": field "nmae" is not defined by type "Filter".',
  ],
  [
    'an unknown enum value',
    'query($a: Filter) { users(filter: $a) { id } }',
    { a: { name: 'x', inner: { name: 'y', size: 'hunter2' } } },
    'Variable "$a" at "inner.size": expected a value of type "Size".',
  ],
  [
    'text for an object',
    'query($a: Filter) { users(filter: $a) { id } }',
    { a: 'hunter2' },
    'Variable "$a": expected a value of type "Filter".',
  ],
] as const) {
  test(`${name} in a variable is refused without repeating the value`, async () => {
    const result = await coerced(query, given);
    assert.ok(!result.ok);
    assert.equal(result.refusal.code, 'BAD_USER_INPUT');
    assert.deepEqual(
      result.refusal.errors.map(({ message: said }) => said),
      [message],
    );
  });
}

test('30,000 wrong list items are refused with few errors', async () => {
  const result = await coerced('query($a: [Int!]) { users(ids: $a) { id } }', {
    a: Array.from({ length: 30_000 }, () => 'x'),
  });
  assert.ok(!result.ok);
  assert.equal(result.refusal.errors.length, 5);
});

test('the reduced document prints to what was asked', async () => {
  const prepared = await prepare('query Q($a: Int = 1) { users(ids: [$a]) { id } }');
  assert.ok(prepared.ok);
  assert.equal(
    print(prepared.operation.document),
    'query Q($a: Int = 1) {\n  users(ids: [$a]) {\n    id\n  }\n}',
  );
});
