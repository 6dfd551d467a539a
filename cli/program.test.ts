import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { parse } from 'graphql';
import { plain } from '../schema/problem/problem-text.ts';
import { runCommand } from './program.ts';
import { readSettings } from './settings.ts';
import type { Surroundings } from './surroundings.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])\n';
const start = process.cwd();
let folder: string;

before(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'weir-cli-')));
  process.chdir(folder);
});
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  process.chdir(folder);
});
after(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** A shop of two subgraphs; `total` is the type of a field that both share. */
function shop(total = 'Float!'): void {
  write({
    'supergraph.yaml': `subgraphs:
  orders: { routing_url: "http://127.0.0.1:1/", schema: { file: ./orders.graphql } }
  web: { routing_url: "http://127.0.0.1:2/", schema: { file: ./web.graphql } }
`,
    'orders.graphql': `${link}type Query { o: Order }\ntype Order @key(fields: "id") {\n  id: ID!\n  total: Float! @shareable\n}\n`,
    'web.graphql': `${link}type Order @key(fields: "id") {\n  id: ID!\n  total: ${total} @shareable\n}\n`,
  });
}

interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

async function weir(args: readonly string[], more: Partial<Surroundings> = {}): Promise<Ran> {
  const told = { out: '', err: '' };
  const parsed = readSettings({});
  assert.ok(parsed.ok);
  const exitCode = await runCommand(args, {
    env: {},
    settings: parsed.settings,
    root: folder,
    version: '0.1.0',
    out: (text) => void (told.out += text),
    err: (text) => void (told.err += text),
    input: () => Promise.resolve(''),
    paint: plain,
    outPaint: plain,
    interactive: false,
    stop: new AbortController().signal,
    self: [process.execPath],
    now: () => new Date('2026-03-01T00:00:00Z'),
    ...more,
  });
  return { exitCode, ...told };
}

test('an unknown command is answered with the nearest one', async () => {
  assert.deepEqual(await weir(['chekc']), {
    exitCode: 2,
    out: '',
    err: "error: unknown command 'chekc'\n  did you mean  weir check ?\n  all commands: weir --help\n",
  });
});

test('a missing file is answered with the nearest one', async () => {
  shop();
  assert.deepEqual(await weir(['compose', '--config', 'supergraf.yaml']), {
    exitCode: 2,
    out: '',
    err: 'error[WEIR-F001]: no such file: supergraf.yaml\n  did you mean ./supergraph.yaml ?\n\n',
  });
});

test('composing gives the supergraph and nothing else on standard output', async () => {
  shop();
  const { exitCode, out, err } = await weir(['compose']);
  assert.equal(exitCode, 0);
  assert.ok(parse(out).definitions.length > 0);
  assert.match(err, /^composed 2 subgraphs · 2 types · 0 errors · 0 hints · sha256 [0-9a-f]{4}…\n$/);
});

test('what does not compose is told with places, and nothing is written', async () => {
  shop('Int');
  const { exitCode, out, err } = await weir(['compose', '--output', 'supergraph.graphql']);
  assert.equal(exitCode, 1);
  assert.equal(out, '');
  assert.equal(
    err,
    `error[WEIR-C012]: Order.total has different types
  orders  ./orders.graphql:5:3   total: Float!
  web     ./web.graphql:4:3      total: Int     ← differs
  composer code: FIELD_TYPE_MISMATCH
  fix: use one type in both subgraphs, or mark one with @override(from: "orders")
  more: weir explain WEIR-C012

1 error in 2 of 2 subgraphs · nothing written
`,
  );
  assert.throws(() => readFileSync('supergraph.graphql'));
});

test('supergraph.yaml may come through standard input', async () => {
  shop();
  const text = readFileSync('supergraph.yaml', 'utf8');
  rmSync('supergraph.yaml');
  const { exitCode, out } = await weir(['compose', '--config', '-'], { input: () => Promise.resolve(text) });
  assert.equal(exitCode, 0);
  assert.match(out, /join__Graph/);
});

test('inside a GitHub job a failure is an annotation at its file and line', async () => {
  shop('Int');
  const parsed = readSettings({ GITHUB_ACTIONS: 'true' });
  assert.ok(parsed.ok);
  const { out, exitCode } = await weir(['compose'], { settings: parsed.settings });
  assert.equal(exitCode, 1);
  assert.match(
    out,
    /^::error file=orders\.graphql,line=5,col=3,title=WEIR-C012::Order\.total has different types/,
  );
});

for (const args of [['compose'], ['check'], ['config', 'validate', 'gateway.yaml'], ['doctor']]) {
  test(`${args.join(' ')} gives one JSON document with a code for each error, also when it failed`, async () => {
    shop('Int');
    write({ 'gateway.yaml': 'nonsense: 1\n' });
    const { exitCode, out } = await weir([...args, '--format', 'json']);
    const document = JSON.parse(out) as {
      readonly success: boolean;
      readonly exit_code: number;
      readonly errors: readonly { readonly code: string; readonly message: string }[];
    };
    assert.notEqual(exitCode, 0);
    assert.equal(document.exit_code, exitCode);
    assert.equal(document.success, false);
    assert.ok(document.errors.length > 0);
    for (const { code, message } of document.errors) {
      assert.match(code, /^WEIR-[A-Z]\d{3}$/);
      assert.ok(!message.includes('[object'), message);
    }
  });
}

test('a check against a revision names the page that breaks, and approvals let it pass', async () => {
  const user = (fields: string): string => `type Query { me: User }\ntype User { id: ID! ${fields} }\n`;
  write({
    'supergraph.yaml':
      'subgraphs: { users: { routing_url: "http://127.0.0.1:1/", schema: { file: users.graphql } } }\n',
    'users.graphql': user('email: String'),
    'bff-web/operations/ProductPage.graphql': 'query ProductPage { me { ...Who } }',
    'bff-web/operations/Who.graphql': 'fragment Who on User { id email }',
  });
  const identity = [
    '-c',
    'user.name=Ada',
    '-c',
    'user.email=ada@example.com',
    '-c',
    'init.defaultBranch=main',
  ];
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    ['commit', '-q', '-m', 'first'],
  ]) {
    execFileSync('git', [...identity, ...args], { cwd: folder });
  }
  assert.equal((await weir(['check', '--against', 'git:main'])).exitCode, 0);
  write({ 'users.graphql': user('') });
  const broken = await weir(['check', '--against', 'git:main']);
  assert.equal(broken.exitCode, 1);
  assert.match(broken.out, /used by bff-web\/ProductPage/);
  assert.match(broken.out, /FAILED: 1 breaking change affects 1 operation\./);
  const approved = await weir(['check', '--against', 'git:main', '--approve']);
  write({ 'weir-approvals.json': approved.out });
  const passed = await weir(['check', '--against', 'git:main']);
  assert.equal(passed.exitCode, 0);
  assert.match(passed.out, /PASSED \(1 approved\): nothing breaks\./);
});

