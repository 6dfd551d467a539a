import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customer, moderator, testReviews } from './test-reviews.ts';

const url = process.env['DATABASE_URL_TEST'];
const skip = url === undefined ? 'set DATABASE_URL_TEST to the address of a PostgreSQL to run this' : false;

const r = ['p1', 'p2'].map((id) => ({ __typename: 'Product', id }));
const people = ['u1', 'u2'].map((id) => ({ __typename: 'User', id }));
const operations: readonly string[] = [
  ...['NEWEST', 'BEST', 'WORST'].map(
    (sort) => `query($r: [_Any!]!) { _entities(representations: $r) { ... on Product {
      rating { average count histogram } reviews(first: 3, sort: ${sort}) { totalCount nodes { id reports } pageInfo { endCursor } }
    } ... on User { reviewCount reviews(first: 3) { totalCount nodes { id } } } } }`,
  ),
  '{ latestReviews(first: 5) { id } }',
  '{ moderationQueue(first: 2) { totalCount nodes { id } pageInfo { endCursor } } }',
];
const writes: readonly string[] = [
  'mutation { writeReview(input: { productId: "p1", rating: 5, title: "a", body: "b" }) { rating status } }',
  'mutation { writeReview(input: { productId: "p1", rating: 4, title: "a", body: "www.b" }) { rating status } }',
  'mutation { reportReview(id: "r1", reason: "because") }',
];

test('PostgreSQL answers every query as the file database does', { skip }, async () => {
  const inFile = await testReviews();
  const inPostgres = await testReviews(undefined, { kind: 'postgres', url: url ?? '' });
  const both = async (operation: string, caller = moderator): Promise<string> => {
    const variables = { r: [...r, ...people] };
    const expected = await inFile.ask(operation, variables, caller);
    const actual = await inPostgres.ask(operation, variables, caller);
    assert.deepEqual([expected.errors, actual.errors], [[], []]);
    assert.deepEqual(actual.data, expected.data);
    return JSON.stringify(expected.data);
  };
  try {
    for (const operation of operations) {
      const cursor = /"endCursor":"([^"]+)"/.exec(await both(operation))?.[1];
      if (cursor !== undefined) await both(operation.replace('(first: ', `(after: "${cursor}", first: `));
      await both(
        operation.replace(' reports', '').replace(/moderationQueue.*/, '__typename }'),
        customer('u1'),
      );
    }
    for (const operation of writes) await both(operation, customer('u20'));
    await both('mutation { moderateReview(id: "r1", decision: HIDE, note: "x") { status reports } }');
  } finally {
    await inPostgres.close();
    await inFile.close();
  }
});
