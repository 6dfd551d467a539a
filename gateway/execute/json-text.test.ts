import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { inOnePiece } from './json-text.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const answers = 100;
const numbers = 5_000;

/** As answers are written: number by number. */
function written(first: number): string {
  let text = '[';
  for (let number = first; number < first + numbers; number += 1) text += `${String(number)},`;
  return `${text}0]`;
}

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

test('a text that is kept for long does not keep the pieces it was put together from', () => {
  const before = heapUsed();
  const texts = Array.from({ length: answers }, (_, n) => inOnePiece(written(100_000 + n)));
  const characters = texts.reduce((sum, { length }) => sum + length, 0);
  const each = (heapUsed() - before) / characters;
  assert.ok(each < 1.5, `${each.toFixed(1)} bytes a character`);
  assert.equal(texts[0], `[${Array.from({ length: numbers }, (_, n) => n + 100_000).join()},0]`);
});
