import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  freePort,
  startRedis,
  withoutRedis as skip,
  type RedisServer,
} from '../../test/gateway/redis-server.ts';
import { redisLog } from './store.ts';

const key = 'weir:invalidations';

/** Follows the stream; `readLive`: texts that came while the log already said that it was live. */
function follow(t: TestContext, { url }: Pick<RedisServer, 'url'>, timeoutMs = 1_000) {
  const read: string[] = [];
  const told: string[] = [];
  const state = { lost: 0, lostBefore: 0, readLive: 0, reached: 0 };
  const log = redisLog(
    { urls: [url], key, timeoutMs },
    {
      read: (text) => {
        if (log.isLive()) state.readLive += 1;
        read.push(text);
      },
      reached: (position) => {
        state.reached = position;
      },
      lost: (position) => {
        state.lost += 1;
        state.lostBefore = position;
      },
    },
    { onDown: (reason) => told.push(`down: ${reason}`), onUp: () => told.push('up') },
  );
  t.after(() => log.close());
  return { log, read, told, state };
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const late = performance.now() + 15_000;
  while (!holds()) {
    assert.ok(performance.now() < late, `${what}: not within 15 seconds`);
    await sleep(10);
  }
}

async function started(t: TestContext, ...more: readonly string[]): Promise<RedisServer> {
  const redis = await startRedis(await freePort(), ...more);
  t.after(() => redis.stop());
  return redis;
}

/** Writes so many texts at once, numbered, as subgraphs are told to write them. */
function write({ command }: RedisServer, count: number, most = 10_000): void {
  const script = `for i = 1, ${String(count)} do
    redis.call('XADD', KEYS[1], 'MAXLEN', '~', '${String(most)}', '*', 'invalidate', tostring(i))
  end return redis.call('XLEN', KEYS[1])`;
  command('EVAL', script, '1', key);
}

test('a log is not live before all that stands in it was read', { skip }, async (t) => {
  const redis = await started(t);
  write(redis, 2_500);
  const { log, read, state } = follow(t, redis);
  await until('live', log.isLive);
  assert.deepEqual([read.length, read.at(-1), state.readLive], [2_500, '2500', 0]);
});

test('a burst that is cut before it was read is told as lost, all of it', { skip }, async (t) => {
  const redis = await started(t);
  const { log, read, state } = follow(t, redis);
  await until('live', log.isLive);
  write(redis, 10);
  await until('what is usual', () => read.includes('10'));
  assert.equal(state.lost, 1, 'only what was before the beginning');
  write(redis, 25_000);
  await until('lost', () => state.lost > 1);
  await until('live again', log.isLive);
  const [first = ''] = redis.command('XRANGE', key, '-', '+', 'COUNT', '1').split('\n');
  const firstAt = Number(first.split('-')[0]) * 4096;
  assert.ok(state.lostBefore >= firstAt, 'nothing that was cut counts as read');
  const stamp = state.reached;
  write(redis, 1);
  await until('read on', () => state.reached > stamp);
});

test('a burst that is read as it comes loses nothing', { skip }, async (t) => {
  const redis = await started(t);
  const { log, read, state } = follow(t, redis);
  await until('live', log.isLive);
  for (let burst = 0; burst < 10; burst += 1) {
    const before = read.length;
    write(redis, 4_000);
    await until('read', () => read.length >= before + 4_000);
  }
  assert.equal(state.lost, 1);
});

for (const [what, spoil] of [
  ['deleted', (redis: RedisServer) => redis.command('DEL', key)],
  ['emptied', (redis: RedisServer) => redis.command('XTRIM', key, 'MAXLEN', '0')],
  [
    'put in place of by one that is older',
    (redis: RedisServer) => {
      redis.command('DEL', key);
      redis.command('XADD', key, '5-0', 'invalidate', 'old');
    },
  ],
] as const) {
  test(`a stream that is ${what} is lost, and followed on`, { skip }, async (t) => {
    const redis = await started(t);
    const { log, read, state } = follow(t, redis);
    await until('live', log.isLive);
    write(redis, 5);
    await until('read', () => read.includes('5'));
    const { reached } = state;
    spoil(redis);
    await until('lost', () => state.lost > 1);
    assert.ok(state.lostBefore > reached, 'positions grow');
    const position = await log.append('new');
    await until('followed', () => read.includes('new'));
    assert.ok((position ?? 0) > state.lostBefore);
  });
}

