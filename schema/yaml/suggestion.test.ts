import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestName } from './suggestion.ts';

for (const [written, known, expected] of [
  ['hots', ['host', 'port'], 'host'],
  ['max-depth', ['max_height', 'max_depth'], 'max_depth'],
  ['Introspection', ['introspection'], 'introspection'],
  ['chekc', ['check', 'compose'], 'check'],
  ['zzz', ['host', 'port'], undefined],
  ['', ['a'], undefined],
  ['x'.repeat(10_000), ['x'], undefined],
] as const) {
  test(`"${written.slice(0, 20)}" among ${known.join(', ')}: ${expected ?? 'nothing near'}`, () => {
    assert.equal(nearestName(written, known), expected);
  });
}
