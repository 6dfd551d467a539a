import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { followFile } from './follow-file.ts';

function following(t: TestContext, name: string) {
  const folder = mkdtempSync(join(tmpdir(), 'weir-follow-'));
  const path = join(folder, name);
  const told: string[] = [];
  const read = (): string => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return 'none';
    }
  };
  const onRead = (text: string): Promise<void> => {
    told.push(text);
    return Promise.resolve();
  };
  const followed = followFile(path, { first: read(), read, textOf: (text) => text, onRead, pollMs: 50 });
  t.after(async () => {
    await followed.close();
    rmSync(folder, { recursive: true });
  });
  return { folder, path, told };
}

async function until(holds: () => boolean): Promise<void> {
  const late = AbortSignal.timeout(20_000);
  while (!holds()) await sleep(10, undefined, { signal: late });
}

test('a file is told of when it comes into being, at whatever moment', async (t) => {
  for (const delayMs of [0, 1, 2, 5, 10, 20]) {
    const { path, told } = following(t, 'list.txt');
    await sleep(delayMs);
    writeFileSync(path, 'first');
    await until(() => told.at(-1) === 'first');
  }
});

test('a file in a folder that comes later is told of, and each of its changes', async (t) => {
  const { folder, path, told } = following(t, 'later/list.txt');
  await sleep(100);
  mkdirSync(join(folder, 'later'));
  for (const text of ['first', 'second', 'third']) {
    writeFileSync(path, text);
    await until(() => told.at(-1) === text);
  }
  rmSync(path);
  await until(() => told.at(-1) === 'none');
});
