import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import {
  composeFile,
  composeSupergraph,
  type ComposedFile,
  type SubgraphSource,
} from '../compose/compose.ts';
import {
  approvalsText,
  checkAnnotations,
  checkJson,
  checkMarkdown,
  checkSarif,
  checkSchemas,
  checkText,
  knownOperations,
  readApprovals,
  readBaseline,
  type Baseline,
  type CheckInput,
  type CheckReport,
  type OperationFile,
} from './check.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes", "@policy"])\n';
const now = new Date('2026-03-01T00:00:00Z');

function subgraph(name: string, text: string): SubgraphSource {
  const origin = { kind: 'file', shown: `${name}.graphql`, lineOffset: 0, columnOffset: 0 } as const;
  return { name, routingUrl: 'http://127.0.0.1/', sdl: link + text, origin };
}

function composed(...sources: readonly SubgraphSource[]): ComposedFile {
  return { composition: composeSupergraph(sources), sources, warnings: [], files: [] };
}

function baseline(...sources: readonly SubgraphSource[]): Baseline {
  const { composition } = composed(...sources);
  assert.ok(composition.ok, JSON.stringify(composition));
  return { kind: 'schema', label: 'main (9c1f0ab)', sdl: composition.sdl, sources };
}

function operations(...files: readonly OperationFile[]) {
  const known = knownOperations(files);
  assert.ok(known.ok);
  return known.value;
}

function check(input: Partial<CheckInput> & Pick<CheckInput, 'current'>): Promise<CheckReport> {
  return checkSchemas({
    baseline: undefined,
    operations: [],
    approvals: [],
    failOn: 'breaking',
    now,
    ...input,
  });
}

const users = (fields: string): SubgraphSource =>
  subgraph(
    'users',
    `type Query {\n  me: User\n}\n\ntype User @key(fields: "id") {\n  id: ID!\n  name: String\n${fields}}\n`,
  );
const orders = (text: string): SubgraphSource => subgraph('orders', text);

const homePage = {
  file: 'bff-web/operations/HomePage.graphql',
  text: 'query HomePage { me { name email } }',
};
const ordersPage = {
  file: 'bff-web/operations/Orders.graphql',
  text: 'query Orders { orders { id state } }',
};
const profile = {
  file: 'bff-mobile/operations/Profile.graphql',
  text: 'query Profile { me { ...Card } }',
};
const card = { file: 'bff-mobile/operations/Card.graphql', text: 'fragment Card on User { email }' };

test('the report names each break, who owns it, and the pages and screens it hits', async () => {
  const report = await check({
    current: composed(
      users('  phone: String\n'),
      orders(
        'type Query {\n  orders(tenant: ID!): [Order]\n}\ntype Order { id: ID! state: State }\nenum State {\n  OPEN\n  RETURNED\n}\n',
      ),
    ),
    baseline: baseline(
      users('  email: String\n'),
      orders(
        'type Query {\n  orders: [Order]\n}\ntype Order { id: ID! state: State }\nenum State {\n  OPEN\n}\n',
      ),
    ),
    operations: operations(homePage, ordersPage, profile, card),
  });
  assert.equal(
    checkText(report),
    `Comparing 2 subgraphs with main (9c1f0ab) · 3 operations from 2 clients

Composition   PASS   2 subgraphs, 0 hints
Schema        FAIL   2 breaking · 1 dangerous · 1 safe
Operations    FAIL   3 of 3 operations stop working
Authorization PASS   no field lost protection

✖ breaking   ARGUMENT_REQUIRED     Query.orders(tenant:)         orders.graphql:3
             Argument 'tenant: ID!' added to field 'Query.orders'
             used by bff-web/Orders
             instead: give it a default value
✖ breaking   FIELD_REMOVED         User.email                    users.graphql:6
             Field 'email' was removed from object type 'User'
             used by bff-mobile/Profile, bff-web/HomePage
             instead: mark @deprecated now, remove after the last use
! dangerous  ENUM_VALUE_ADDED      State.RETURNED                orders.graphql:8
             Enum value 'RETURNED' was added to enum 'State'
             used by bff-web/Orders
✔ safe       1 change (-v lists them)
✖ operation  bff-mobile/Profile                                  bff-mobile/operations/Profile.graphql:1
             stops working
             Cannot query field "email" on type "User".
✖ operation  bff-web/HomePage                                    bff-web/operations/HomePage.graphql:1
             stops working
             Cannot query field "email" on type "User".
✖ operation  bff-web/Orders                                      bff-web/operations/Orders.graphql:1
             stops working
             Field "orders" argument "tenant" of type "ID!" is required, but it was not provided.

FAILED: 2 breaking changes affect 3 operations.
If this is intended:  weir check … --approve > weir-approvals.json
`,
  );
  const { errors } = checkJson(report, 'breaking');
  assert.deepEqual(
    errors.map(({ code }) => code),
    ['WEIR-K001', 'WEIR-K001', 'WEIR-K004', 'WEIR-K004', 'WEIR-K004'],
  );
});

