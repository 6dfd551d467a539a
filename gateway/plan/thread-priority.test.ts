import assert from 'node:assert/strict';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { niceness } from './thread-priority.ts';

const file = new URL('./thread-priority.ts', import.meta.url).href;
const loader = import.meta.resolve('tsx/esm/api');

/** Lowers its priority and tells it. */
const script = `
  import { register } from ${JSON.stringify(loader)};
  import { readlinkSync } from 'node:fs';
  import { getPriority } from 'node:os';
  import { parentPort } from 'node:worker_threads';
  register();
  const { standBack } = await import(${JSON.stringify(file)});
  standBack();
  parentPort.postMessage(getPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1))));`;

const onLinux = { skip: process.platform === 'linux' ? false : 'threads have no priority of their own here' };

test('a thread that stands back does so alone: the process keeps its priority', onLinux, async () => {
  const before = getPriority();
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`));
  const [priority] = (await once(worker, 'message')) as [number];
  await worker.terminate();
  assert.equal(priority, Math.max(before, niceness));
  assert.equal(getPriority(), before);
});
