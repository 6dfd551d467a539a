import assert from 'node:assert/strict';
import { test } from 'node:test';
import { versionRange } from './version-range.ts';

const table: readonly (readonly [range: string, inside: readonly string[], outside: readonly string[]])[] = [
  ['2.*', ['2.0', '2.4.1'], ['20', '2', '3.0']],
  ['2.1', ['2.1'], ['2.1.0', '2.10']],
  ['build-17', ['build-17'], ['build-170']],
  ['>=2.1', ['2.1', '2.1.0', 'v3', '10.0'], ['2.0.9', '2.1-beta', '2', 'next', '']],
  ['>=2.1 <3', ['2.1', '2.99'], ['3', '3.0.0', '2.0']],
  ['> 2 <= 4', ['2.0.1', '4.0'], ['2', '4.0.1']],
  ['=2.0', ['2', '2.0.0+5'], ['2.0.1']],
];

for (const [range, inside, outside] of table) {
  test(`${range} is ${inside.join(', ')} and not ${outside.join(', ')}`, () => {
    const covers = versionRange(range);
    assert.ok(covers !== undefined);
    assert.deepEqual(
      inside.filter((version) => !covers(version)),
      [],
    );
    assert.deepEqual(outside.filter(covers), []);
  });
}

test('what is no range is not taken for one', () => {
  for (const text of ['', ' ', '>=', '>=x', '>=2 3', '2 <3', '=>2'])
    assert.equal(versionRange(text), undefined, text);
});