test('a break that no known operation uses is lowered to dangerous, and says so', async () => {
  const report = await check({
    current: composed(users('')),
    baseline: baseline(users('  fax: String\n')),
    operations: operations({ file: 'web/a.graphql', text: 'query A { me { name } }' }),
  });
  assert.ok(report.passed);
  assert.equal(report.changes[0]?.level, 'dangerous');
  assert.match(checkText(report), /breaking \(unused by 1 operation\)/);
  assert.match(report.verdict, /^PASSED: /);
});

test('without operations every break counts', async () => {
  const report = await check({ current: composed(users('')), baseline: baseline(users('  fax: String\n')) });
  assert.equal(report.verdict, 'FAILED: 1 breaking change.');
});

test('an approved break passes, stays in the report, and fails again after its last day', async () => {
  const input = {
    current: composed(users('')),
    baseline: baseline(users('  email: String\n')),
    operations: operations(homePage),
  };
  const failed = await check(input);
  assert.ok(!failed.passed);
  const approvals = readApprovals('weir-approvals.json', approvalsText(failed, 'ada', now));
  assert.ok(approvals.ok);
  const report = await check({ ...input, approvals: approvals.value });
  assert.equal(report.verdict, 'PASSED (1 approved): nothing breaks.');
  assert.match(checkText(report), /approved by ada until 2026-05-30/);
  const later = await check({ ...input, approvals: approvals.value, now: new Date('2026-06-01T00:00:00Z') });
  assert.ok(!later.passed);
});

test('an approvals file that is wrong says every way in which it is', () => {
  const read = readApprovals('a.json', '{"schema_version":1,"approvals":[{"change":1}]}');
  assert.ok(!read.ok);
  assert.ok(read.problems.length >= 4);
  assert.equal(read.problems[0]?.code, 'WEIR-F013');
});

for (const [name, before, after, change] of [
  ['removed', '@authenticated', '', 'AUTHORIZATION_REMOVED'],
  [
    'loosened from both scopes to one',
    '@requiresScopes(scopes: [["a", "b"]])',
    '@requiresScopes(scopes: [["a"]])',
    'AUTHORIZATION_LOOSENED',
  ],
  [
    'given a second way in',
    '@requiresScopes(scopes: [["a"]])',
    '@requiresScopes(scopes: [["a"], ["b"]])',
    'AUTHORIZATION_LOOSENED',
  ],
  [
    'exchanged for another',
    '@policy(policies: [["a"]])',
    '@policy(policies: [["b"]])',
    'AUTHORIZATION_LOOSENED',
  ],
] as const) {
  test(`protection that is ${name} fails as a security change`, async () => {
    const report = await check({
      current: composed(users(`  email: String ${after}\n`)),
      baseline: baseline(users(`  email: String ${before}\n`)),
    });
    assert.ok(!report.passed);
    assert.equal(report.changes[0]?.level, 'security');
    assert.equal(report.changes[0].change, change);
    assert.equal(report.changes[0].coordinate, 'User.email');
    assert.equal(report.changes[0].location?.file, 'users.graphql');
    assert.equal(report.verdict, 'FAILED: 1 field or type lost protection.');
  });
}

for (const [name, before, after] of [
  ['tightened', '@requiresScopes(scopes: [["a"], ["b"]])', '@requiresScopes(scopes: [["a"]])'],
  ['a known caller to a scope', '@authenticated', '@requiresScopes(scopes: [["a"]])'],
] as const) {
  test(`protection that goes from ${name} is no security change`, async () => {
    const report = await check({
      current: composed(users(`  email: String ${after}\n`)),
      baseline: baseline(users(`  email: String ${before}\n`)),
    });
    assert.deepEqual(report.changes, []);
    assert.equal(report.verdict, 'PASSED: no change of the schema.');
  });
}

test('protection that moves from a type to each of its fields is not lost', async () => {
  const onType = subgraph('u', 'type Query { me: User }\ntype User @authenticated { id: ID name: String }');
  const onFields = subgraph(
    'u',
    'type Query { me: User }\ntype User { id: ID @authenticated name: String @authenticated }',
  );
  const onOne = subgraph('u', 'type Query { me: User }\ntype User { id: ID @authenticated name: String }');
  assert.ok((await check({ current: composed(onFields), baseline: baseline(onType) })).passed);
  assert.ok(!(await check({ current: composed(onOne), baseline: baseline(onType) })).passed);
  assert.ok((await check({ current: composed(onType), baseline: baseline(onFields) })).passed);
});

