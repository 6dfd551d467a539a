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
