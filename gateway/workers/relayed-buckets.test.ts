import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { relayedBuckets } from './relayed-buckets.ts';
import type { BucketQuestion } from './worker-messages.ts';

const limits = { requests: undefined, cost: { capacity: 10, refillPerSecond: 0 } };
const taking = { requests: 0, points: 1, forced: false };
const taken = (left: number) => ({ over: undefined, left, retryAfterMs: 0 });

test('what is asked in one turn goes as one message, and each gets its own answer', async () => {
  const sent: (readonly BucketQuestion[])[] = [];
  const { buckets, receive } = relayedBuckets(
    (questions) => sent.push(questions),
    () => performance.now(),
  );
  const asked = ['a', 'b'].map((key) => buckets.take(key, limits, taking));
  await nextTurn();
  const later = buckets.take('c', limits, taking);
  await nextTurn();
  assert.deepEqual(
    sent.map((questions) => questions.map(({ key }) => key)),
    [['a', 'b'], ['c']],
  );
  const ids = sent.flat().map(({ id }) => id);
  receive(ids.map((id, index) => ({ id, taken: taken(index) })).reverse());
  assert.deepEqual(await Promise.all([...asked, later]), [taken(0), taken(1), taken(2)]);
});

test('who is not answered for long is told that there are none, and what comes late is dropped', async () => {
  let now = 0;
  const ids: number[] = [];
  const { buckets, receive } = relayedBuckets(
    (questions) => ids.push(...questions.map(({ id }) => id)),
    () => now,
  );
  const asked = buckets.take('a', limits, taking);
  await nextTurn();
  now = 1_000;
  // The sweep does not keep a process alive by itself.
  const awake = setInterval(() => undefined, 10);
  assert.equal(await asked, undefined);
  clearInterval(awake);
  receive(ids.map((id) => ({ id, taken: taken(1) })));
});
