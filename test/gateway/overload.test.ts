import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startClub, type Club } from './club.ts';

async function club(t: TestContext, config: Readonly<Record<string, unknown>>): Promise<Club> {
  const started = await startClub({ config });
  t.after(() => started.close());
  return started;
}

const ready = async (shop: Club): Promise<number> =>
  (await shop.send({ method: 'GET', path: '/health/ready' })).status;

test('more than is allowed at once is refused with 503 and when to come again, and the gateway says that it is not ready', async (t) => {
  const shop = await club(t, {
    traffic_shaping: {
      router: { concurrency_limit: 2, dedupe: false },
      all: { deduplicate_query: false },
    },
    health_check: { readiness: { allowed: 0, interval: { sampling: '100ms', unready: '400ms' } } },
  });
  assert.equal(await ready(shop), 200);
  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (go = resolve));
  shop.subgraphs.accounts.trouble = async (response) => {
    await gate;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"users":[]}}');
  };
  const late = AbortSignal.timeout(20_000);
  const running = [shop.ask('{ users { name } }'), shop.ask('{ users { name } }')];
  while (shop.subgraphs.accounts.asked.length < 2) await sleep(5, undefined, { signal: late });
  const refused = await shop.ask('{ this is never read');
  assert.equal(refused.status, 503);
  assert.deepEqual(refused.codes, ['REQUEST_CONCURRENCY_LIMITED']);
  assert.equal(refused.headers['retry-after'], '1');
  while ((await ready(shop)) === 200) await sleep(10, undefined, { signal: late });
  assert.equal((await shop.send({ method: 'GET', path: '/health/live' })).status, 200);
  go();
  for (const { status } of await Promise.all(running)) assert.equal(status, 200);
  while ((await ready(shop)) !== 200) await sleep(10, undefined, { signal: late });
  assert.equal((await shop.ask('{ ping }')).status, 200);
});
