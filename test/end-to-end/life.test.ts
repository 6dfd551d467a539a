import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { startSampleSystem, until, type Part } from './sample-system.ts';

const parts: readonly Part[] = [
  ...(['gateway', 'bff-web', 'bff-mobile'] as const),
  ...(['accounts', 'catalog', 'inventory', 'orders', 'reviews'] as const),
];

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('Ctrl-C ends the system and leaves no process behind', { timeout: 180_000 }, async () => {
  const system = await startSampleSystem();
  try {
    const pids = await Promise.all(parts.map((part) => system.pidOf(part)));
    assert.equal(await system.end('SIGINT'), 0);
    assert.deepEqual(pids.filter(isAlive), []);
  } finally {
    await system.cleanUp();
  }
});

test(
  'killed in the middle of making sample data, the next start makes it whole',
  { timeout: 240_000 },
  async () => {
    const first = await startSampleSystem({ waitForAddresses: false });
    await until(() => first.output().includes('making sample data'));
    await first.end('SIGKILL');

    const second = await startSampleSystem({ data: first.data });
    try {
      const { data, errors } = await second.ask(
        'gateway',
        '{ products(first: 1) { totalCount nodes { rating { count } availability { status } } } latestReviews { id } }',
      );
      assert.deepEqual(errors, []);
      assert.match(JSON.stringify(data), /"totalCount":100,/);
    } finally {
      await second.cleanUp();
      rmSync(first.data, { recursive: true, force: true });
    }
  },
);
