import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultCost, passwords } from './passwords.ts';
import { throttle } from './throttle.ts';
import { turnstile } from './turnstile.ts';

const cheap = { N: 16, r: 1, p: 1 };

test('a stored hash names algorithm and cost, has its own salt, and matches its password alone', async () => {
  const { hash, matches } = await passwords(cheap);
  const [one, two] = [await hash('river-stone-42'), await hash('river-stone-42')];
  assert.match(one, /^scrypt\$16\$1\$1\$[\w-]{22}\$[\w-]{43}$/);
  assert.notEqual(one, two);
  assert.equal(await matches('river-stone-42', one), true);
  assert.equal(await matches('river-stone-43', one), false);
  assert.equal(await matches('river-stone-42', undefined), false);
});

test('a hash made at another cost still matches', async () => {
  const stored = await (await passwords({ N: 32, r: 2, p: 1 })).hash('river-stone-42');
  assert.equal(await (await passwords(cheap)).matches('river-stone-42', stored), true);
});

test('the cost in use needs 32 MB', async () => {
  assert.equal(128 * defaultCost.N * defaultCost.r, 33_554_432);
  const { hash, matches } = await passwords();
  assert.equal(await matches('x', await hash('x')), true);
});

test('who would wait behind fifty others is refused at once', async () => {
  const { hash } = await passwords(cheap);
  const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => hash('x')));
  assert.equal(outcomes.filter(({ status }) => status === 'rejected').length, 8);
});

test('a turnstile lets no more in than it should, and goes on after a failure', async () => {
  const gate = turnstile({ atOnce: 2, waiting: 10 });
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise(setImmediate);
    inside -= 1;
    throw new Error('failed');
  };
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, async () => gate(work)));
  assert.ok(outcomes.every(({ status }) => status === 'rejected'));
  assert.equal(most, 2);
});

test('the throttle forgets the name that it heard of longest ago when it knows too many', () => {
  const { attempt } = throttle({ attempts: 1, windowMs: 1_000, names: 2 });
  for (const name of ['a', 'b', 'c']) attempt(name, 0);
  assert.deepEqual(attempt('c', 400), { kind: 'wait', seconds: 1 });
  assert.deepEqual(attempt('a', 400), { kind: 'go ahead' });
});
