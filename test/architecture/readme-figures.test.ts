import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Results } from '../../bench/engine/results.ts';
import { figures, figuresIn } from '../../bench/readme-figures.ts';

const file = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Tables are padded when they are formatted. */
const plain = (text: string): string =>
  text
    .replaceAll(/\|\s*:?-+:?\s*(?=\|)/g, '| - ')
    .replaceAll(/[\s\\]+/g, ' ')
    .trim();

test('the README shows the figures that were recorded', () => {
  const recorded = JSON.parse(file('bench/results/engine.json')) as Results;
  assert.equal(plain(figuresIn(file('README.md'))), plain(figures(recorded)));
});
