import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { filesLike } from './file-pattern.ts';

const files = [
  'a.graphql',
  'web/a.graphql',
  'web/b.gql',
  'web/deep/er/c.graphql',
  'web/node_modules/x.graphql',
  'we+b/d.graphql',
];
let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-pattern-'));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
});
after(() => rmSync(folder, { recursive: true, force: true }));

for (const [pattern, expected] of [
  ['*.graphql', ['a.graphql']],
  ['./web/*.graphql', ['web/a.graphql']],
  ['*/*.graphql', ['we+b/d.graphql', 'web/a.graphql']],
  ['web/**/*.graphql', ['web/a.graphql', 'web/deep/er/c.graphql']],
  ['web/*.{graphql,gql}', ['web/a.graphql', 'web/b.gql']],
  ['we+b/?.graphql', ['we+b/d.graphql']],
  ['nowhere/*', []],
  ['web/a.graphql', ['web/a.graphql']],
] as const) {
  test(`${pattern} finds ${String(expected.length)}`, async () => {
    assert.deepEqual(await filesLike(pattern, folder), expected);
  });
}
