import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTurn } from './overload.ts';
import { TurnQueue } from './turns.ts';

/** Work that goes on until it is ended, in turns of a queue. */
function workshop(queue: TurnQueue) {
  let running = 0;
  let ended = 0;
  const ends: (() => void)[] = [];
  const turns = { turn: () => queue.take(), giveBack: () => queue.giveBack() };
  const begin = (): Promise<void> =>
    inTurn(turns, async () => {
      running += 1;
      await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
      ended += 1;
    })();
  return { begin, ends, running: () => running, ended: () => ended };
}

function lateUntil(queue: TurnQueue, limit: number): void {
  for (let look = 0; look < 200 && queue.limit > limit; look += 1) queue.look(50, 100);
  assert.equal(queue.limit, limit);
}

test('while the event loop is in time, or late for a moment only, everybody runs at once', async () => {
  const queue = new TurnQueue();
  for (const delayMs of [0, 500, 500, 0, 500, 500]) queue.look(delayMs, 100);
  const { begin, ends, running } = workshop(queue);
  const all = Array.from({ length: 300 }, begin);
  assert.equal(running(), 300);
  for (const end of ends) end();
  await Promise.all(all);
});

test('while it is late some run and the others wait; each gets its turn, and none is lost when work fails', async () => {
  const queue = new TurnQueue();
  lateUntil(queue, 16);
  const { begin, ends, running, ended } = workshop(queue);
  const all = Array.from({ length: 100 }, begin);
  assert.equal(running(), 16);
  const failing = inTurn({ turn: () => queue.take(), giveBack: () => queue.giveBack() }, () =>
    Promise.reject(new Error('no')),
  )();
  const failed = assert.rejects(failing, /no/);
  while (ended() < 100) {
    ends.shift()?.();
    await sleep(0);
    assert.ok(running() <= 16);
  }
  await Promise.all(all);
  await failed;
  const again = Array.from({ length: 16 }, begin);
  assert.equal(running(), 16, 'all turns were given back');
  for (const end of ends) end();
  await Promise.all(again);
});

test('in time again, more run while some wait, and after a second nobody waits any more', async () => {
  const queue = new TurnQueue();
  lateUntil(queue, 16);
  const { begin, ends, running } = workshop(queue);
  const all = Array.from({ length: 200 }, begin);
  queue.look(0, 100);
  await sleep(0);
  assert.equal(running(), 17);
  for (let look = 1; look < 20; look += 1) queue.look(0, 100);
  await sleep(0);
  assert.equal(running(), 200);
  assert.equal(queue.limit, Infinity);
  for (const end of ends) end();
  await Promise.all(all);
});

test('a subgraph that hangs does not keep the others waiting, however late the event loop stays', async () => {
  const queue = new TurnQueue();
  lateUntil(queue, 16);
  const { begin, ends, running } = workshop(queue);
  const all = Array.from({ length: 40 }, begin);
  for (let look = 0; look < 9; look += 1) queue.look(50, 100);
  await sleep(0);
  assert.equal(running(), 16);
  queue.look(50, 100);
  await sleep(0);
  assert.equal(running(), 40);
  for (const end of ends) end();
  await Promise.all(all);
});
