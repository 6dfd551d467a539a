import assert from 'node:assert/strict';
import { decodeProtectedHeader } from 'jose';
import { test } from 'node:test';
import { planKeys, signingKeyOf, type KeyTimes } from './key-plan.ts';
import { testAccounts } from './test-accounts.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 1);
const at = (hours: number): Date => new Date(start + hours * hour);
const key = (kid: string, from: number, until: number): KeyTimes => ({
  kid,
  sign_from: at(from).toISOString(),
  sign_until: at(until).toISOString(),
});

const cases: readonly (readonly [
  what: string,
  keys: readonly KeyTimes[],
  now: number,
  make: number | undefined,
])[] = [
  ['the first key is made at once', [], 5, 5],
  ['a young key is left alone', [key('a', 0, 24)], 1, undefined],
  ['the next key is made an hour before its first use', [key('a', 0, 24)], 23, 24],
  ['the next key is made once', [key('a', 0, 24), key('b', 24, 48)], 23.5, undefined],
  ['after a long pause a key is made at once', [key('a', 0, 24)], 100, 100],
];
for (const [what, keys, now, make] of cases) {
  test(what, () => {
    const plan = planKeys(keys, at(now), 24);
    assert.equal(plan.make?.signFrom.getTime(), make === undefined ? undefined : at(make).getTime());
  });
}

test('a key is dropped when its last token has expired, not before', () => {
  const keys = [key('a', 0, 24), key('b', 24, 48)];
  assert.deepEqual(planKeys(keys, at(24.2), 24).drop, []);
  assert.deepEqual(planKeys(keys, at(24.3), 24).drop, ['a']);
});

test('a key is published before it signs, signs in its turn, and is believed after it', async () => {
  const accounts = await testAccounts(0.002);
  const kidOf = (token: string) => decodeProtectedHeader(token).kid;
  const published = () => accounts.keys.published().keys.map(({ kid }) => kid);
  const first = await accounts.signIn('ada@weir.example');

  accounts.later(23.5 * hour);
  await accounts.keys.refresh(accounts.now());
  const before = await accounts.signIn('ada@weir.example');
  assert.equal(kidOf(before.accessToken), kidOf(first.accessToken));
  assert.equal(published().length, 2);

  accounts.later(0.5 * hour);
  const after = await accounts.signIn('ada@weir.example');
  assert.notEqual(kidOf(after.accessToken), kidOf(first.accessToken));
  assert.ok(published().includes(kidOf(before.accessToken)));
  assert.ok(published().includes(kidOf(after.accessToken)));

  accounts.later(hour);
  await accounts.keys.refresh(accounts.now());
  assert.deepEqual(published(), [kidOf(after.accessToken)]);
  await accounts.close();
});

test('what is published has no private part', async () => {
  const accounts = await testAccounts(0.002);
  const { keys } = accounts.keys.published();
  await accounts.close();
  assert.deepEqual(Object.keys(keys[0] ?? {}).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
});

test('of keys in use the one that came last signs', () => {
  assert.equal(signingKeyOf([key('a', 0, 24), key('b', 3, 27)], at(5))?.kid, 'b');
  assert.equal(signingKeyOf([key('a', 0, 24)], at(24)), undefined);
});
