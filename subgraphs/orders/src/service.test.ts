import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './service.ts';
import { readSettings } from './settings.ts';

test('the service answers over HTTP, keeps what is private private, and ends', async () => {
  const parsed = readSettings({ WEIR_SCALE: '0.002' });
  assert.ok(parsed.ok);
  const settings = { ...parsed.settings, port: 0, store: { kind: 'file', path: ':memory:' } as const };
  const service = await startService(settings, () => undefined, new AbortController().signal);
  const ask = async (query: string) => {
    const response = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return { cache: response.headers.get('cache-control'), text: await response.text() };
  };
  const sold = await ask(
    '{ _entities(representations: [{ __typename: "Product", id: "p1" }]) { ... on Product { soldLast30Days } } }',
  );
  const order = await ask('{ order(id: "o1") { id } }');
  assert.match(sold.text, /"soldLast30Days":\d+/);
  assert.match(order.text, /UNAUTHENTICATED/);
  assert.deepEqual([sold.cache, order.cache], ['max-age=3600, public', 'no-store']);
  await service.close();
});

test('all wrong variables are named at once, without repeating what may be secret', () => {
  const parsed = readSettings({
    CATALOG_URL: 'ftp://x',
    INVENTORY_URL: 'nowhere',
    ACCOUNTS_URL: 'http//u:secret@x',
    PORT: 'a',
  });
  assert.ok(!parsed.ok);
  assert.deepEqual(
    parsed.problems.map((problem) => problem.split(' ')[0]),
    ['PORT', 'CATALOG_URL', 'INVENTORY_URL', 'ACCOUNTS_URL'],
  );
  assert.ok(!parsed.problems.join().includes('secret'));
});
