import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomOf } from './random.ts';
import { sampleReviews, sampleSize } from './sample.ts';
import { seed } from './seed.ts';
import { testReviews } from './test-reviews.ts';

test('sample reviews are the same each time, and nobody reviews a product twice', () => {
  const size = sampleSize(0.05);
  const reviews = [...sampleReviews(size, randomOf(7))];
  assert.deepEqual(reviews, [...sampleReviews(size, randomOf(7))]);
  assert.equal(reviews.length, 2_000);
  assert.equal(new Set(reviews.map(({ product_id, author_id }) => `${product_id} ${author_id}`)).size, 2_000);
});

test('a tiny shop has reviews, too', () => {
  const reviews = [...sampleReviews(sampleSize(0.0001), randomOf(7))];
  assert.ok(reviews.length >= 1);
});

test('a start that is ended in the middle leaves nothing, the next makes all, later ones change nothing', async () => {
  const shop = await testReviews();
  const { db } = shop;
  const stopping = new AbortController();
  for (const table of ['report', 'review', 'sample_data'] as const) await db.deleteFrom(table).execute();
  const given = { db, scale: 0.05, progress: () => undefined };
  setImmediate(() => {
    stopping.abort(new Error('killed'));
  });
  await assert.rejects(seed({ ...given, signal: stopping.signal }), /killed/);
  assert.deepEqual(await db.selectFrom('review').select('id').execute(), []);
  const outcome = await seed({ ...given, signal: new AbortController().signal });
  assert.equal(outcome.kind, 'made');
  await db.updateTable('review').set({ title: 'mine' }).where('id', '=', 'r1').execute();
  const again = await seed({ ...given, scale: 1, signal: new AbortController().signal });
  const { title } = await db
    .selectFrom('review')
    .select('title')
    .where('id', '=', 'r1')
    .executeTakeFirstOrThrow();
  await shop.close();
  assert.deepEqual([again, title], [{ kind: 'there already', scale: 0.05 }, 'mine']);
});
