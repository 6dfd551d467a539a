import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cancellation, type CancelSignal } from './cancellation.ts';
import { withDeadline } from './deadline.ts';

test('listeners are told once, in their order, and can read the reason', () => {
  const cancellation = new Cancellation();
  const told: unknown[] = [];
  cancellation.addEventListener('abort', () => told.push('first', cancellation.reason));
  cancellation.addEventListener('abort', () => told.push('second'));
  cancellation.abort('left');
  cancellation.abort('again');
  assert.deepEqual(told, ['first', 'left', 'second']);
  assert.equal(cancellation.aborted, true);
  assert.equal(cancellation.reason, 'left');
});

test('who has been removed is not told', () => {
  const cancellation = new Cancellation();
  const told: string[] = [];
  const leave = (): void => void told.push('left');
  cancellation.addEventListener('abort', leave);
  cancellation.addEventListener('abort', () => told.push('stayed'));
  cancellation.removeEventListener('abort', leave);
  cancellation.abort(undefined);
  assert.deepEqual(told, ['stayed']);
});

test('a listener that throws away another one does not keep the rest from being told', () => {
  const cancellation = new Cancellation();
  const told: string[] = [];
  const second = (): void => void told.push('second');
  cancellation.addEventListener('abort', () => cancellation.removeEventListener('abort', second));
  cancellation.addEventListener('abort', second);
  cancellation.addEventListener('abort', () => told.push('third'));
  cancellation.abort(undefined);
  assert.deepEqual(told, ['second', 'third']);
});

test('a deadline below a cancellation ends with it', async () => {
  const cancellation = new Cancellation();
  const work = withDeadline(cancellation, 60_000, (signal) => reasonOf(signal));
  cancellation.abort('left');
  assert.equal(await work, 'left');
});

test('a real AbortSignal serves as well', () => {
  const controller = new AbortController();
  const signal: CancelSignal = controller.signal;
  let told = 0;
  signal.addEventListener('abort', () => (told += 1));
  controller.abort();
  assert.equal(told, 1);
});

function reasonOf(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)));
}
