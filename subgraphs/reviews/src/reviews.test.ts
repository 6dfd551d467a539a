import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { anonymous, customer, moderator, testReviews, userWith, type TestReviews } from './test-reviews.ts';

const write = `mutation($input: WriteReviewInput!) {
  writeReview(input: $input) { id rating title body status product { id } author { id } }
}`;
const words = { productId: 'p50', rating: 4, title: ' Good ', body: 'It does what it should.' };
const seen = 'query($id: ID!) { review(id: $id) { id title } }';
const bySideDoor = `query($id: ID!) {
  _entities(representations: [{ __typename: "Review", id: $id }]) { ... on Review { id title } }
}`;

describe('reviews', () => {
  let shop: TestReviews;
  before(async () => {
    shop = await testReviews();
  });
  after(() => shop.close());

  const written = async (author: string, input: object = {}): Promise<{ id: string; status: string }> => {
    const { data, errors } = await shop.ask(write, { input: { ...words, ...input } }, customer(author));
    assert.deepEqual(errors, []);
    return data?.['writeReview'] as { id: string; status: string };
  };
  const total = async (productId: string, caller = anonymous): Promise<unknown> => {
    const query = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Product { reviews(first: 100) { totalCount nodes { id } } } } }`;
    const { data } = await shop.ask(query, { r: [{ __typename: 'Product', id: productId }] }, caller);
    const [product] = data?.['_entities'] as { reviews: { totalCount: number; nodes: unknown[] } }[];
    assert.equal(product?.reviews.nodes.length, product?.reviews.totalCount);
    return product?.reviews.totalCount;
  };

  test("a user's second review of a product takes the place of the first", async () => {
    const first = await written('u7', { productId: 'new-1' });
    const second = await written('u7', { productId: 'new-1', rating: 1 });
    await written('u8', { productId: 'new-1', rating: 5 });
    assert.equal(second.id, first.id);
    const query =
      '{ _entities(representations: [{ __typename: "Product", id: "new-1" }]) { ... on Product { rating { average count histogram } } } }';
    const { data } = await shop.ask(query);
    assert.deepEqual(data?.['_entities'], [{ rating: { average: 3, count: 2, histogram: [1, 0, 0, 0, 1] } }]);
  });

  test('two reviews written at the same moment are one', async () => {
    await Promise.all([written('u9', { productId: 'new-2' }), written('u9', { productId: 'new-2' })]);
    assert.equal(await total('new-2'), 1);
  });

  test('a product without reviews has no average', async () => {
    const query =
      '{ _entities(representations: [{ __typename: "Product", id: "none" }]) { ... on Product { rating { average count histogram } } } }';
    const { data } = await shop.ask(query);
    assert.deepEqual(data?.['_entities'], [
      { rating: { average: null, count: 0, histogram: [0, 0, 0, 0, 0] } },
    ]);
  });

  test('what waits for a moderator is seen by its author and moderators alone, through every door', async () => {
    const review = await written('u10', { productId: 'new-3', body: 'Cheaper at https://evil.example' });
    assert.equal(review.status, 'PENDING');
    for (const [caller, sees] of [
      [anonymous, false],
      [customer('u11'), false],
      [customer('u10'), true],
      [moderator, true],
    ] as const) {
      const direct = await shop.ask(seen, { id: review.id }, caller);
      assert.equal(direct.data?.['review'] !== null, sees);
      const side = await shop.ask(bySideDoor, { id: review.id }, caller);
      assert.equal((side.data?.['_entities'] as unknown[])[0] !== null, sees);
      assert.equal(await total('new-3', caller), sees ? 1 : 0);
      const ofAuthor =
        '{ _entities(representations: [{ __typename: "User", id: "u10" }]) { ... on User { reviews(first: 100) { nodes { id } } } } }';
      const list = await shop.ask(ofAuthor, {}, caller);
      assert.equal(JSON.stringify(list.data).includes(review.id), sees);
    }
  });

  test('the third report takes a review back, a moderator publishes it again', async () => {
    const { id } = await written('u12', { productId: 'new-4' });
    const report = `mutation { reportReview(id: "${id}", reason: "Not about the product") }`;
    for (const reader of ['u13', 'u13', 'u14']) await shop.ask(report, {}, customer(reader));
    assert.equal(await total('new-4'), 1);
    await shop.ask(report, {}, customer('u15'));
    assert.equal(await total('new-4'), 0);
    const asked = await shop.ask(`{ review(id: "${id}") { reports status } }`, {}, moderator);
    assert.deepEqual(asked.data?.['review'], { reports: 3, status: 'PENDING' });
    const publish = `mutation { moderateReview(id: "${id}", decision: PUBLISH, note: "Fine") { status reports moderationNote } }`;
    const { data } = await shop.ask(publish, {}, moderator);
    assert.deepEqual(data?.['moderateReview'], { status: 'PUBLISHED', reports: 0, moderationNote: 'Fine' });
  });

  test('a hidden review that is written anew waits for a moderator', async () => {
    const { id } = await written('u16', { productId: 'new-5' });
    await shop.ask(`mutation { moderateReview(id: "${id}", decision: HIDE) { id } }`, {}, moderator);
    assert.equal((await written('u16', { productId: 'new-5' })).status, 'PENDING');
  });

  test("one's own review cannot be reported, and one that is hidden cannot by others", async () => {
    const own = await written('u17', { productId: 'new-6' });
    const hidden = await written('u17', { productId: 'new-7', title: 'www.evil.example' });
    for (const [id, reader] of [
      [own.id, 'u17'],
      [hidden.id, 'u18'],
      ['nope', 'u18'],
    ] as const) {
      const { errors } = await shop.ask(
        `mutation { reportReview(id: "${id}", reason: "because") }`,
        {},
        customer(reader),
      );
      const [error] = errors;
      assert.deepEqual([error?.extensions['code'], error?.extensions['argument']], ['BAD_USER_INPUT', 'id']);
    }
  });

  test('every wrong field of a review is named at once', async () => {
    const input = { productId: 'a b', rating: 6, title: '  ', body: 'x'.repeat(5_001) };
    const { errors } = await shop.ask(write, { input }, customer('u7'));
    const problems = errors[0]?.extensions['problems'] as { argument: string }[];
    assert.equal(errors[0]?.extensions['code'], 'BAD_USER_INPUT');
    assert.deepEqual(
      problems.map(({ argument }) => argument),
      ['input.productId', 'input.rating', 'input.title', 'input.body'],
    );
  });

  for (const [what, query, who, code] of [
    [
      'writing',
      'mutation { writeReview(input: { productId: "p1", rating: 1, title: "a", body: "b" }) { id } }',
      'UNAUTHENTICATED',
      'FORBIDDEN',
    ],
    [
      'moderating',
      'mutation { moderateReview(id: "r1", decision: HIDE) { id } }',
      'UNAUTHENTICATED',
      'FORBIDDEN',
    ],
    ['the moderation queue', '{ moderationQueue { nodes { id } } }', 'UNAUTHENTICATED', 'FORBIDDEN'],
    ['a moderation note', '{ review(id: "r1") { moderationNote } }', 'UNAUTHENTICATED', 'FORBIDDEN'],
    [
      'the number of reports behind the side door',
      '{ _entities(representations: [{ __typename: "Review", id: "r1" }]) { ... on Review { reports } } }',
      'UNAUTHENTICATED',
      'FORBIDDEN',
    ],
  ] as const) {
    test(`${what} is not for everybody`, async () => {
      const [unknown, known] = [
        await shop.ask(query),
        await shop.ask(query, {}, userWith('u20', 'orders:read')),
      ];
      assert.deepEqual(
        [unknown.errors[0]?.extensions['code'], known.errors[0]?.extensions['code']],
        [who, code],
      );
    });
  }
});
