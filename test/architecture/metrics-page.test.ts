import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { metricCatalogue } from '../../gateway/model/metrics.ts';

const page = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');

/** Rows of the page: name, type, labels, what it tells. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

test('docs/metrics.md tells of every metric of the catalogue, with its type and labels, and of no other', () => {
  const names = (text: string): string[] => [...text.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
  const told = rows.map(([, name = '', type = '', labels = '']) => {
    return { name: names(name), type, labels: names(labels) };
  });
  const known = Object.entries(metricCatalogue).map(([name, { kind, labels }]) => {
    return { name: [name], type: kind, labels: [...labels] };
  });
  assert.deepEqual(told, known);
});

test('each row says what is told', () => {
  for (const [, name, , , meaning = ''] of rows) assert.ok(meaning.endsWith('.'), name);
});