test('subgraphs that do not compose fail, with the other sections skipped in their places', async () => {
  const report = await check({ current: composed(users('  x: Nope\n')), baseline: baseline(users('')) });
  assert.deepEqual(
    report.sections.map(({ name, result }) => [name, result]),
    [
      ['Composition', 'FAIL'],
      ['Schema', 'SKIP'],
      ['Operations', 'SKIP'],
      ['Authorization', 'SKIP'],
    ],
  );
  assert.equal(report.verdict, 'FAILED: the subgraphs do not compose (1 error).');
});

test('an operation that did not work before is shown and does not fail the check', async () => {
  const report = await check({
    current: composed(users('')),
    baseline: baseline(users('')),
    operations: operations({ file: 'web/a.graphql', text: 'query A { nope }' }),
  });
  assert.ok(report.passed);
  assert.equal(report.operations[0]?.brokenBefore, true);
  assert.equal(report.sections[2]?.result, 'WARN');
});

test('an input that callers must now fill hits the operation that sends it by variable', async () => {
  const withInput = (fields: string): SubgraphSource =>
    subgraph('s', `type Query { find(by: Filter): Int }\ninput Filter { text: String ${fields} }`);
  const report = await check({
    current: composed(withInput('shop: ID!')),
    baseline: baseline(withInput('')),
    operations: operations({ file: 'web/a.graphql', text: 'query Find($by: Filter) { find(by: $by) }' }),
  });
  assert.equal(report.changes[0]?.change, 'INPUT_FIELD_REQUIRED');
  assert.deepEqual(report.changes[0].usedBy, ['web/Find']);
  assert.ok(!report.passed);
});

test('a removed field says why it had been deprecated', async () => {
  const report = await check({
    current: composed(users('')),
    baseline: baseline(users('  fax: String @deprecated(reason: "nobody has one")\n')),
  });
  assert.match(report.changes[0]?.message ?? '', /was deprecated: nobody has one/);
});

test('an operation file that is not GraphQL is named with its place', () => {
  const known = knownOperations([{ file: 'web/a.graphql', text: 'query {' }]);
  assert.ok(!known.ok);
  assert.equal(known.problems[0]?.code, 'WEIR-O001');
  assert.equal(known.problems[0].places[0]?.location.file, 'web/a.graphql');
});

test('a report of two thousand changes fits a comment and fewer than twenty annotations', async () => {
  const field = (index: number): string => `  field${String(index)}: String\n`;
  const many = Array.from({ length: 2_000 }, (_, index) => field(index)).join('');
  const report = await check({ current: composed(users('')), baseline: baseline(users(many)) });
  assert.equal(report.changes.length, 2_000);
  const markdown = checkMarkdown(report);
  assert.ok(markdown.length <= 60_000, String(markdown.length));
  assert.match(markdown, /… and \d+ more in the job's report\./);
  const annotations = checkAnnotations(report, 'breaking')
    .split('\n')
    .filter((line) => line.startsWith('::'));
  assert.ok(annotations.length < 20);
  assert.ok(checkText(report).split('\n').length < 1_000);
});

test('names from a schema cannot write workflow commands or markup', async () => {
  const report = await check({
    current: composed(users('')),
    baseline: baseline(users('  fax: String @deprecated(reason: "a\\n::error::b <script>|`")\n')),
  });
  assert.ok(!checkAnnotations(report, 'breaking').includes('\n::error::b'));
  assert.ok(!checkMarkdown(report).includes('<script>'));
});

test('SARIF holds each change with its rule, level and line', async () => {
  const report = await check({ current: composed(users('')), baseline: baseline(users('  fax: String\n')) });
  const sarif = JSON.parse(checkSarif(report, 'breaking', '0.1.0')) as {
    readonly runs: readonly [{ readonly results: readonly unknown[] }];
  };
  assert.deepEqual(sarif.runs[0].results, [
    {
      ruleId: 'WEIR-K001',
      level: 'error',
      message: { text: "Field 'fax' was removed from object type 'User'" },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'users.graphql' },
            region: { startLine: 6, startColumn: 1 },
          },
        },
      ],
    },
  ]);
});

test('the check fails exactly when one of its sections does', async () => {
  const fields = fc.subarray(['  a: String\n', '  b: Int\n', '  c: ID @authenticated\n', '  c: ID\n']);
  const failOn = fc.constantFrom('breaking' as const, 'dangerous' as const, 'none' as const);
  const unique = (lines: readonly string[]): string =>
    [...new Map(lines.map((line) => [line.slice(0, 4), line])).values()].join('');
  await fc.assert(
    fc.asyncProperty(fields, fields, failOn, async (before, after, level) => {
      const report = await check({
        current: composed(users(unique(after))),
        baseline: baseline(users(unique(before))),
        operations: operations({ file: 'web/a.graphql', text: 'query A { me { a b } }' }),
        failOn: level,
      });
      const failed = report.sections.some(({ result }) => result === 'FAIL');
      assert.equal(report.passed, !failed);
      assert.equal(report.verdict.startsWith('FAILED:'), failed);
      assert.equal(checkJson(report, level).errors.length > 0, failed);
    }),
    { numRuns: 25 },
  );
});