test('a check in a GitHub job leaves its summary and outputs', async () => {
  shop();
  const parsed = readSettings({
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    GITHUB_OUTPUT: join(folder, 'output.txt'),
  });
  assert.ok(parsed.ok);
  const { exitCode } = await weir(['check', '--comment-file', 'comment.md'], { settings: parsed.settings });
  assert.equal(exitCode, 0);
  assert.match(readFileSync('summary.md', 'utf8'), /### ✔ Schema check: PASSED: the subgraphs compose/);
  assert.equal(readFileSync('output.txt', 'utf8'), 'result=passed\nbreaking=0\ndangerous=0\n');
  assert.match(readFileSync('comment.md', 'utf8'), /^<!-- weir-check:/);
});

for (const [what, args, exitCode, message] of [
  ['an unknown option', ['compose', '--fromat', 'json'], 2, /did you mean {2}--format \?/],
  [
    'a format that is none',
    ['check', '--format', 'xml'],
    2,
    /Allowed choices are text, json, markdown, github, sarif/,
  ],
  [
    'a port that is none',
    ['serve', '--supergraph', 'x', '--port', '99999'],
    2,
    /whole number from 0 to 65535/,
  ],
  ['nothing to serve', ['serve'], 2, /give --supergraph FILE or --config-supergraph FILE/],
  [
    'a wrong gateway.yaml',
    ['serve', '--supergraph', 'x', '--config', 'gateway.yaml'],
    2,
    /gateway\.yaml: 1 problem/,
  ],
  ['a revision outside of a repository', ['check', '--against', 'git:main'], 2, /WEIR-G002/],
  ['a pattern without files', ['check', '--operations', 'nothing/*.graphql'], 2, /WEIR-O002/],
  ['a folder that cannot be written to', ['compose', '--output', 'no/such/folder.graphql'], 2, /WEIR-F014/],
  ['an unknown code', ['explain', 'FIELD_TYPE_MISSMATCH'], 2, /did you mean {2}FIELD_TYPE_MISMATCH \?/],
  ['an unknown topic', ['help', 'nonsense'], 2, /no help about 'nonsense'/],
  ['no data to reset', ['reset'], 0, /there is no data to remove/],
  ['help about exit codes', ['help', 'exit-codes'], 0, /^$/],
  ['the defaults', ['config', 'defaults'], 0, /^$/],
  ['the version', ['--version'], 0, /^$/],
] as const) {
  test(`exit code ${String(exitCode)} for ${what}`, async () => {
    shop();
    write({ 'gateway.yaml': 'hots: 1\n' });
    const ran = await weir(args);
    assert.equal(ran.exitCode, exitCode, ran.err);
    assert.match(ran.err, message);
    assert.equal(ran.out === '', exitCode !== 0 || args[0] === 'reset');
  });
}

test('a subgraph that cannot be reached is exit code 3', async () => {
  write({ 'supergraph.yaml': 'subgraphs: { a: { schema: { subgraph_url: "http://127.0.0.1:1/" } } }\n' });
  assert.equal((await weir(['compose'])).exitCode, 3);
});

test('the system does not start when a port is taken, and says which', async (t) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const parsed = readSettings({ WEIR_PORT_BASE: String(Math.min(port, 65_335)) });
  assert.ok(parsed.ok);
  if (parsed.settings.portBase !== port) return t.skip('the free port is too high for a whole system');
  const { exitCode, err } = await weir(['start'], { settings: parsed.settings });
  assert.equal(exitCode, 3);
  assert.match(err, new RegExp(`WEIR-P001\\]: port ${String(port)}, needed for gateway, is taken`));
});

