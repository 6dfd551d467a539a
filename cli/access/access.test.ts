import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { plain } from '../../schema/problem/problem-text.ts';
import { runCommand } from '../program.ts';
import { readSettings } from '../settings.ts';
import type { Surroundings } from '../surroundings.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes", "@policy"])`;
const start = process.cwd();
let folder: string;

before(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'weir-access-')));
  process.chdir(folder);
  mkdirSync(join(folder, 'web/operations'), { recursive: true });
  const files = {
    'supergraph.yaml': `federation_version: =2.9.0
subgraphs:
  people:
    routing_url: http://127.0.0.1:1/graphql
    schema: { file: ./people.graphql }
`,
    'people.graphql': `${link}
type Query { user: User panel: Panel }
type User @key(fields: "id") {
  id: ID!
  name: String
  mail: String @authenticated
  ssn: String @requiresScopes(scopes: [["a", "b"], ["c"]])
}
type Panel @policy(policies: [["staff"]]) { token: String }
`,
    'callers.yaml': 'support: { scopes: [c] }\nboss: { scopes: [c], policies: [staff] }\n',
    'web/operations/page.graphql': 'query Page { user { name mail } }',
    'query.graphql': '{ user { nick: name ...f } panel { token } } fragment f on User { mail ssn }',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});
after(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true, force: true });
});

async function weir(...args: readonly string[]) {
  const settings = readSettings({});
  assert.ok(settings.ok);
  const said = { out: '', err: '' };
  const surroundings: Surroundings = {
    env: {},
    settings: settings.settings,
    root: folder,
    version: '0.0.0',
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    input: () => Promise.resolve(''),
    paint: plain,
    outPaint: plain,
    interactive: false,
    stop: new AbortController().signal,
    self: ['weir'],
    now: () => new Date(0),
  };
  return { exitCode: await runCommand(['access', ...args], surroundings), ...said };
}

test('tells field by field who lets a caller through or stops them, with file and line', async () => {
  const { exitCode, out } = await weir('--as', 'support', 'query.graphql');
  assert.equal(exitCode, 1);
  assert.match(out, /✓ user.nick +User\.name +open to all/);
  assert.match(
    out,
    /✓ \.\.\.f\.ssn +User\.ssn\n +met +@requiresScopes\(a & b \| c\) on User\.ssn +\S*people\.graphql:7:15/,
  );
  assert.match(
    out,
    /✗ panel\.token +Panel\.token\n +not met +@policy\(staff\) on Panel +\S*people\.graphql:9:12/,
  );
  assert.match(out, /4 of 6 fields allowed/);
});

test('ends with 0 when everything is allowed, and says the same as JSON', async () => {
  const { exitCode, out } = await weir(
    '--as',
    'boss',
    '--format',
    'json',
    '{ user { ssn } panel { token } }',
  );
  assert.equal(exitCode, 0);
  const { data } = JSON.parse(out) as {
    data: { fields: { coordinate: string; isAllowed: boolean; rules: { places: string[] }[] }[] };
  };
  assert.deepEqual(
    data.fields.map(({ coordinate, isAllowed }) => [coordinate, isAllowed]),
    [
      ['Query.user', true],
      ['User.ssn', true],
      ['Query.panel', true],
      ['Panel.token', true],
    ],
  );
  assert.match(data.fields[1]?.rules[0]?.places[0] ?? '', /people\.graphql:7:15$/);
});

test('anonymous is meant when nobody is named', async () => {
  const { exitCode, out } = await weir('{ user { mail } }');
  assert.equal(exitCode, 1);
  assert.match(out, /not met +@authenticated on User\.mail/);
});

test('the table has every field, what it needs, and how many operations ask for it', async () => {
  const { exitCode, out } = await weir('--table');
  assert.equal(exitCode, 0);
  assert.match(out, /\| `User\.name` \| +\| 1 \|/);
  assert.match(out, /\| `User\.mail` \| `@authenticated` \| 1 \| `\S*people\.graphql:6:16` \|/);
  assert.match(out, /\| `User\.ssn` \| `@requiresScopes\(a & b \\\| c\)` \| 0 \|/);
  assert.match(out, /\| `Query\.panel` \| `@policy\(staff\) of Panel` \| 0 \|/);
  const json = await weir('--table', '--format', 'json');
  const { data } = JSON.parse(json.out) as { data: { fields: { coordinate: string; operations: number }[] } };
  assert.equal(data.fields.find(({ coordinate }) => coordinate === 'User.mail')?.operations, 1);
});

for (const [what, args, expected] of [
  ['an unknown caller', ['--as', 'suport', '{ user { id } }'], /did you mean {2}support/],
  ['a query that does not fit the schema', ['{ nobody }'], /Cannot query field "nobody"/],
  ['a query that is none', ['{ user'], /Syntax Error/],
  ['a file that is not there', ['nothing.graphql'], /nothing\.graphql/],
  ['neither query nor table', [], /give either a query or --table/],
  [
    'an unknown key among the callers',
    ['--callers', 'wrong.yaml', '{ user { id } }'],
    /wrong\.yaml.*1:12.*scops/s,
  ],
] as const) {
  test(`${what} is wrong usage`, async () => {
    writeFileSync(join(folder, 'wrong.yaml'), 'support: { scops: [c] }\n');
    const { exitCode, err } = await weir(...args);
    assert.equal(exitCode, 2);
    assert.match(err, expected);
  });
}
