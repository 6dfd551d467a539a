import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ERRORS } from '@apollo/federation-internals';
import { problemText } from '../problem/problem-text.ts';
import type { Problem } from '../problem/problem.ts';
import { compositionCodes } from './composition-codes.ts';
import { composeFile, composeSupergraph, type SubgraphSource } from './compose.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@requires", "@external"])\n';

function subgraph(name: string, text: string): SubgraphSource {
  const origin = { kind: 'file', shown: `${name}.graphql`, lineOffset: 0, columnOffset: 0 } as const;
  return { name, routingUrl: `http://127.0.0.1/${name}`, sdl: link + text, origin };
}

function problemsOf(...sources: readonly SubgraphSource[]): readonly Problem[] {
  const composition = composeSupergraph(sources);
  assert.ok(!composition.ok);
  return composition.problems;
}

async function folderOf(
  t: TestContext,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-compose-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

async function composed(folder: string, env: Readonly<Record<string, string>> = {}) {
  return composeFile({ path: join(folder, 'supergraph.yaml'), env, signal: AbortSignal.timeout(5_000) });
}

async function refusals(folder: string): Promise<readonly Problem[]> {
  const { composition } = await composed(folder);
  assert.ok(!composition.ok);
  return composition.problems;
}

test('a field with two types is shown in both files, with the difference marked', () => {
  const problems = problemsOf(
    subgraph(
      'orders',
      'type Query { o: Order }\ntype Order @key(fields: "id") {\n  id: ID!\n  total: Float! @shareable\n}',
    ),
    subgraph('web', 'type Order @key(fields: "id") {\n  id: ID!\n  total: Int @shareable\n}'),
  );
  assert.equal(problems.length, 1);
  assert.equal(
    problems.map((problem) => problemText(problem)).join('\n'),
    `error[WEIR-C012]: Order.total has different types
  orders  ./orders.graphql:5:3   total: Float!
  web     ./web.graphql:4:3      total: Int     ← differs
  composer code: FIELD_TYPE_MISMATCH
  fix: use one type in both subgraphs, or mark one with @override(from: "orders")
  more: weir explain WEIR-C012`,
  );
  assert.equal(problems[0]?.coordinate, 'Order.total');
});

test('a field that no query can reach says why, and what to add where', () => {
  const problems = problemsOf(
    subgraph('catalog', 'type Query { topProducts: [Product] }\ntype Product @key(fields: "id") { id: ID! }'),
    subgraph('stock', 'type Product @key(fields: "sku") {\n  sku: ID!\n  weight: Int\n}'),
  );
  const weight = problems.find(({ coordinate }) => coordinate === 'Product.weight');
  assert.ok(weight);
  assert.equal(
    problemText(weight),
    `error[WEIR-C031]: Product.weight cannot be reached
  stock  ./stock.graphql:4:3
   4 |   weight: Int
     |   ^^^^^^
  this query has no plan:   { topProducts { weight } }
    from "catalog":
      no field Product.weight
      cannot enter "stock" by @key(fields: "sku"): "catalog" does not resolve sku
  composer code: SATISFIABILITY_ERROR
  fix: add  sku: ID!  to Product in catalog.graphql:3, or another @key of Product in "stock"
  more: weir explain WEIR-C031`.replace(/^ {3}(?=4| )/gm, '   '),
  );
});

test('a field that two subgraphs resolve without sharing it names both subgraphs', () => {
  const type = 'type P @key(fields: "id") { id: ID! name: String }';
  const [problem] = problemsOf(subgraph('a', `type Query { p: P }\n${type}`), subgraph('b', type));
  assert.equal(problem?.code, 'WEIR-C030');
  assert.deepEqual(
    problem.places.map(({ subgraph: name, location }) => [name, location.line, location.column]),
    [
      ['a', 3, 37],
      ['b', 2, 37],
    ],
  );
});

test('a directive at fault is shown with its source line and the subgraph to blame', () => {
  const [problem] = problemsOf(subgraph('a', 'type Query { p: P }\ntype P @key(fields: "nope") { id: ID! }'));
  assert.equal(problem?.code, 'WEIR-C042');
  assert.equal(problem.subgraph, 'a');
  assert.equal(problem.coordinate, 'P');
  assert.match(problemText(problem), /3 \| type P @key\(fields: "nope"\) \{ id: ID! \}\n {5}\| {8}\^/);
});

test('text that is not GraphQL is reported for each subgraph at its line and column', () => {
  const problems = problemsOf(
    subgraph('a', 'type Query {'),
    subgraph('b', 'type ? {}'),
    subgraph('c', 'scalar X'),
  );
  assert.deepEqual(
    problems.map(({ code, places }) => [code, places[0]?.location.file, places[0]?.location.line]),
    [
      ['WEIR-C001', 'a.graphql', 2],
      ['WEIR-C001', 'b.graphql', 2],
    ],
  );
});

test('a schema nested beyond reason is a problem, not a crash', () => {
  const deep = `type Query { a(b: String = ${'['.repeat(200_000)}): Int }`;
  assert.match(problemsOf(subgraph('a', deep))[0]?.message ?? '', /Syntax Error/);
});

test('equal subgraphs in any order give equal bytes', () => {
  const a = subgraph('a', 'type Query { p: P }\ntype P @key(fields: "id") { id: ID! }');
  const b = subgraph('b', 'type P @key(fields: "id") { id: ID! size: Int }');
  const [first, second] = [composeSupergraph([a, b]), composeSupergraph([b, a])];
  assert.ok(first.ok && second.ok);
  assert.equal(first.sdl, second.sdl);
  assert.equal(first.hash, second.hash);
  assert.match(first.hash, /^[0-9a-f]{64}$/);
  assert.equal(first.typeCount, 2);
});

test('every code of the composer has a number of ours, and no number stands for two', () => {
  const numbers = Object.values(compositionCodes).map(([code]) => code);
  assert.equal(new Set(numbers).size, numbers.length);
  const known = new Set(Object.keys(compositionCodes));
  assert.deepEqual(
    Object.values(ERRORS)
      .map(({ code }) => code)
      .filter((code) => !known.has(code)),
    [],
  );
});

test('supergraph.yaml with file, inline and remote schemas composes', async (t) => {
  const server = createServer((_, response) => {
    response.end(
      JSON.stringify({ data: { _service: { sdl: `${link}type P @key(fields: "id") { id: ID! r: Int }` } } }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const folder = await folderOf(t, {
    'a.graphql': `${link}type Query { p: P }\ntype P @key(fields: "id") { id: ID! }`,
    'supergraph.yaml': `federation_version: =2.9.0
subgraphs:
  a:
    routing_url: \${env.A_URL:-http://127.0.0.1:1/a}
    schema: { file: ./a.graphql }
  b:
    routing_url: http://127.0.0.1:2/b
    schema:
      sdl: |
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
        type P @key(fields: "id") { id: ID! inline: Int }
  c:
    schema: { subgraph_url: ${url} }
`,
  });
  const { composition, files } = await composed(folder, { A_URL: 'http://127.0.0.1:9/x' });
  assert.ok(composition.ok, JSON.stringify(composition));
  assert.deepEqual(
    composition.subgraphs.map(({ name, routingUrl }) => [name, routingUrl]),
    [
      ['a', 'http://127.0.0.1:9/x'],
      ['b', 'http://127.0.0.1:2/b'],
      ['c', url],
    ],
  );
  assert.deepEqual(files, [join(folder, 'supergraph.yaml'), join(folder, 'a.graphql')]);
});

test('a problem inside an inline schema is shown at its place in supergraph.yaml', async (t) => {
  const folder = await folderOf(t, {
    'supergraph.yaml': `subgraphs:
  b:
    routing_url: http://127.0.0.1:2/b
    schema:
      sdl: |
        type Query { a: Int }

        type P { x: Nope }
`,
  });
  const [problem] = await refusals(folder);
  assert.deepEqual(problem?.places[0]?.location, {
    file: join(folder, 'supergraph.yaml'),
    line: 8,
    column: 21,
  });
});

test('all problems of supergraph.yaml come at once, each with its place', async (t) => {
  const folder = await folderOf(t, {
    'supergraph.yaml': `federation_version: 1
subgraphs:
  a:
    routing_url: not a url
    schema: { file: ./a.graphql }
  b:
    schemas: { file: ./b.graphql }
  c:
    schema: { graphref: my-graph@current }
`,
  });
  const problems = await refusals(folder);
  const lines = problems.map(
    ({ code, message, places }) => `${code} ${String(places[0]?.location.line)} ${message}`,
  );
  assert.match(lines.join('\n'), /WEIR-F010 4 subgraphs\.a\.routing_url: expected an http or https URL/);
  assert.match(lines.join('\n'), /WEIR-F010 7 subgraphs\.b\.schemas: unknown key — did you mean "schema"\?/);
  assert.match(lines.join('\n'), /WEIR-F010 9 subgraphs\.c\.schema\.graphref: .*use file: or subgraph_url:/);
});

test('a subgraph with no schema or two is refused by name', async (t) => {
  const folder = await folderOf(t, {
    'supergraph.yaml': 'subgraphs:\n  a:\n    schema: {}\n  b:\n    schema: { file: x, sdl: y }\n',
  });
  assert.deepEqual(
    (await refusals(folder)).map(({ code, subgraph: name }) => [code, name]),
    [
      ['WEIR-F011', 'a'],
      ['WEIR-F011', 'b'],
    ],
  );
});

for (const [code, name, content] of [
  ['WEIR-F001', 'missing.graphql', undefined],
  ['WEIR-F005', 'a.graphql', new Uint8Array([0xff, 0xfe, 0x41])],
  ['WEIR-F006', 'a.graphql', '  \n'],
] as const) {
  test(`a schema file that cannot be used is ${code} at its place in supergraph.yaml`, async (t) => {
    const folder = await folderOf(t, {
      ...(content === undefined ? {} : { [name]: content }),
      'supergraph.yaml': `subgraphs:\n  a:\n    schema: { file: ./${name} }\n`,
    });
    const [problem] = await refusals(folder);
    assert.equal(problem?.code, code);
    assert.equal(problem.places[0]?.location.line, 3);
  });
}

test('a missing file asks for the one that was meant', async (t) => {
  const folder = await folderOf(t, { 'supergraf.yaml': 'subgraphs: {}' });
  const [problem] = await refusals(folder);
  assert.equal(problem?.code, 'WEIR-F001');
  assert.match(problem.fix ?? '', /supergraf\.yaml \?$/);
});

test('a subgraph that cannot be reached says so without the secrets of its URL', async (t) => {
  const folder = await folderOf(t, {
    'supergraph.yaml': 'subgraphs:\n  a:\n    schema: { subgraph_url: "http://u:hush@127.0.0.1:1/g" }\n',
  });
  const [problem] = await refusals(folder);
  assert.equal(problem?.code, 'WEIR-N001');
  assert.ok(!JSON.stringify(problem).includes('hush'));
});

test('a server that redirects or answers with something else gives no schema', async (t) => {
  const server = createServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: '/' }).end();
    else response.end('{"errors":[{"message":"no"}]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = await folderOf(t, {
    'supergraph.yaml': `subgraphs:\n  a: { schema: { subgraph_url: "${base}/moved" } }\n  b: { schema: { subgraph_url: "${base}/" } }\n`,
  });
  const problems = await refusals(folder);
  assert.deepEqual(
    problems.map(({ code, subgraph: name }) => [code, name]),
    [
      ['WEIR-N002', 'a'],
      ['WEIR-N002', 'b'],
    ],
  );
});

test('a federation version newer than the composer knows is a warning, not an error', async (t) => {
  const folder = await folderOf(t, {
    'a.graphql': 'type Query { a: Int }',
    'supergraph.yaml': 'federation_version: =2.99.0\nsubgraphs:\n  a: { schema: { file: a.graphql } }\n',
  });
  const { composition, warnings } = await composed(folder);
  assert.ok(composition.ok);
  assert.match(warnings[0]?.message ?? '', /newer than this composer knows/);
});