test('reset removes the data of each server and says so', async () => {
  write({ '.weir/data/orders/orders.db': 'x', '.weir/data/catalog/catalog.db': 'x' });
  const { exitCode, err } = await weir(['reset']);
  assert.equal(exitCode, 0);
  assert.match(err, /removed \.weir\/data\/orders/);
  assert.throws(() => readFileSync('.weir/data/orders/orders.db'));
});

test('the list of all commands fits a screen', async () => {
  const { out } = await weir(['--help']);
  assert.ok(out.split('\n').length <= 41, out);
});

test('help for every command fits a screen and ends with its exit codes', async () => {
  for (const name of ['start', 'dev', 'serve', 'compose', 'check', 'config', 'explain', 'doctor', 'reset']) {
    const { out, exitCode } = await weir([name, '--help']);
    assert.equal(exitCode, 0);
    assert.ok(out.split('\n').length <= 40, name);
    assert.match(out, /Exit codes: /, name);
    assert.match(out, /Examples?:/, name);
  }
});

for (const env of [{ WEIR_PORT_BASE: 'x' }, { WEIR_PORT_BASE: '0' }, { WEIR_PORT_BASE: '65400' }]) {
  test(`the port base ${env.WEIR_PORT_BASE} is refused`, () => {
    assert.equal(readSettings(env).ok, false);
  });
}

