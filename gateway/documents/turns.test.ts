import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turns } from './turns.ts';

test('the first may work at once, the next ones each in a later turn of the loop', async () => {
  const turn = turns({ longestWaitMs: 400, shortQueue: 10 }, () => 0);
  const order: string[] = [];
  const first = turn.take().then(() => order.push('first'));
  const second = turn.take().then(() => order.push('second'));
  const third = turn.take().then(() => order.push('third'));
  await first;
  assert.deepEqual(order, ['first']);
  await second;
  assert.deepEqual(order, ['first', 'second']);
  await third;
  assert.deepEqual(order, ['first', 'second', 'third']);
});

test('who waited too long is sent away, and the next one in time still works', async () => {
  let now = 0;
  const turn = turns({ longestWaitMs: 400, shortQueue: 0 }, () => now);
  await turn.take();
  const late = turn.take();
  now = 300;
  const inTime = turn.take();
  now = 500;
  assert.equal(await late, false);
  assert.equal(await inTime, true);
});

test('a few who were held up by something else are served all the same, of many only the last few', async () => {
  let now = 0;
  const turn = turns({ longestWaitMs: 400, shortQueue: 2 }, () => now);
  await turn.take();
  const late = [1, 2, 3, 4, 5].map(() => turn.take());
  now = 1000;
  assert.deepEqual(await Promise.all(late), [false, false, false, true, true]);
});
