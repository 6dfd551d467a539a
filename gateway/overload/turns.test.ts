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

function busyUntilFewest(queue: TurnQueue): void {
  for (let look = 0; look < 200 && queue.limit > fewest; look += 1) queue.look(1);
  assert.equal(queue.limit, fewest);
}

test('while the event loop has time left, or none for a moment only, everybody runs at once', async () => {
  const queue = new TurnQueue();
  for (const utilization of [0.5, 1, 0.95, 1, 0.5, 1]) queue.look(utilization);
  const { begin, ends, running } = workshop(queue);
  const all = Array.from({ length: 300 }, begin);
  assert.equal(running(), 300);
  for (const end of ends) end();
  await Promise.all(all);
});

test('while it has none some run and the others wait; each gets its turn, and none is lost when work fails', async () => {
  const queue = new TurnQueue();
  busyUntilFewest(queue);
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
  busyUntilFewest(queue);
  const { begin, ends, running } = workshop(queue);
  const all = Array.from({ length: 200 }, begin);
  queue.look(0.8);
  await sleep(0);
  assert.equal(running(), 20);
  queue.look(0.95);
  await sleep(0);
  assert.equal(running(), 20, 'hardly any time is left');
  for (let look = 0; look < 20; look += 1) queue.look(0.1);
  await sleep(0);
  assert.equal(running(), 200);
  assert.equal(queue.limit, Infinity);
  for (const end of ends) end();
  await Promise.all(all);
});

test('a subgraph that hangs does not keep the others waiting, however busy the event loop stays', async () => {
  const queue = new TurnQueue();
  busyUntilFewest(queue);
  const { begin, ends, running } = workshop(queue);
  const all = Array.from({ length: 40 }, begin);
  for (let look = 0; look < 9; look += 1) queue.look(1);
  await sleep(0);
  assert.equal(running(), fewest);
  queue.look(1);
  await sleep(0);
  assert.equal(running(), 40);
  for (const end of ends) end();
  await Promise.all(all);
});

test('many that run at once are brought down within half a second, and a little too many by little', () => {
  const queue = new TurnQueue();
  for (let one = 0; one < 400; one += 1) assert.equal(queue.take(), undefined);
  for (let look = 0; look < 2; look += 1) queue.look(1);
  assert.equal(queue.limit, 340);
  queue.look(0.95);
  for (let look = 0; look < 2; look += 1) queue.look(1);
  assert.equal(queue.limit, 289);
  for (let look = 0; look < 7; look += 1) queue.look(1);
  assert.equal(queue.limit, fewest);
});