test('one that was away for less than the stream remembers goes on where it was', { skip }, async (t) => {
  const redis = await started(t);
  const { log, read, state } = follow(t, redis);
  await until('live', log.isLive);
  redis.command('CLIENT', 'KILL', 'TYPE', 'normal');
  write(redis, 2_000);
  await until('read on', () => read.includes('2000'));
  assert.deepEqual([state.lost, read.filter((text) => text === '1').length], [1, 1]);
});

for (const [what, spoil, mend] of [
  ['has no memory left', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']],
  ['became a replica', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE']],
  [
    'has too few replicas to write',
    ['CONFIG', 'SET', 'min-replicas-to-write', '1'],
    ['CONFIG', 'SET', 'min-replicas-to-write', '0'],
  ],
] as const) {
  test(`a server that ${what} can be read, and its log is not live; told once`, { skip }, async (t) => {
    const redis = await started(t);
    const { log, told } = follow(t, redis);
    await until('live', log.isLive);
    const began = performance.now();
    redis.command(...spoil);
    await until('not live', () => !log.isLive());
    assert.ok(performance.now() - began < 2_000, 'what others cannot write is not waited for longer');
    assert.equal(await log.append('x'), undefined);
    for (let looks = 0; looks < 150; looks += 1) {
      await sleep(20);
      assert.ok(!log.isLive());
    }
    assert.equal(told.length, 1, told.join('\n'));
    assert.match(told[0] ?? '', /^down: (OOM|READONLY|NOREPLICAS)/);
    redis.command(...mend);
    await until('live again', log.isLive);
    assert.deepEqual(told.slice(1), ['up']);
  });
}

test('that others can write is proved without writing', { skip }, async (t) => {
  const redis = await started(t);
  const { log } = follow(t, redis);
  await until('live', log.isLive);
  const [length, keys] = [redis.command('XLEN', key), redis.command('KEYS', '*')];
  await sleep(3_000);
  assert.ok(log.isLive());
  assert.deepEqual([redis.command('XLEN', key), redis.command('KEYS', '*')], [length, keys]);
});

/** Does nothing else for so long. */
function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test('an event loop that is held up is no outage of Redis', { skip }, async (t) => {
  const redis = await started(t);
  const { log, told } = follow(t, redis, 50);
  block(2_500); // as composing does when a gateway starts
  await until('live', log.isLive);
  for (let count = 0; count < 5; count += 1) {
    await sleep(100 * count);
    block(1_200);
    await until('live again', log.isLive);
  }
  assert.deepEqual(told, []);
});

test(
  'a Redis that hangs, and one that ends, are told once each, and so is their return',
  { skip },
  async (t) => {
    const port = await freePort();
    let redis = await startRedis(port);
    t.after(() => redis.stop());
    const { log, told } = follow(t, redis);
    await until('live', log.isLive);
    redis.child.kill('SIGSTOP');
    await until('told', () => told.length === 1);
    assert.equal(log.isLive(), false);
    redis.child.kill('SIGCONT');
    await until('up', () => told.length === 2);
    await redis.stop();
    await until('told', () => told.length === 3);
    redis = await startRedis(port);
    await until('up', () => told.length === 4);
    assert.deepEqual(
      told.map((text) => text.split(':')[0]),
      ['down', 'up', 'down', 'up'],
    );
  },
);

test('a Redis that was never there is told', { skip }, async (t) => {
  const { told } = follow(t, { url: `redis://127.0.0.1:${String(await freePort())}` });
  await until('told', () => told.length > 0);
  assert.match(told.join('\n'), /^down: .*ECONNREFUSED/);
});

test('how far the clock of Redis is ahead is known, by the second', { skip }, async (t) => {
  const redis = await started(t);
  const same = follow(t, redis).log;
  await until('live', same.isLive);
  assert.equal(same.aheadMs(), 0);
  const { now } = Date;
  t.mock.method(Date, 'now', () => now() - 3_600_000);
  const { log } = follow(t, redis);
  await until('live', log.isLive);
  await until('known', () => Math.abs(same.aheadMs() - 3_600_000) < 1_000);
  assert.ok(Math.abs(log.aheadMs() - 3_600_000) < 1_000);
});
