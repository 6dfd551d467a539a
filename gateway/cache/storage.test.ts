import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counters } from './counters.ts';
import { entryText, type Entry } from './entry.ts';
import { createStorage } from './storage.ts';

const until = { freshUntil: 1_000, staleUntil: 1_000, errorUntil: 1_000 };
const entryOf = (value: object, times: object = until): Entry => ({
  ...{ value, at: 0, ...until, ...times, stamp: 0, tags: [], audience: 'public', mayNeedEscape: false },
});

/** Memory for about ten entries before a shared store that has an entry under each name; `taken`: what luck says. */
function stage({ taken }: { readonly taken: boolean }) {
  const account = counters().account('goods', 'Product');
  const state = { now: 0 };
  const storage = createStorage(
    { memoryBytes: 6_000, maxEntryBytes: 1_000 },
    {
      ...{
        now: () => state.now,
        random: () => (taken ? 0 : 0.99),
        onGarbage: () => assert.fail('no garbage'),
      },
      shared: {
        store: {
          readMany: (group, names) =>
            Promise.resolve(names.map((name) => entryText(group + name, entryOf({ name })))),
          writeMany: () => Promise.resolve(),
          lock: () => Promise.resolve('unavailable'),
          extend: () => Promise.resolve(),
          unlock: () => Promise.resolve(),
          close: () => Promise.resolve(),
        },
        log: { isLive: () => true, append: () => Promise.resolve(1), close: () => Promise.resolve() },
      },
    },
  );
  return { storage, account, state };
}

/** Reads so many entries from the shared store, one at a time. */
async function readThrough({ storage, account }: ReturnType<typeof stage>, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const loaded = await storage.load('group', [`name ${String(at)}`], account);
    assert.equal(loaded.size, 1, 'whoever asked is given it, taken in or not');
  }
}

test('what the shared store brings fills the memory, and then seldom pushes anything out', async () => {
  const seldom = stage({ taken: false });
  await readThrough(seldom, 1_000);
  assert.ok(seldom.storage.size().entries >= 9);
  assert.equal(seldom.storage.size().evictions, 0);

  const always = stage({ taken: true });
  await readThrough(always, 1_000);
  assert.ok(always.storage.size().evictions > 900);
});

test('what stands in a full memory is replaced by what the shared store has of it', async () => {
  const one = stage({ taken: false });
  const old = entryOf({ name: 'old' }, { freshUntil: 10, staleUntil: 10 });
  one.storage.put('group', [['wanted', old]], one.account);
  await readThrough(one, 20);
  one.state.now = 500;
  assert.deepEqual(one.storage.find('group', 'wanted')?.value, { name: 'old' }, 'good for errors only');
  await one.storage.load('group', ['wanted'], one.account);
  assert.deepEqual(one.storage.find('group', 'wanted')?.value, { name: 'wanted' });
});

/** A gateway's storage by a clock of its own, on what it shares with others; `aheadMs`: the shared clock, seen from its own. */
function gateway(texts: Map<string, string>, now: () => number, aheadMs?: number) {
  const account = counters().account('goods', 'Product');
  const { shared } = stage({ taken: true }).storage;
  assert.ok(shared !== undefined);
  const storage = createStorage(
    { memoryBytes: 100_000, maxEntryBytes: 1_000 },
    {
      ...{ now, random: () => 0, onGarbage: () => assert.fail('no garbage') },
      shared: {
        store: {
          ...shared.store,
          readMany: (group, names) => Promise.resolve(names.map((name) => texts.get(group + name))),
          writeMany: (group, entries) => {
            for (const { name, text } of entries) texts.set(group + name, text);
            return Promise.resolve();
          },
        },
        log: {
          ...{ isLive: () => true, append: () => Promise.resolve(1), close: () => Promise.resolve() },
          ...(aheadMs === undefined ? {} : { aheadMs: () => aheadMs }),
        },
      },
    },
  );
  const keep = (ttlMs: number): void => {
    const at = storage.now();
    const until = { freshUntil: at + ttlMs, staleUntil: at + ttlMs, errorUntil: at + ttlMs };
    storage.put('group', [['one', { ...entryOf({}), at, ...until }]], account);
  };
  const loads = async (): Promise<boolean> => (await storage.load('group', ['one'], account)).size === 1;
  return { keep, loads, storage };
}

const hour = 3_600_000;

for (const [how, aheadMs] of [
  ['behind', hour],
  ['ahead of', -hour],
] as const) {
  test(`a gateway whose clock is an hour ${how} the others' goes by the shared one`, async () => {
    const world = { now: 10 * hour };
    const texts = new Map<string, string>();
    const wrong = gateway(texts, () => world.now - aheadMs, aheadMs);
    const right = gateway(texts, () => world.now, 0);
    for (const [writer, reader] of [
      [right, wrong],
      [wrong, right],
    ] as const) {
      writer.keep(60_000);
      assert.equal(await reader.loads(), true);
      assert.notEqual(reader.storage.find('group', 'one'), undefined);
      world.now += 61_000;
      assert.equal(reader.storage.find('group', 'one'), undefined, 'an hour longer than it is good for');
      assert.equal(await reader.loads(), false);
    }
  });
}

test('what was asked for later than now is not believed: the clock of who wrote it is wrong', async () => {
  const texts = new Map<string, string>();
  gateway(texts, () => 10 * hour).keep(60_000);
  for (const [behind, isBelieved] of [
    [0, true],
    [4_000, true],
    [6_000, false],
    [hour - 600_000, false],
  ] as const)
    assert.equal(await gateway(texts, () => 10 * hour - behind).loads(), isBelieved, `${String(behind)} ms`);
});
