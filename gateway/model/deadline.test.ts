import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setTimeout as sleep } from 'node:timers/promises';
import { withDeadline } from './deadline.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const ended = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason), { once: true }));

test('a deadline comes, whatever was garbage-collected meanwhile', async () => {
  const reason = withDeadline(new AbortController().signal, 60, ended);
  await sleep(10);
  collectGarbage();
  assert.equal(((await reason) as Error).name, 'TimeoutError');
});

test('the work ends with its parent, also with one that has ended before', async () => {
  const parent = new AbortController();
  const reason = withDeadline(parent.signal, 60_000, ended);
  parent.abort('gone');
  assert.equal(await reason, 'gone');
  const before = withDeadline(parent.signal, 60_000, (signal) => Promise.resolve(signal.aborted));
  assert.equal(await before, true);
});

test('what was done in time is what comes back, and the parent holds nothing of it', async () => {
  let listeners = 0;
  const parent = new AbortController();
  parent.signal.addEventListener = () => void (listeners += 1);
  parent.signal.removeEventListener = () => void (listeners -= 1);
  assert.equal(await withDeadline(parent.signal, 60_000, () => Promise.resolve(7)), 7);
  await assert.rejects(
    withDeadline(parent.signal, 60_000, () => Promise.reject(new Error('no'))),
    /no/,
  );
  assert.equal(listeners, 0);
});
