import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdsMoreThan } from './json-count.ts';

/** Keys and items, as a parser finds them. */
function countIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value) as readonly unknown[];
  return inner.length + inner.reduce((sum: number, one) => sum + countIn(one), 0);
}

const values: readonly unknown[] = [
  [],
  {},
  [[], {}, [{}]],
  { a: 1, b: [1, 2, { c: null }], d: {} },
  { 'a,b': '{,[', 'q"': '\\', 'x\\"': ['","'] },
  ['a'.repeat(100), ...Array.from({ length: 50 }, () => [])],
];

for (const value of values) {
  for (const space of [0, 2]) {
    const text = JSON.stringify(value, undefined, space).padEnd(400);
    const count = countIn(value);
    test(`${text.trim().slice(0, 40)} holds ${String(count)}`, () => {
      assert.equal(holdsMoreThan(count, text), false);
      if (count > 0) assert.equal(holdsMoreThan(count - 1, text), true);
    });
  }
}

test('what is no JSON ends too', () => {
  for (const text of ['"'.repeat(99), '\\"'.repeat(99), '['.repeat(99), `[${'"\\'.repeat(99)}`])
    assert.equal(typeof holdsMoreThan(3, text), 'boolean');
});
