import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { observe } from '../observe/observe.ts';
import type { ToWorker } from './worker-messages.ts';
import { workerPool, type WorkerPool } from './worker-pool.ts';
import type { RunningWorker, Started, WorkerEvents } from './worker.ts';

/** A worker that does as the test says. */
interface Actor extends WorkerEvents {
  readonly told: ToWorker[];
  /** The port it was started with. */
  readonly port: () => number | undefined;
  readonly starts: (how: Started) => void;
  readonly ends: (how: string) => void;
}

interface Stage {
  readonly pool: WorkerPool;
  readonly actors: Actor[];
  readonly lines: Record<string, unknown>[];
  /** The n-th worker that was started, from 0. */
  readonly actor: (n: number) => Promise<Actor>;
}

function actor(events: WorkerEvents): { actor: Actor; worker: RunningWorker } {
  const told: ToWorker[] = [];
  let starts: (how: Started) => void = () => undefined;
  let ends: (how: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => (ends = resolve));
  const answered = new Promise<Started>((resolve) => (starts = resolve));
  const worker: RunningWorker = {
    pid: 1,
    ended,
    started: Promise.race([answered, ended.then((how) => ({ kind: 'died', how }) as const)]),
    send: (message) => void told.push(message),
    kill: () => ends('SIGKILL'),
  };
  const port = (): number | undefined =>
    told.flatMap((one) => (one.kind === 'start' ? (one.port ?? []) : []))[0];
  return { worker, actor: { ...events, told, port, starts, ends } };
}

function stage(t: TestContext, count: number): Stage {
  const actors: Actor[] = [];
  const lines: Record<string, unknown>[] = [];
  const write = (line: string): unknown => lines.push(JSON.parse(line) as Record<string, unknown>);
  const pool = workerPool({
    count,
    logger: observe({ format: 'json', level: 'info' }, { write }).logger,
    onReload: () => undefined,
    briefing: ({ port = 0 }) => [{ ...start, port }],
    start: (events) => {
      const made = actor(events);
      actors.push(made.actor);
      setImmediate(events.onListening);
      return made.worker;
    },
  });
  pool.serving.catch(() => undefined);
  t.after(async () => {
    for (const one of actors) one.ends('exit code 0');
    await pool.stop(0);
  });
  const wanted = async (n: number): Promise<Actor> => {
    const late = AbortSignal.timeout(10_000);
    for (;;) {
      const found = actors[n];
      if (found !== undefined && found.told.length > 0) return found;
      await sleep(5, undefined, { signal: late });
    }
  };
  return { pool, actors, lines, actor: wanted };
}

// Only its port matters to these workers.
const start = {
  kind: 'start',
  number: 1,
  host: undefined,
  sandbox: undefined,
  path: '',
} as unknown as Extract<ToWorker, { kind: 'start' }>;
const serving = (port: number): Started => ({
  kind: 'serving',
  url: `http://127.0.0.1:${String(port)}/graphql`,
});

test('they serve when all do', async (t) => {
  const { pool, actor } = stage(t, 2);
  (await actor(0)).starts(serving(5000));
  assert.equal(await Promise.race([pool.serving, sleep(50, 'not yet')]), 'not yet');
  (await actor(1)).starts(serving(5000));
  assert.equal(await pool.serving, 'http://127.0.0.1:5000/graphql');
});

test('an address that is taken ends the start with its code', async (t) => {
  const { pool, actor } = stage(t, 2);
  (await actor(1)).starts({ kind: 'failed', message: 'address in use', code: 'EADDRINUSE' });
  await assert.rejects(pool.serving, { message: 'address in use', code: 'EADDRINUSE' });
});

test('a worker that ends again and again while none serves ends the start with how', async (t) => {
  const { pool, actor } = stage(t, 1);
  for (const n of [0, 1, 2]) (await actor(n)).ends('SIGABRT');
  await assert.rejects(pool.serving, /the gateway's workers end while they start: SIGABRT/);
});

test('one that ends is started again, however often, while another serves; each time is told', async (t) => {
  const { pool, actor, lines } = stage(t, 2);
  const [one, other] = [await actor(0), await actor(1)];
  one.starts(serving(5000));
  other.ends('SIGSEGV');
  for (const n of [2, 3]) {
    const again = await actor(n);
    again.starts({ kind: 'failed', message: 'no memory', code: undefined });
    again.ends('exit code 1');
  }
  (await actor(4)).starts(serving(5000));
  await pool.serving;
  const ended = lines.filter(({ msg }) => msg === 'a worker ended and is started again');
  assert.deepEqual(
    ended.map(({ worker, how, again_ms: ms }) => [worker, how, ms]),
    [
      [2, 'SIGSEGV', 200],
      [2, 'exit code 1', 400],
      [2, 'exit code 1', 800],
    ],
  );
});

test('a port that was found stays, also when all end at once', async (t) => {
  const { actors, actor } = stage(t, 2);
  for (const n of [0, 1]) (await actor(n)).starts(serving(5000));
  assert.deepEqual([actors[0]?.port(), actors[1]?.port()], [0, 0]);
  actors[1]?.ends('SIGKILL');
  assert.equal((await actor(2)).port(), 0, 'the other one holds it');
  actors[0]?.ends('SIGKILL');
  actors[2]?.ends('SIGKILL');
  assert.deepEqual([(await actor(3)).port(), (await actor(4)).port()], [5000, 5000]);
});

test('asked to end, they are told, and ended when they take too long', async (t) => {
  const { pool, actor, lines } = stage(t, 2);
  const [one, other] = [await actor(0), await actor(1)];
  for (const each of [one, other]) each.starts(serving(5000));
  await pool.serving;
  const stopped = pool.stop(20);
  for (const { told } of [one, other]) assert.equal(told.at(-1)?.kind, 'stop');
  one.ends('exit code 0');
  await stopped;
  assert.deepEqual(lines, []);
});

test('one that was still being made when they are asked to end is told as soon as it listens', async (t) => {
  const { pool, actors } = stage(t, 1);
  const stopped = pool.stop(10_000);
  const late = AbortSignal.timeout(5_000);
  while (actors[0]?.told.length === 0) await sleep(5, undefined, { signal: late });
  assert.deepEqual(actors[0]?.told, [{ kind: 'stop' }]);
  actors[0].ends('exit code 0');
  await stopped;
});
