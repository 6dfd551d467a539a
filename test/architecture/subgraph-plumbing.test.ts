import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const subgraphs = ['accounts', 'catalog', 'inventory', 'orders', 'reviews'];

/** What every subgraph repeats, so that who knows one knows all (ADR 0002). */
const plumbing = [
  ...['batching', 'budget', 'caller', 'database', 'environment', 'graphql', 'input', 'keys', 'log', 'main'],
  ...['page', 'random', 'rules', 'schema', 'seeding', 'server'],
];

for (const name of plumbing) {
  test(`src/${name}.ts is the same text in every subgraph that has it`, () => {
    const texts = subgraphs
      .map((subgraph) => `${root}/subgraphs/${subgraph}/src/${name}.ts`)
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file, 'utf8'));
    assert.ok(texts.length >= 2, 'at least two subgraphs have it');
    assert.equal(new Set(texts).size, 1);
  });
}
