import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './service.ts';
import { readSettings } from './settings.ts';

test('the service answers over HTTP, says how long answers may be kept, and ends', async () => {
  const parsed = readSettings({ WEIR_SCALE: '0.002' });
  assert.ok(parsed.ok);
  const settings = { ...parsed.settings, port: 0, store: { kind: 'file', path: ':memory:' } as const };
  const service = await startService(settings, () => undefined, new AbortController().signal);
  const ask = (query: string) =>
    fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
  const answer = await ask('{ warehouses { code } }');
  const entity = await ask(
    '{ _entities(representations: [{ __typename: "Product", id: "p1" }]) { ... on Product { availability { status } } } }',
  );
  await entity.text();
  const { data } = (await answer.json()) as { data: { warehouses: unknown[] } };
  const health = await fetch(`${service.url}/health`);
  assert.deepEqual([health.status, await health.json()], [200, { status: 'ok' }]);
  assert.equal(data.warehouses.length, 4);
  assert.equal(answer.headers.get('cache-control'), 'max-age=300, public');
  assert.equal(entity.headers.get('cache-control'), 'max-age=5, public');
  await service.close();
});
