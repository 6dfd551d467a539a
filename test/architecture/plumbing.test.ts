import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { nodeOptions } from '../../gateway/model/node-options.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const subgraphs = ['accounts', 'catalog', 'inventory', 'orders', 'reviews'].map(
  (name) => `subgraphs/${name}`,
);
const bffs = ['bff-web', 'bff-mobile'];

/** What servers repeat instead of sharing it, so that who knows one knows all (ADR 0002). */
const plumbing: readonly { readonly files: readonly string[]; readonly folders: readonly string[] }[] = [
  {
    folders: subgraphs,
    files: [
      ...['batching', 'budget', 'caller', 'database', 'graphql', 'input', 'keys', 'main', 'page', 'random'],
      ...['rules', 'schema', 'seeding', 'server', 'signature', 'changes'],
    ],
  },
  { folders: bffs, files: ['gateway', 'graphql', 'requested-fields', 'server'] },
  { folders: [...subgraphs, ...bffs], files: ['environment', 'log'] },
];

for (const { files, folders } of plumbing) {
  for (const name of files) {
    test(`src/${name}.ts is the same text in every one of ${folders.join(', ')} that has it`, () => {
      const texts = folders
        .map((folder) => `${root}/${folder}/src/${name}.ts`)
        .filter((file) => existsSync(file))
        .map((file) => readFileSync(file, 'utf8'));
      assert.ok(texts.length >= 2, 'at least two have it');
      assert.equal(new Set(texts).size, 1);
    });
  }
}

test('the command starts Node as workers are started', () => {
  const [first] = readFileSync(`${root}/cli/bin/weir.js`, 'utf8').split('\n');
  assert.equal(first, `#!/usr/bin/env -S node ${nodeOptions.join(' ')}`);
});