function repository(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'weir-check-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function git(folder: string, ...args: readonly string[]): void {
  const identity = [
    '-c',
    'user.name=Ada',
    '-c',
    'user.email=ada@example.com',
    '-c',
    'init.defaultBranch=main',
  ];
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'ignore' });
}

const reading = { env: {}, signal: AbortSignal.timeout(30_000) };

test('a revision is read as it was, whatever the files say now', async (t) => {
  const folder = repository(t);
  const config = join(folder, 'shop/supergraph.yaml');
  write(folder, {
    'shop/supergraph.yaml':
      'subgraphs:\n  a: { routing_url: "http://127.0.0.1/", schema: { file: ../a.graphql } }\n',
    'a.graphql': 'type Query { old: Int }',
  });
  git(folder, 'init', '-q');
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'first');
  write(folder, { 'a.graphql': 'type Query { new: Int }' });
  const old = await readBaseline({ against: 'git:main', config, ...reading });
  assert.ok(old.ok, JSON.stringify(old));
  assert.match(old.value.label, /^main \([0-9a-f]{7}\)$/);
  const current = await composeFile({ path: config, ...reading });
  const report = await check({ current, baseline: old.value });
  assert.deepEqual(
    report.changes.map(({ change, coordinate }) => [change, coordinate]),
    [
      ['FIELD_REMOVED', 'Query.old'],
      ['FIELD_ADDED', 'Query.new'],
    ],
  );
});

test('a revision without the file, and one that does not compose, skip the comparison with the reason', async (t) => {
  const folder = repository(t);
  const config = join(folder, 'supergraph.yaml');
  write(folder, { other: 'x' });
  git(folder, 'init', '-q');
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'first');
  write(folder, {
    'supergraph.yaml':
      'subgraphs: { a: { routing_url: "http://127.0.0.1/", schema: { file: a.graphql } } }\n',
    'a.graphql': 'type Query { a: Nope }',
  });
  const absent = await readBaseline({ against: 'git:HEAD', config, ...reading });
  assert.ok(absent.ok && absent.value.kind === 'absent');
  assert.match(absent.value.reason, /has no .*supergraph\.yaml/);
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'second');
  write(folder, { 'a.graphql': 'type Query { a: Int }' });
  const broken = await readBaseline({ against: 'git:HEAD', config, ...reading });
  assert.ok(broken.ok && broken.value.kind === 'absent');
  assert.match(broken.value.reason, /does not compose/);
  const report = await check({
    current: await composeFile({ path: config, ...reading }),
    baseline: broken.value,
  });
  assert.ok(report.passed);
  assert.equal(report.sections[1]?.result, 'SKIP');
});

test('a revision that is not there is refused, with the branch that was meant', async (t) => {
  const folder = repository(t);
  write(folder, { 'supergraph.yaml': '' });
  git(folder, 'init', '-q');
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'first');
  const config = join(folder, 'supergraph.yaml');
  const mistyped = await readBaseline({ against: 'git:mian', config, ...reading });
  assert.ok(!mistyped.ok);
  assert.equal(mistyped.problems[0]?.code, 'WEIR-G001');
  assert.match(mistyped.problems[0].fix ?? '', /git:main/);
  const option = await readBaseline({ against: 'git:--help', config, ...reading });
  assert.ok(!option.ok);
  assert.equal(option.problems[0]?.code, 'WEIR-G001');
});

test('a folder that is no repository is said to be none', async (t) => {
  const against = await readBaseline({
    against: 'git:main',
    config: join(repository(t), 'supergraph.yaml'),
    ...reading,
  });
  assert.ok(!against.ok);
  assert.equal(against.problems[0]?.code, 'WEIR-G002');
});

test('a supergraph file and a plain schema file can be compared with', async (t) => {
  const folder = repository(t);
  const old = baseline(users('  email: String\n'));
  assert.ok(old.kind === 'schema');
  write(folder, {
    'supergraph.graphql': old.sdl,
    'api.graphql': 'type Query { me: User }\ntype User { id: ID! name: String email: String }',
  });
  for (const name of ['supergraph.graphql', 'api.graphql']) {
    const read = await readBaseline({ against: join(folder, name), config: '', ...reading });
    assert.ok(read.ok);
    const report = await check({ current: composed(users('')), baseline: read.value });
    assert.deepEqual(
      report.changes.map(({ coordinate }) => coordinate),
      ['User.email'],
      name,
    );
  }
});
