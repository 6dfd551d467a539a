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

const fewest = 16;

/** A look finds the loop so, of which 100 ms of delay are too much. */
const look = (queue: TurnQueue, delayMs: number, utilization = 1): void =>
  queue.look({ delayMs, utilization }, 100);

function lateUntilFewest(queue: TurnQueue): void {
  for (let count = 0; count < 200 && queue.limit > fewest; count += 1) look(queue, 50);
  assert.equal(queue.limit, fewest);
}

test('while the event loop is in time, however busy, or late for a moment only, everybody runs at once', async () => {
  const queue = new TurnQueue();
  for (const delayMs of [0, 500, 0, 0, 0, 500]) look(queue, delayMs);
  const { begin, ends, running } = workshop(queue);
  const all = Array.from({ length: 300 }, begin);
  assert.equal(running(), 300);
  for (const end of ends) end();
  await Promise.all(all);
});

test('while it is late some run and the others wait; each gets its turn, and none is lost when work fails', async () => {
  const queue = new TurnQueue();
  lateUntilFewest(queue);
  const { begin, ends, running, ended } = workshop(queue);
  const all = Array.from({ length: 100 }, begin);
  assert.equal(running(), fewest);
  const failing = inTurn({ turn: () => queue.take(), giveBack: () => queue.giveBack() }, () =>
    Promise.reject(new Error('no')),
  )();
  const failed = assert.rejects(failing, /no/);
  while (ended() < 100) {
    ends.shift()?.();
    await sleep(0);
    assert.ok(running() <= fewest);
  }
  await Promise.all(all);
  await failed;
  const again = Array.from({ length: fewest }, begin);
  assert.equal(running(), fewest, 'all turns were given back');
  for (const end of ends) end();
  await Promise.all(again);
});

test('where it has time left, more run while some wait, and after a second nobody waits any more', async () => {
  const queue = new TurnQueue();
  lateUntilFewest(queue);
  const { begin, ends, running } = workshop(queue);
  const all = Array.from({ length: 200 }, begin);
  look(queue, 0, 0.8);
  await sleep(0);
  assert.equal(running(), 20);
  look(queue, 0, 0.95);
  await sleep(0);
  assert.equal(running(), 20, 'hardly any time is left');
  look(queue, 0, 0.1);
  await sleep(0);
  assert.equal(running(), 80, 'a lot is left');
  for (let count = 0; count < 20; count += 1) look(queue, 0, 0.1);
  await sleep(0);
  assert.equal(running(), 200);
  assert.equal(queue.limit, Infinity);
  for (const end of ends) end();
  await Promise.all(all);
});

test('a subgraph that hangs does not keep the others waiting, however busy the event loop stays', async () => {
  const queue = new TurnQueue();
  lateUntilFewest(queue);
  const { begin, ends, running } = workshop(queue);
  const all = Array.from({ length: 40 }, begin);
  for (let count = 0; count < 9; count += 1) look(queue, 50);
  await sleep(0);
  assert.equal(running(), fewest);
  look(queue, 50);
  await sleep(0);
  assert.equal(running(), 40);
  for (const end of ends) end();
  await Promise.all(all);
});

test('many that run at once are brought down within half a second where the loop is late', () => {
  const queue = new TurnQueue();
  for (let one = 0; one < 400; one += 1) assert.equal(queue.take(), undefined);
  for (let count = 0; count < 2; count += 1) look(queue, 50);
  assert.equal(queue.limit, 340);
  for (let count = 0; count < 8; count += 1) look(queue, 50);
  assert.equal(queue.limit, fewest);
});

test('where it is busy and in time fewer run only once those above the limit have ended', () => {
  const queue = new TurnQueue();
  for (let one = 0; one < 100; one += 1) void queue.take();
  for (let count = 0; count < 2; count += 1) look(queue, 50);
  assert.equal(queue.limit, 85);
  for (let count = 0; count < 5; count += 1) look(queue, 0);
  assert.equal(queue.limit, 85);
  for (let one = 0; one < 20; one += 1) queue.giveBack();
  for (let count = 0; count < 2; count += 1) look(queue, 0);
  assert.equal(queue.limit, 68, 'of the 80 that run');
});
