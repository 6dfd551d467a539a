import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { buildSchema } from 'graphql';
import { brokenDocuments, digestOf, manifestText, readDocuments, shippedOperations } from './documents.ts';
import { taggedTexts } from './tagged-texts.ts';

function folderOf(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'weir-manifest-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function problemsOf(t: TestContext, name: string, text: string): Promise<readonly string[]> {
  const read = await readDocuments([{ path: join(folderOf(t, { [name]: text }), name) }]);
  assert.ok(!read.ok, 'it should be refused');
  return read.problems.map(({ code, message, places: [place] }) =>
    [code, place?.location.line, place?.location.column, message].join(' '),
  );
}

const entry = { id: 'a', name: 'A', type: 'query', body: 'query A { a }' };
const apollo = (...operations: readonly unknown[]): string =>
  JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }, null, 2);

test('Apollo’s and Relay’s manifests and folders are read, each document with its place', async (t) => {
  const folder = folderOf(t, {
    'apollo.json': apollo(entry, { ...entry, id: 'b', clientName: 'web', clientVersions: ['1.*'] }),
    'relay.json': '{\n  "c": "query C { a }"\n}',
    'ops/deep/D.graphql': '# D\nquery D { ...F }',
    'ops/F.gql': 'fragment F on Query { a }',
  });
  const read = await readDocuments(
    ['apollo.json', 'relay.json', 'ops'].map((name) => ({ path: join(folder, name) })),
  );
  assert.ok(read.ok);
  assert.deepEqual(
    read.value.map(({ ids, name, client, versions, location }) => [
      ids[0],
      name,
      client,
      versions,
      location.line,
    ]),
    [
      ['a', 'A', undefined, undefined, 5],
      ['b', 'A', 'web', ['1.*'], 11],
      ['c', undefined, undefined, undefined, 2],
      ['D', 'D', undefined, undefined, 2],
    ],
  );
  assert.equal(read.value[3]?.text, 'query D {\n  ...F\n}\n\nfragment F on Query {\n  a\n}');
  assert.equal(read.value[3].ids[1], digestOf(read.value[3].text));
});

for (const [name, text, expected] of [
  ['text that is no JSON', '{\n  "a": "b",\n  "c": ]\n}', /^WEIR-O003 3 8 the manifest is not JSON/],
  ['a list', '[]', /^WEIR-O003 1 1 .*is no manifest/],
  ['another format', '{"format": "x",\n "version": 1, "operations": []}', /^WEIR-O003 1 12 "format" must be/],
  [
    'a later version',
    '{"format":"apollo-persisted-query-manifest",\n "version": 2, "operations": []}',
    /^WEIR-O003 2 13 "version"/,
  ],
  ['an entry without text', apollo(entry, { id: 'b' }), /^WEIR-O003 11 5 an operation needs/],
  [
    'a wrong sha256',
    apollo({ ...entry, id: `sha256:${'0'.repeat(64)}` }),
    /^WEIR-O003 5 5 .* is not the SHA-256/,
  ],
  ['an id with a space', '{ "a b": "query A { a }" }', /^WEIR-O003 1 10 "a b" is no id/],
  ['a text that is none', '{\n "a": 5 }', /^WEIR-O003 2 7 the document of "a" must be a text/],
  [
    'versions of nobody',
    apollo({ ...entry, clientVersions: ['1'] }),
    /^WEIR-O003 5 5 "clientVersions" needs/,
  ],
  [
    'one id for two documents',
    apollo(entry, { ...entry, body: '{ b }' }),
    /^WEIR-O005 5 5 the id a stands for two/,
  ],
] as const) {
  test(`refused with its line: ${name}`, async (t) => {
    assert.match((await problemsOf(t, 'm.json', text))[0] ?? '', expected);
  });
}

test('a manifest that is written is read as the same documents', async (t) => {
  const shipped = shippedOperations([
    { file: 'a.graphql', text: 'query A { a }\nmutation B { b }', client: 'web' },
  ]);
  assert.ok(shipped.ok);
  const folder = folderOf(t, { 'm.json': manifestText(shipped.value) });
  const read = await readDocuments([{ path: join(folder, 'm.json') }]);
  assert.ok(read.ok);
  const facts = (all: typeof read.value) =>
    all.map(({ ids, text, name, client }) => [ids, text, name, client]);
  assert.deepEqual(facts(read.value), facts(shipped.value));
});

const program = `
import { gql } from 'x'; // gql\`query InAComment { a }\`
const quoted = 'gql\`query InQuotes { a }\`';
const plain = \`query Plain { a }\`;
const pattern = /[\`'"]/g;
export const A = gql\`
  query A { ...F }
  \${FRAGMENT}
\`;
const B = graphql(/* GraphQL */ \`query B { a }\`);
const C = /* GraphQL */ \`mutation C { b(text: "\${'}'}") }\`;
const F = gql<Data>\`fragment F on Query { a }\`;
`;

test('operations are found in programs where a tag or a comment says so, and nowhere else', () => {
  assert.deepEqual(
    taggedTexts(program).map(({ text, line }) => [/\w+ \w+/.exec(text)?.[0], line]),
    [
      ['query A', 6],
      ['query B', 10],
      ['mutation C', 11],
      ['fragment F', 12],
    ],
  );
  const shipped = shippedOperations([{ file: 'a.tsx', text: program, client: 'web' }]);
  assert.ok(shipped.ok);
  assert.deepEqual(
    shipped.value.map(({ name, location }) => `${name ?? ''} ${String(location.line)}`),
    ['A 7', 'B 10', 'C 11'],
  );
  assert.match(shipped.value[0]?.text ?? '', /fragment F on Query/);
});

for (const [name, text, expected] of [
  ['a syntax error within a program', 'const a = 1;\nconst A = gql`\n  query A { \n`;', /WEIR-O001 4 1/],
  ['an operation without a name', '\n\ngql`{ a }`', /WEIR-O004 3 5/],
  ['two different ones of one name', 'gql`query A { a }`; gql`query A { b }`', /WEIR-O004 1 5/],
  ['a fragment that is nowhere', 'gql`query A { ...Gone }`', /WEIR-O006 1 5 the fragment Gone of A/],
] as const) {
  test(`not extracted, with its place: ${name}`, () => {
    const shipped = shippedOperations([{ file: 'a.ts', text, client: undefined }]);
    assert.ok(!shipped.ok);
    const [problem] = shipped.problems;
    const { line, column } = problem?.places[0]?.location ?? { line: 0, column: 0 };
    assert.match(
      `${problem?.code ?? ''} ${String(line)} ${String(column)} ${problem?.message ?? ''}`,
      expected,
    );
  });
}

test('documents that do not fit a schema are told with their place', async (t) => {
  const folder = folderOf(t, { 'm.json': apollo(entry, { ...entry, id: 'b', body: 'query B { gone }' }) });
  const read = await readDocuments([{ path: join(folder, 'm.json') }]);
  assert.ok(read.ok);
  const broken = brokenDocuments(read.value, buildSchema('type Query { a: Int }'));
  assert.deepEqual(
    broken.map(({ code, places }) => [code, places[0]?.location.line]),
    [['WEIR-K004', 11]],
  );
});
