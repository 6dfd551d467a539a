import assert from 'node:assert/strict';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { createSource, type Source, type SourceReading } from './source.ts';

let folder: string;
let source: Source | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-source-'));
});

afterEach(async () => {
  await source?.close();
  await rm(folder, { recursive: true });
});

/** The next reading that the source calls back with. */
function next(from: Source): Promise<SourceReading> {
  return new Promise((resolve) => from.follow(resolve));
}

const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
const problemCodes = (reading: SourceReading): readonly string[] =>
  reading.ok ? [] : reading.problems.map(({ code }) => code);

test('a changed supergraph file is read again, also when it is replaced by renaming', async () => {
  await write('supergraph.graphql', 'type Query { a: Int }');
  source = createSource({ kind: 'file', path: join(folder, 'supergraph.graphql') });
  assert.deepEqual(await source.read(), { ok: true, sdl: 'type Query { a: Int }', warnings: [] });

  const changed = next(source);
  await write('new.graphql', 'type Query { b: Int }');
  await rename(join(folder, 'new.graphql'), join(folder, 'supergraph.graphql'));
  assert.deepEqual(await changed, { ok: true, sdl: 'type Query { b: Int }', warnings: [] });
});

test('a missing file is a coded problem, not an exception', async () => {
  source = createSource({ kind: 'file', path: join(folder, 'nothing.graphql') });
  assert.deepEqual(problemCodes(await source.read()), ['WEIR-F001']);
});

test('a changed subgraph schema recomposes; one that no longer composes comes back as its problems', async () => {
  const subgraph = (field: string): string => `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Query { ${field} }`;
  await write('one.graphql', subgraph('a: Int'));
  await write(
    'supergraph.yaml',
    'federation_version: =2.9.0\nsubgraphs:\n  one:\n    routing_url: http://127.0.0.1:1/graphql\n    schema: { file: ./one.graphql }\n',
  );
  source = createSource({ kind: 'compose', path: join(folder, 'supergraph.yaml'), env: {} });
  const first = await source.read();
  assert.ok(first.ok && first.sdl.includes('a: Int'));

  const broken = next(source);
  await write('one.graphql', subgraph('a: Nothing'));
  assert.equal((await broken).ok, false);
});
