import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { moderator, testReviews, type TestReviews } from './test-reviews.ts';

interface Page {
  readonly nodes: readonly { readonly id: string; readonly rating: number; readonly createdAt: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount: number;
}

const page = `nodes { id rating createdAt } pageInfo { hasNextPage endCursor } totalCount`;
const ofProduct = `query($r: [_Any!]!, $first: Int, $after: String, $sort: ReviewSort) {
  _entities(representations: $r) { ... on Product { reviews(first: $first, after: $after, sort: $sort) { ${page} } } }
}`;

describe('lists of reviews', () => {
  let shop: TestReviews;
  before(async () => {
    shop = await testReviews();
  });
  after(() => shop.close());

  const allOf = async (sort: string | null): Promise<Page['nodes']> => {
    const nodes: Page['nodes'][number][] = [];
    for (let after: string | null = null; ;) {
      const r = [{ __typename: 'Product', id: 'p1' }];
      const { data, errors } = await shop.ask(ofProduct, { r, first: 3, after, sort });
      assert.deepEqual(errors, []);
      const [product] = data?.['_entities'] as { reviews: Page }[];
      nodes.push(...(product?.reviews.nodes ?? []));
      after = product?.reviews.pageInfo.endCursor ?? null;
      if (product?.reviews.pageInfo.hasNextPage !== true) {
        assert.equal(nodes.length, product?.reviews.totalCount);
        return nodes;
      }
    }
  };

  const newer = (a: Page['nodes'][number], b: Page['nodes'][number]) =>
    b.createdAt.localeCompare(a.createdAt);
  for (const [sort, order] of [
    ['NEWEST', newer],
    [null, newer],
    ['BEST', (a, b) => b.rating - a.rating || newer(a, b)],
    ['WORST', (a, b) => a.rating - b.rating || newer(a, b)],
  ] as const satisfies readonly (readonly [string | null, typeof newer])[]) {
    test(`pages sorted by ${sort ?? 'nothing in particular'} give each review once, in order`, async () => {
      const nodes = await allOf(sort);
      assert.ok(nodes.length > 6);
      assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length);
      assert.deepEqual(nodes, [...nodes].sort(order));
    });
  }

  test('the moderation queue is paged, oldest first', async () => {
    const query = `query($after: String) { moderationQueue(first: 2, after: $after) { nodes { id createdAt status } pageInfo { hasNextPage endCursor } totalCount } }`;
    const found: { createdAt: string; status: string }[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { data } = await shop.ask(query, { after }, moderator);
      const queue = data?.['moderationQueue'] as Page & { nodes: { createdAt: string; status: string }[] };
      found.push(...queue.nodes);
      after = queue.pageInfo.endCursor;
      more = queue.pageInfo.hasNextPage;
      if (!more) assert.equal(found.length, queue.totalCount);
    }
    assert.ok(found.length > 2 && found.every(({ status }) => status === 'PENDING'));
    assert.deepEqual(
      found.map(({ createdAt }) => createdAt),
      found.map(({ createdAt }) => createdAt).sort(),
    );
  });

  const everything = `query($r: [_Any!]!) { _entities(representations: $r) {
    ... on Product { rating { average } reviews(first: 5) { totalCount nodes { id product { id rating { count } } author { reviewCount } reports } } }
    ... on User { reviewCount reviews(first: 5) { totalCount nodes { id reports } } }
    ... on Review { id title author { reviews(first: 1) { nodes { id } } } }
  } }`;
  const representations = (count: number) =>
    Array.from({ length: count }, (_, n) => [
      { __typename: 'Product', id: `p${n + 1}` },
      { __typename: 'User', id: `u${n + 1}` },
      { __typename: 'Review', id: `r${n + 1}` },
    ]).flat();

  test('a hundred entities of each kind take no more statements than one', async () => {
    const few = await shop.ask(everything, { r: representations(1) }, moderator);
    const many = await shop.ask(everything, { r: representations(100) }, moderator);
    assert.deepEqual([few.errors, many.errors], [[], []]);
    assert.ok(many.statements.length <= few.statements.length, many.statements.join('\n'));
    assert.ok(many.statements.length <= 12, many.statements.join('\n'));
  });

  test('a page of reviews takes as many statements for a hundred as for one', async () => {
    const query =
      'query($n: Int) { latestReviews(first: $n) { id product { rating { average } } author { reviewCount } reports } }';
    const few = await shop.ask(query, { n: 1 }, moderator);
    const many = await shop.ask(query, { n: 100 }, moderator);
    assert.equal((many.data?.['latestReviews'] as unknown[]).length, 100);
    assert.equal(many.statements.length, few.statements.length);
  });

  for (const [what, query, argument] of [
    ['more than 100', '{ latestReviews(first: 101) { id } }', 'first'],
    ['fewer than none', '{ latestReviews(first: -1) { id } }', 'first'],
    [
      'a cursor of garbage',
      '{ _entities(representations: [{ __typename: "User", id: "u1" }]) { ... on User { reviews(after: "%%%") { totalCount } } } }',
      'after',
    ],
  ] as const) {
    test(`${what} is refused`, async () => {
      const { errors } = await shop.ask(query);
      assert.deepEqual(
        [errors[0]?.extensions['code'], errors[0]?.extensions['argument']],
        ['BAD_USER_INPUT', argument],
      );
    });
  }

  test('a cursor of one order does not fit another', async () => {
    const r = [{ __typename: 'Product', id: 'p1' }];
    const { data } = await shop.ask(ofProduct, { r, first: 1, sort: 'BEST' });
    const after = (data?.['_entities'] as { reviews: Page }[])[0]?.reviews.pageInfo.endCursor;
    const { errors } = await shop.ask(ofProduct, { r, first: 1, sort: 'WORST', after });
    assert.equal(errors[0]?.extensions['argument'], 'after');
  });

  test('ids that cannot be are nobody, not a failure', async () => {
    const r = [
      { __typename: 'Review', id: 'x'.repeat(9_999) },
      { __typename: 'Review', id: 'a\u0000b' },
    ];
    const { data, errors } = await shop.ask(
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Review { id } } }',
      { r },
    );
    assert.deepEqual([data?.['_entities'], errors], [[null, null], []]);
  });
});
