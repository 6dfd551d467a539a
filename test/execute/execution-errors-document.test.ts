import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('every test that docs/execution-errors.md names exists', () => {
  const tests = ['execution-errors', 'complete', 'entities', 'joint-fetch']
    .map((name) => read(`gateway/execute/${name}.test.ts`))
    .join('\n');
  const rows = read('docs/execution-errors.md')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (What|---)/.test(line));
  assert.ok(rows.length > 25);
  for (const row of rows) {
    const cell = row.split('|').at(-2)?.trim() ?? '';
    for (const name of cell.split(' · ')) {
      const parts = name
        .replace(/ \(`.*`\)$/, '')
        .split('…')
        .map((part) => part.trim());
      assert.ok(
        parts.every((part) => tests.includes(part)),
        `No test is called "${name}".`,
      );
    }
  }
});
