import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'graphql';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const loader = import.meta.resolve('tsx');

test('the program keeps data and talk apart, and ends with the exit code of its work', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-main-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'a.graphql'), 'type Query { a: Int }');
  writeFileSync(
    join(folder, 'supergraph.yaml'),
    'subgraphs: { a: { routing_url: "http://127.0.0.1:1/", schema: { file: a.graphql } } }\n',
  );
  // Where CI is set, messages are coloured even in a file.
  const env = { ...process.env, NO_COLOR: '1' };
  const weir = (...args: readonly string[]) =>
    spawnSync(process.execPath, ['--import', loader, main, ...args], { cwd: folder, encoding: 'utf8', env });
  const composed = weir('compose');
  assert.equal(composed.status, 0, composed.stderr);
  assert.ok(parse(composed.stdout).definitions.length > 0);
  assert.match(composed.stderr, /^composed 1 subgraph /);
  assert.equal(weir('nonsense').status, 2);
});
