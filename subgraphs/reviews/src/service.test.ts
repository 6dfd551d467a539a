import assert from 'node:assert/strict';
import { isObjectType } from 'graphql';
import { test } from 'node:test';
import { permissions } from './permissions.ts';
import { guardedSchema } from './schema.ts';
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
  const health = await fetch(`${service.url}/health`);
  const latest = await ask('{ latestReviews(first: 2) { id title } }');
  const { data } = (await latest.json()) as { data: { latestReviews: unknown[] } };
  assert.deepEqual([health.status, await health.json()], [200, { status: 'ok' }]);
  assert.equal(data.latestReviews.length, 2);
  assert.equal(latest.headers.get('cache-control'), 'max-age=30, public');
  await service.close();
});

test('every type of the contract has its rules', () => {
  const types = Object.values(guardedSchema().getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .map(({ name }) => name);
  assert.deepEqual(types.sort(), Object.keys(permissions).sort());
});