const priced = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@listSize"])
type Query { items(first: Int = 5): [Item] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false) dear: Item @cost(weight: 40) }
type Item { id: ID next: Item }
`;

/** Threads that plan are started with this process's loader, which they look for from the folder. */
function withLoader(): void {
  symlinkSync(join(start, 'node_modules'), join(folder, 'node_modules'));
}

function pricedShop(): void {
  withLoader();
  write({
    'supergraph.yaml':
      'subgraphs: { items: { routing_url: "http://127.0.0.1:1/", schema: { file: ./items.graphql } } }',
    'items.graphql': priced,
  });
}

test('cost tells what an operation may cost, field by field, and what to cut', async () => {
  pricedShop();
  const { exitCode, out, err } = await weir([
    'cost',
    'query ($n: Int) { items(first: $n) { next { id } } dear { id } }',
    '--variables',
    '{"n": 20}',
  ]);
  assert.equal(exitCode, 0, err);
  assert.match(out, /^cost 80 of 1,000 allowed\n/);
  assert.match(out, /40 +50% {2}├ items \(Query\.items: 20 items, weighs 1\)/);
  assert.match(out, /20 +25% {2}│ └ next \(Item\.next: 20 times, weighs 1\)/);
  assert.match(out, /what to cut:\n {2}items: 10 instead of 20 items save 20\n/);
});

const stocked = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
type Query { stock: Int }
type Item @key(fields: "id") { id: ID! stock: Int place: Place }
type Place { name: String }
`;

test('cost tells what each subgraph is asked, and fails where that is more than gateway.yaml allows', async () => {
  withLoader();
  write({
    'supergraph.yaml':
      'subgraphs: { items: { routing_url: "http://127.0.0.1:1/", schema: { file: ./items.graphql } }, stocks: { routing_url: "http://127.0.0.1:2/", schema: { file: ./stocks.graphql } } }',
    'items.graphql': priced
      .replace('["@cost"', '["@key", "@cost"')
      .replace('type Item { id: ID next', 'type Item @key(fields: "id") { id: ID! next'),
    'stocks.graphql': stocked,
  });
  const query = '{ items(first: 4) { stock place { name } } }';
  const { exitCode, out, err } = await weir(['cost', query]);
  assert.equal(exitCode, 0, err + out);
  assert.match(out, /asked of subgraphs.*:\n +8 +stocks \(1 call, 4 entities\)\n +4 +items {2}\(1 call\)\n/);
  write({
    'gateway.yaml':
      'demand_control: { strategy: { static_estimated: { subgraph: { subgraphs: { stocks: { max: 7 } } } } } }',
  });
  const over = await weir(['cost', query]);
  assert.equal(over.exitCode, 1);
  assert.match(over.out, /stocks \(1 call, 4 entities\), over the 7 allowed\n/);
  const json = await weir(['cost', query, '--format', 'json']);
  const { data } = JSON.parse(json.out) as { readonly data: { readonly subgraphs: unknown } };
  assert.deepEqual(data.subgraphs, [
    { subgraph: 'stocks', calls: 1, entities: 4, cost: 8, max: 7 },
    { subgraph: 'items', calls: 1, entities: 0, cost: 4 },
  ]);
});

test('cost fails above what is allowed, by the option or by gateway.yaml', async () => {
  pricedShop();
  assert.equal((await weir(['cost', '{ dear { id } }', '--max', '39'])).exitCode, 1);
  write({ 'gateway.yaml': 'demand_control: { strategy: { static_estimated: { max: 39 } } }' });
  const json = await weir(['cost', '{ dear { id } }', '--format', 'json']);
  assert.equal(json.exitCode, 1);
  const { data } = JSON.parse(json.out) as { readonly data: Readonly<Record<string, unknown>> };
  assert.deepEqual([data['cost'], data['max']], [40, 39]);
});

test('cost says what is wrong with an operation', async () => {
  pricedShop();
  const { exitCode, err } = await weir(['cost', '{ nothing }']);
  assert.equal(exitCode, 2);
  assert.match(err, /^error: Cannot query field "nothing"/);
});
