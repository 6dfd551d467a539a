import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { plain } from '../../schema/problem/problem-text.ts';
import { runCommand } from '../program.ts';
import { readSettings } from '../settings.ts';

const start = process.cwd();
let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'weir-documents-cli-')));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

async function weir(...args: readonly string[]) {
  const told = { out: '', err: '' };
  const parsed = readSettings({});
  assert.ok(parsed.ok);
  const exitCode = await runCommand(['documents', ...args], {
    ...{ env: {}, settings: parsed.settings, root: folder, version: '0.0.0' },
    out: (text) => void (told.out += text),
    err: (text) => void (told.err += text),
    input: () => Promise.resolve(''),
    ...{ paint: plain, outPaint: plain, interactive: false, self: ['weir'] },
    stop: new AbortController().signal,
    now: () => new Date(0),
  });
  return { exitCode, ...told };
}

const shop = {
  'supergraph.yaml':
    'subgraphs: { a: { routing_url: "http://127.0.0.1:1/", schema: { file: ./a.graphql } } }',
  'a.graphql': 'type Query { me: User }\ntype User { name: String }\n',
};
const client = {
  'web/package.json': '{ "name": "@shop/web" }',
  'web/me.graphql': 'query Me { me { ...N } }',
  'web/page.ts': 'const n = gql`fragment N on User { name }`;\n',
};

test('extract writes a manifest of what a client’s source holds, under its package’s name', async () => {
  write(client);
  const { exitCode, out, err } = await weir('extract', 'web/**/*.{ts,graphql}');
  assert.deepEqual([exitCode, err], [0, '']);
  const { format, operations } = JSON.parse(out) as {
    readonly format: string;
    readonly operations: readonly Readonly<Record<string, string>>[];
  };
  assert.equal(format, 'apollo-persisted-query-manifest');
  assert.deepEqual(
    operations.map(({ name, type, clientName }) => [name, type, clientName]),
    [['Me', 'query', 'web']],
  );
  assert.match(operations[0]?.['body'] ?? '', /fragment N on User/);
});

test('extract to a file says how many, and --check fails when the file is out of date', async () => {
  write(client);
  const args = ['extract', 'web/**/*.{ts,graphql}', '--output', 'web.json'] as const;
  assert.deepEqual(await weir(...args), { exitCode: 0, out: '', err: 'web.json: 1 documents\n' });
  assert.equal((await weir(...args, '--check')).exitCode, 0);
  write({ 'web/me.graphql': 'query Me { me { name } }' });
  const before = readFileSync('web.json', 'utf8');
  assert.deepEqual(await weir(...args, '--check'), {
    ...{ exitCode: 1, out: '' },
    err: 'web.json is out of date\n  fix: run the same without --check\n',
  });
  assert.equal(readFileSync('web.json', 'utf8'), before);
});

test('extract says which pattern fits no file', async () => {
  const { exitCode, err } = await weir('extract', 'web/**/*.graphql');
  assert.equal(exitCode, 2);
  assert.match(err, /error\[WEIR-O002\]: no file matches web\/\*\*\/\*\.graphql\n.*quote the pattern/s);
});

const manifest = JSON.stringify(
  {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [
      { id: 'a1', name: 'Me', type: 'query', body: 'query Me { me { name } }' },
      { id: 'b2', name: 'Mail', type: 'query', body: 'query Mail { me { mail } }', clientName: 'ios' },
    ],
  },
  undefined,
  2,
);

test('check tells which documents do not fit, with file and line', async () => {
  write({ ...shop, 'web.json': manifest });
  const { exitCode, out, err } = await weir('check', 'web.json');
  assert.deepEqual([exitCode, out], [1, '']);
  assert.match(err, /Cannot query field "mail" on type "User"/);
  assert.match(err, /web\.json:11:5/);
  assert.match(err, /FAILED: 1 problems in 2 documents\n$/);
  write({ 'a.graphql': shop['a.graphql'].replace('name', 'mail: String name') });
  assert.deepEqual(await weir('check', 'web.json'), {
    ...{ exitCode: 0, out: '' },
    err: 'PASSED: all 2 documents fit\n',
  });
});

test('list tells whose a document is, its name, its id and where it stands', async () => {
  write({ 'web.json': manifest });
  const { exitCode, out, err } = await weir('list', 'web.json');
  assert.deepEqual([exitCode, err], [0, '2 documents\n']);
  assert.deepEqual(
    out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/)),
    [
      ['every client', 'Me', 'a1', 'web.json:5'],
      ['ios', 'Mail', 'b2', 'web.json:11'],
    ],
  );
  const json = await weir('list', 'web.json', '--format', 'json');
  const { data } = JSON.parse(json.out) as { readonly data: readonly { readonly ids: unknown }[] };
  assert.deepEqual(
    data.map(({ ids }) => ids),
    [['a1'], ['b2']],
  );
});

test('without manifests those of gateway.yaml are meant, with the clients it gives them', async () => {
  write({
    ...shop,
    'manifests/web.json': manifest,
    'gateway.yaml':
      'persisted_queries: { local_manifests: [ { path: manifests/web.json, client: web, versions: ["2.*"] } ] }',
    'other.yaml': 'persisted_queries: { local_manifests: [] }',
  });
  const { exitCode, out } = await weir('list');
  assert.equal(exitCode, 0);
  assert.match(out, /^web 2\.\* +Me +a1 +manifests\/web\.json:5\nios +Mail/);
  assert.equal((await weir('check')).exitCode, 1);
  const none = await weir('list', '--gateway', 'other.yaml');
  assert.equal(none.exitCode, 2);
  assert.match(none.err, /^error: which manifests\? other\.yaml names none\n {2}fix: /);
});

const wrong: readonly (readonly [what: string, args: readonly string[], said: RegExp])[] = [
  ['no gateway.yaml and nothing named', ['check'], /which manifests\? there is no gateway\.yaml here/],
  ['a manifest that is misspelt', ['list', 'wbe.json'], /WEIR-F001.*did you mean \.\/web\.json \?/s],
  ['a gateway.yaml that is not there', ['list', '--gateway', 'gatway.yaml'], /gatway\.yaml.*no such file/s],
  ['a part that is misspelt', ['lsit'], /unknown command 'lsit'\n {2}did you mean {2}weir documents list \?/],
  ['an option that is misspelt', ['list', '--fromat', 'json'], /did you mean {2}--format \?/],
];

for (const [what, args, said] of wrong) {
  test(`${what} is told, with exit code 2`, async () => {
    write({ 'web.json': manifest });
    const { exitCode, out, err } = await weir(...args);
    assert.deepEqual([exitCode, out], [2, ''], err);
    assert.match(err, said);
  });
}
