import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrate, openDatabase } from './database.ts';
import { migrations } from './migrations.ts';
import { passwords } from './passwords.ts';
import { sampleAccount, sampleAddresses } from './sample-users.ts';
import { seed, userCount } from './seed.ts';
import type { Tables } from './tables.ts';

test('sample people are the same each time, and the first four are those of the contract', () => {
  const [ada, other] = [sampleAccount(1, 'hash'), sampleAccount(77, 'hash')];
  assert.deepEqual([ada.id, ada.email, ada.role], ['u1', 'ada@weir.example', 'CUSTOMER']);
  assert.deepEqual(
    [2, 3, 4].map((number) => sampleAccount(number, 'hash').role),
    ['SUPPORT', 'MODERATOR', 'ADMIN'],
  );
  assert.deepEqual(other, sampleAccount(77, 'hash'));
  assert.match(other.email, /^[a-z0-9-]+-77@shop\.example$/);
  assert.deepEqual(sampleAddresses(other, 77), sampleAddresses(other, 77));
});

test('a start that is ended in the middle leaves nothing, and the next one makes all', async () => {
  const db = openDatabase<Tables>({ kind: 'file', path: ':memory:' }, 'accounts');
  await migrate(db, 'accounts', migrations);
  const stopping = new AbortController();
  const task = { db, progress: () => undefined, passwords: await passwords({ N: 16, r: 1, p: 1 }) };
  const seeding = seed({ ...task, scale: 5, signal: stopping.signal });
  stopping.abort(new Error('killed'));
  await assert.rejects(seeding, /killed/);
  assert.deepEqual(await db.selectFrom('account').select('id').execute(), []);

  const outcome = await seed({ ...task, scale: 0.05, signal: new AbortController().signal });
  assert.equal(outcome.kind, 'made');
  assert.equal((await db.selectFrom('account').select('id').execute()).length, userCount(0.05));
  await db.destroy();
});
