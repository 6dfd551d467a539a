import assert from 'node:assert/strict';
import { isObjectType } from 'graphql';
import { test } from 'node:test';
import { contextFor } from './context.ts';
import { graphqlRoute } from './graphql.ts';
import { permissions } from './permissions.ts';
import { guardedSchema } from './schema.ts';
import { startService } from './service.ts';
import { readSettings } from './settings.ts';
import { customer, testReviews } from './test-reviews.ts';
import { writeReview } from './writing.ts';

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
  const entity = await ask(
    '{ _entities(representations: [{ __typename: "Product", id: "p1" }]) { ... on Product { rating { average } reviews { nodes { id author { id } } pageInfo { endCursor } } } } }',
  );
  await entity.text();
  const health = await fetch(`${service.url}/health`);
  const latest = await ask('{ latestReviews(first: 2) { id title } }');
  const { data } = (await latest.json()) as { data: { latestReviews: unknown[] } };
  assert.deepEqual([health.status, await health.json()], [200, { status: 'ok' }]);
  assert.equal(data.latestReviews.length, 2);
  assert.equal(latest.headers.get('cache-control'), 'max-age=30, public');
  assert.equal(entity.headers.get('cache-control'), 'max-age=30, public');
  await service.close();
});

test('every type of the contract has its rules', () => {
  const types = Object.values(guardedSchema().getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .map(({ name }) => name);
  assert.deepEqual(types.sort(), Object.keys(permissions).sort());
});

test('an answer with a review that others may not see is kept nowhere', async () => {
  const shop = await testReviews(0.002);
  const author = customer('u2');
  const graphql = await graphqlRoute({
    schema: guardedSchema(),
    contextOf: () => Promise.resolve(contextFor(author, shop.db, new Date())),
    log: () => undefined,
  });
  const cacheOf = async (id: string, query: string): Promise<string | undefined> => {
    const body = JSON.stringify({ query, variables: { id } });
    const headers = { 'content-type': 'application/json' };
    return (await graphql.route.answer({ method: 'POST', path: '/graphql', search: '', headers, body }))
      .headers['cache-control'];
  };
  const hidden = {
    productId: 'new',
    authorId: 'u2',
    rating: 1,
    title: 'www.x.example',
    body: 'b',
    at: new Date(),
  };
  const { id } = await writeReview(shop.db, hidden);
  const open = await writeReview(shop.db, { ...hidden, productId: 'new-2', title: 'Good' });
  const direct = 'query($id: ID!) { review(id: $id) { title } }';
  const side = `query($id: ID!) { _entities(representations: [{ __typename: "Review", id: $id }, { __typename: "Product", id: "p1" }]) {
    ... on Review { title } ... on Product { rating { count } } } }`;
  const list =
    '{ _entities(representations: [{ __typename: "User", id: "u2" }]) { ... on User { reviews { nodes { title } } } } }';
  const hints = [await cacheOf(open.id, direct), await cacheOf(open.id, side)];
  const kept = [await cacheOf(id, direct), await cacheOf(id, side), await cacheOf(id, list)];
  await graphql.stop();
  await shop.close();
  assert.deepEqual([hints, kept], [Array(2).fill('max-age=30, public'), Array(3).fill('no-store')]);
});
