import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntryStore, LockState } from '../model/cache-store.ts';
import { Cancellation } from '../model/cancellation.ts';
import { lockedAsking, lockName } from './locked.ts';

/** A store whose lock is in these states, one after the other; what was asked of it is noted. */
function storeOf(...states: readonly LockState[]) {
  const noted: string[] = [];
  const left = [...states];
  const note = (text: string): Promise<void> => {
    noted.push(text);
    return Promise.resolve();
  };
  const store: EntryStore = {
    readMany: () => Promise.resolve([]),
    writeMany: () => Promise.resolve(),
    lock: () => Promise.resolve(left.shift() ?? 'held'),
    extend: (_, __, ttlMs) => note(`extend ${String(ttlMs)}`),
    unlock: (_, __, leaving) => note(leaving),
    close: () => Promise.resolve(),
  };
  return { store, noted };
}

interface Doing {
  readonly store: EntryStore;
  readonly signal?: Cancellation;
  readonly ask?: () => Promise<string>;
  readonly isFound?: boolean;
  /** What is found, look by look. */
  readonly found?: readonly (string | undefined)[];
}

function lockedOn({
  store,
  signal = new Cancellation(),
  ask = () => Promise.resolve('asked'),
  isFound = true,
  found = [],
}: Doing) {
  const looks = [...found];
  const pauses: number[] = [];
  let now = 0;
  const result = lockedAsking({
    ...{ lock: { store, group: 'g', name: 'n' }, signal, ask, now: () => now },
    pause: (ms) => {
      pauses.push(ms);
      now += ms;
      return Promise.resolve();
    },
    look: () => Promise.resolve(looks.shift()),
    found: () => Promise.resolve(isFound),
  });
  return { result, pauses };
}

const settled = () => new Promise(setImmediate);

test('whoever has the lock asks, and gives it back when others can find the answer', async () => {
  const { store, noted } = storeOf('ours');
  assert.equal(await lockedOn({ store }).result, 'asked');
  await settled();
  assert.deepEqual(noted, ['free']);
});

test('a lock lasts as long as its call, and not longer', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { store, noted } = storeOf('ours');
  let answer: (text: string) => void = () => undefined;
  const { result } = lockedOn({ store, ask: () => new Promise((resolve) => (answer = resolve)) });
  await settled();
  t.mock.timers.tick(5_000);
  assert.deepEqual(noted, new Array(10).fill('extend 2000'), 'four times as often as it would end');
  answer('late');
  assert.equal(await result, 'late');
  await settled();
  t.mock.timers.tick(5_000);
  assert.equal(noted.length, 11);
  assert.equal(noted.at(-1), 'free');
});

test('whoever got nothing that may be kept says so, and others ask at once', async () => {
  const owner = storeOf('ours');
  await lockedOn({ store: owner.store, isFound: false }).result;
  await settled();
  assert.deepEqual(owner.noted, ['unkept']);
  const other = lockedOn({ store: storeOf('held', 'unkept').store });
  assert.equal(await other.result, 'asked');
  assert.deepEqual(other.pauses, [10]);
});

test('a call that was given up says nothing of the next one', async () => {
  const signal = new Cancellation();
  const { store, noted } = storeOf('ours');
  const { result } = lockedOn({ store, signal, isFound: false });
  signal.abort(new Error('gone'));
  await result;
  await settled();
  assert.deepEqual(noted, ['free']);
});

test('a lock is given back when asking throws', async () => {
  const { store, noted } = storeOf('ours');
  const failing = lockedOn({ store, ask: () => Promise.reject(new Error('a fault')) });
  await assert.rejects(failing.result, /a fault/);
  assert.deepEqual(noted, ['unkept']);
});

test('others wait for what the owner brings, for longer than a call may take, and look ever less often', async () => {
  const { store } = storeOf();
  const waiting = lockedOn({
    store,
    found: [undefined, undefined, undefined, undefined, undefined, 'theirs'],
  });
  assert.equal(await waiting.result, 'theirs');
  assert.deepEqual(waiting.pauses, [10, 20, 40, 80, 80]);
  const inVain = lockedOn({ store: storeOf().store });
  assert.equal(await inVain.result, 'asked');
  const waited = inVain.pauses.reduce((sum, ms) => sum + ms, 0);
  assert.ok(waited >= 30_000 && waited < 31_000);
});

test('without a store, and for whoever has left, there is nothing to wait for', async () => {
  assert.equal(await lockedOn({ store: storeOf('unavailable').store }).result, 'asked');
  const signal = new Cancellation();
  signal.abort(new Error('gone'));
  const gone = lockedOn({ store: storeOf().store, signal });
  assert.equal(await gone.result, 'asked');
  assert.deepEqual(gone.pauses, []);
});

test('one lock for one set of items at one place', () => {
  assert.equal(lockName('P', ['a', 'b']), lockName('P', ['a', 'b']));
  assert.notEqual(lockName('P', ['a', 'b']), lockName('P', ['a']));
  assert.notEqual(lockName('P', ['a']), lockName('U', ['a']));
});
