import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { UntoldDrops } from './untold-drops.ts';

/** A log that can be away, and what it was told. */
function stage() {
  const state = { isAway: true, written: [] as string[][], told: [] as string[], asked: 0 };
  const untold = new UntoldDrops({
    append: (tags) => {
      state.asked += 1;
      if (state.isAway) return Promise.resolve(undefined);
      return Promise.resolve(state.written.push([...tags]));
    },
    told: (tags, position) => state.told.push(`${String(position)}: ${String(tags.length)}`),
  });
  return { untold, state };
}

const entity = (subgraph: string, id: number): string => `e:${subgraph}:Product:id=["${String(id)}"]`;
const many = (subgraph: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, id) => entity(subgraph, id));

/** Waits until everything was tried once more. */
const retried = () => sleep(700);

test('what the log would not take it is told when it is back, in few texts', async () => {
  const { untold, state } = stage();
  for (const tag of many('goods', 450)) untold.add([tag]);
  await retried();
  assert.deepEqual([state.written, state.asked], [[], 1], 'one text tells that it is still away');
  state.isAway = false;
  await retried();
  assert.deepEqual(new Set(state.written.flat()), new Set(many('goods', 450)));
  assert.deepEqual(state.told, ['1: 200', '2: 200', '3: 50']);
});

test('too many to be remembered become everything of their subgraphs, and none is lost', async () => {
  const { untold, state } = stage();
  untold.add(many('stock', 10));
  for (const tag of many('goods', 10_005)) untold.add([tag]);
  state.isAway = false;
  await retried();
  const told = state.written.flat();
  assert.ok(told.length <= 100, `${String(told.length)} tags`);
  assert.deepEqual(
    told.filter((tag) => tag.startsWith('s:')),
    ['s:stock', 's:goods'],
  );
});

test('a tag that is dropped again while it is told is told again', async () => {
  const written: string[] = [];
  let go: (position: number | undefined) => void = () => undefined;
  const untold = new UntoldDrops({
    append: (tags) => {
      written.push(tags.join());
      return new Promise((resolve) => {
        go = resolve;
      });
    },
    told: () => undefined,
  });
  untold.add(['s:goods']);
  await retried();
  untold.add(['s:goods']);
  go(1);
  await retried();
  go(2);
  await untold.close();
  assert.deepEqual(written, ['s:goods', 's:goods']);
});

test('when the process ends, what is untold is tried for a last moment', async () => {
  const { untold, state } = stage();
  untold.add(['s:goods']);
  setTimeout(() => {
    state.isAway = false;
  }, 200);
  await untold.close();
  assert.deepEqual(state.written, [['s:goods']]);
});

test('a log that stays away keeps no process from ending, and nothing is asked any more', async () => {
  const { untold, state } = stage();
  untold.add(['s:goods']);
  const began = performance.now();
  await untold.close();
  assert.ok(performance.now() - began < 2_000);
  const { asked } = state;
  untold.add(['s:stock']);
  await retried();
  assert.equal(state.asked, asked);
});

test('nothing untold: the end is not held up', async () => {
  const { untold, state } = stage();
  const began = performance.now();
  await untold.close();
  assert.ok(performance.now() - began < 200);
  assert.equal(state.asked, 0);
});
