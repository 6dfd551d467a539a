import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startClub, type Answer, type Club } from './club.ts';
import { freePort, startRedis, withoutRedis } from './redis-server.ts';

/** Automatic persisted queries of two gateways that share texts in one Redis, over HTTP. */

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

function post(club: Club, sha256Hash: string, query?: string): Promise<Answer> {
  return club.send({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, extensions: { persistedQuery: { version: 1, sha256Hash } } }),
  });
}

/** As Apollo's clients do: the hash alone first, and the text with it when nobody knows it. */
async function asked(club: Club, query: string): Promise<readonly Answer[]> {
  const first = await post(club, digest(query));
  return first.codes[0] === 'PERSISTED_QUERY_NOT_FOUND'
    ? [first, await post(club, digest(query), query)]
    : [first];
}

async function clubs(t: TestContext, url: string): Promise<readonly [Club, Club]> {
  const config = { apq: { redis: { urls: [url], timeout: '1s' } } };
  const [one, other] = await Promise.all([startClub({ config }), startClub({ config })]);
  t.after(() => Promise.all([one.close(), other.close()]));
  return [one, other];
}

test(
  'a text that was registered at one gateway is known at the other; without Redis each asks for it once',
  { skip: withoutRedis },
  async (t) => {
    const redis = await startRedis(await freePort());
    t.after(() => redis.stop());
    const [one, other] = await clubs(t, redis.url);
    const late = AbortSignal.timeout(20_000);
    const query = '{ users { name } }';
    const registered = await asked(one, query);
    assert.deepEqual(
      registered.map(({ status, codes }) => [status, codes[0]]),
      [
        [200, 'PERSISTED_QUERY_NOT_FOUND'],
        [200, undefined],
      ],
    );
    // It is written beside the answer; a gateway that has just connected writes nothing yet.
    for (let n = 0; redis.command('dbsize').trim() === '0'; n += 1) {
      await asked(one, `query q${String(n)} { ping }`);
      await sleep(20, undefined, { signal: late });
    }
    const shared = `query Shared { users { name } }`;
    await asked(one, shared);
    while ((await post(other, digest(shared))).codes.length > 0) await sleep(20, undefined, { signal: late });
    const [known] = await asked(other, shared);
    assert.deepEqual([known?.status, known?.codes], [200, []]);
    assert.match(known?.text ?? '', /"name":"Name 1"/);

    await redis.stop();
    const later = 'query Later { users { id } }';
    for (const club of [one, other]) {
      const answers = await asked(club, later);
      assert.deepEqual(
        answers.map(({ status, codes }) => [status, codes[0]]),
        [
          [200, 'PERSISTED_QUERY_NOT_FOUND'],
          [200, undefined],
        ],
      );
      assert.equal((await asked(club, later)).length, 1, 'from then on it is in memory');
    }
    assert.equal((await asked(other, shared)).length, 1, 'what was known stays known');
  },
);
