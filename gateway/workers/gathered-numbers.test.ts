import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reading, type Reading } from '../model/metrics.ts';
import { gatheredNumbers } from './gathered-numbers.ts';
import { relayedPage } from './relayed-page.ts';
import type { NumbersToWorker } from './worker-messages.ts';

const numbers = (count: number): readonly Reading[] => [
  reading('weir_cache_hits_total', count, 'plan'),
  reading('weir_cache_entries', count, 'plan'),
];

const told = (readings: readonly Reading[]): Record<string, Reading['value']> =>
  Object.fromEntries(readings.map(({ name, value }) => [name, value]));

/** Workers that answer at once with what they have, or not at all. */
function stage() {
  const gathered = gatheredNumbers(
    () => [reading('process_resident_memory_bytes', 1)],
    () => Promise.resolve('the page'),
  );
  const worker = () => {
    const made = { count: 0, silent: false, got: [] as NumbersToWorker[] };
    const place = gathered.join((message) => {
      made.got.push(message);
      if (message.kind !== 'numbers wanted' || made.silent) return;
      place.heard({ kind: 'numbers', id: message.id, readings: numbers(made.count) });
    });
    return { made, place };
  };
  return { gathered, worker };
}

test('numbers of all workers and of the process that looks after them are one', async () => {
  const { gathered, worker } = stage();
  worker().made.count = 3;
  worker().made.count = 4;
  assert.deepEqual(told(await gathered.gather()), {
    weir_cache_hits_total: 7,
    weir_cache_entries: 7,
    process_resident_memory_bytes: 1,
  });
});

test('what a worker counted is not lost with it, nor while it does not answer; how it is is not known then', async () => {
  const { gathered, worker } = stage();
  const [gone, hanging] = [worker(), worker()];
  gone.made.count = 3;
  hanging.made.count = 4;
  await gathered.gather();
  gone.place.leave();
  hanging.made.silent = true;
  const after = told(await gathered.gather());
  assert.equal(after['weir_cache_hits_total'], 7);
  assert.equal(after['weir_cache_entries'], undefined);
});

test('a worker that ends while it is waited for keeps nobody waiting', async () => {
  const { gathered, worker } = stage();
  const { made, place } = worker();
  made.silent = true;
  const gathering = gathered.gather();
  place.leave();
  assert.deepEqual(told(await gathering), { process_resident_memory_bytes: 1 });
});

test('several pages at once are each told all', async () => {
  const { gathered, worker } = stage();
  worker().made.count = 2;
  const all = await Promise.all([gathered.gather(), gathered.gather()]);
  for (const one of all) assert.equal(told(one)['weir_cache_hits_total'], 2);
});

test('a worker gets the page of all, and asks once for several who wait', async () => {
  const { worker } = stage();
  const { made, place } = worker();
  let asked = 0;
  const { page, receive } = relayedPage((message) => {
    asked += 1;
    place.heard(message);
  });
  const both = Promise.all([page.text(), page.text()]);
  await new Promise((resolve) => setImmediate(resolve));
  for (const message of made.got) if (message.kind === 'page') receive(message);
  assert.deepEqual(await both, ['the page', 'the page']);
  assert.equal(asked, 1);
});
