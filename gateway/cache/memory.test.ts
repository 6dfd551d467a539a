import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { counters } from './counters.ts';
import type { Entry } from './entry.ts';
import { Memory } from './memory.ts';

const entryOf = (value: unknown): Entry => ({
  ...{ value, at: 0, freshUntil: 1, staleUntil: 1, errorUntil: 1, stamp: 0, tags: [] },
  ...{ audience: 'public', mayNeedEscape: false },
});

/** Room for so many entries of one byte with keys of one letter. */
function memoryFor(count: number) {
  const account = counters().account('goods', 'Product');
  const memory = new Memory(2 * count);
  const set = (key: string, bytes = 1): void => memory.set(key, entryOf(key), { bytes, account });
  const keys = (): string => [...memory.entries()].map(([key]) => key).join('');
  return { memory, account, set, keys };
}

test('who was not asked for goes first, the oldest of them before the others', () => {
  const { memory, set, keys } = memoryFor(4);
  for (const key of 'abcd') set(key);
  memory.get('a');
  memory.get('c');
  set('e');
  assert.equal(keys(), 'acde');
  set('f');
  assert.equal(keys(), 'acef', 'the hand goes on where it stood');
});

test('what is asked for again and again outlives any number of others', () => {
  const { memory, set } = memoryFor(10);
  set('a');
  for (let n = 0; n < 1000; n += 1) {
    memory.get('a');
    set(String.fromCharCode(0x400 + n));
  }
  assert.notEqual(memory.get('a'), undefined);
});

test('when all were asked for, one goes all the same, after a short walk', () => {
  const { memory, account, set } = memoryFor(1000);
  for (let n = 0; n < 1000; n += 1) {
    const key = String.fromCharCode(0x400 + n);
    set(key);
    memory.get(key);
  }
  set('z');
  assert.deepEqual(memory.size(), { entries: 1000, bytes: 2000, evictions: 1 });
  assert.equal(account.evicted, 1);
  const unmarked = [...memory.entries()].filter(([key, { isUsed }]) => !isUsed && key !== 'z');
  assert.ok(unmarked.length < 40, `the hand passed ${String(unmarked.length)}`);
});

test('what is larger than everything is not taken in, and what stood there is gone', () => {
  const { memory, set, keys } = memoryFor(4);
  for (const key of 'ab') set(key);
  set('a', 8);
  assert.equal(keys(), 'b');
  assert.equal(memory.get('a'), undefined);
});

test('whatever is set, got and deleted, the bytes are those of what is there, and never too many', () => {
  const step = fc.record({
    what: fc.constantFrom('set', 'set', 'get', 'delete'),
    key: fc.constantFrom(...Array.from({ length: 16 }, (_, at) => String.fromCharCode(97 + at))),
    bytes: fc.integer({ min: 1, max: 12 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const { memory, account, set } = memoryFor(10);
      const last = new Map<string, number>();
      for (const { what, key, bytes } of steps) {
        if (what === 'set') set(key, bytes);
        else if (what === 'delete') memory.delete(key);
        else {
          const kept = memory.get(key);
          if (kept !== undefined) assert.deepEqual([kept.value, kept.bytes], [key, last.get(key)]);
        }
        if (what === 'set') last.set(key, bytes + 1);
        const kept = [...memory.entries()];
        const sum = kept.reduce((total, [, one]) => total + one.bytes, 0);
        assert.deepEqual([memory.size().bytes, memory.size().entries], [sum, kept.length]);
        assert.deepEqual([account.bytes, account.entries], [sum, kept.length]);
        assert.ok(sum <= 20);
        if (what === 'set' && bytes < 20) assert.ok(memory.get(key) !== undefined, 'the newest is there');
      }
    }),
  );
});
