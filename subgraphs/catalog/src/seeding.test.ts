import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { migrate, openDatabase } from './database.ts';
import { migrations } from './migrations.ts';
import { sampleProduct } from './sample-product.ts';
import { productCount, seed } from './seed.ts';
import { quarterly } from './seeding.ts';
import type { Tables } from './tables.ts';

const scale = 0.2;

async function inTemporaryFile(work: (path: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'catalog-'));
  try {
    await work(join(folder, 'catalog.db'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function opened(path: string) {
  const db = openDatabase<Tables>({ kind: 'file', path }, 'catalog');
  await migrate(db, 'catalog', migrations);
  return db;
}

const forever = new AbortController().signal;
const quiet = () => undefined;

test('sample products are the same each time and do not depend on the scale', () => {
  assert.deepEqual(sampleProduct(42), sampleProduct(42));
  const { product, variants } = sampleProduct(42);
  assert.equal(product.price_amount, 499 + ((42 * 7_919) % 19_500));
  assert.equal(product.kind, 'GEAR');
  assert.equal(variants[0]?.sku, 'W-42-1');
});

test('a start that is ended in the middle leaves nothing, and the next one makes all', () =>
  inTemporaryFile(async (path) => {
    const stopping = new AbortController();
    const first = await opened(path);
    const progress = () => {
      stopping.abort(new Error('killed'));
    };
    stopping.signal.throwIfAborted();
    setTimeout(progress, 30);
    await assert.rejects(seed({ db: first, scale: 5, progress: quiet, signal: stopping.signal }), /killed/);
    const half = await first.selectFrom('brand').select('slug').execute();
    await first.destroy();
    assert.deepEqual(half, []);

    const second = await opened(path);
    const outcome = await seed({ db: second, scale, progress: quiet, signal: forever });
    const products = await second.selectFrom('product').select('id').execute();
    await second.destroy();
    assert.equal(outcome.kind, 'made');
    assert.equal(products.length, productCount(scale));
  }));

test('data that is there is left alone, also what has been changed since', () =>
  inTemporaryFile(async (path) => {
    const first = await opened(path);
    await seed({ db: first, scale, progress: quiet, signal: forever });
    await first.updateTable('product').set({ price_amount: 1 }).where('id', '=', 'p1').execute();
    await first.destroy();

    const second = await opened(path);
    const outcome = await seed({ db: second, scale: 1, progress: quiet, signal: forever });
    const { price_amount } = await second
      .selectFrom('product')
      .select('price_amount')
      .where('id', '=', 'p1')
      .executeTakeFirstOrThrow();
    await second.destroy();
    assert.deepEqual(outcome, { kind: 'there already', scale });
    assert.equal(price_amount, 1);
  }));

test('a log hears of each quarter once, and not of the end', () => {
  const told: number[] = [];
  const progress = quarterly((done) => told.push(done));
  for (const done of [0.01, 0.1, 0.3, 0.31, 0.8, 0.99, 1]) progress(done);
  assert.deepEqual(told, [0.01, 0.3, 0.8]);
});

test('the progress ends with 1 and never falls', async () => {
  const db = await opened(':memory:');
  const told: number[] = [];
  await seed({ db, scale: 0.3, progress: (done) => told.push(done), signal: forever });
  await db.destroy();
  assert.equal(told.at(-1), 1);
  assert.deepEqual(
    told,
    [...told].sort((a, b) => a - b),
  );
});
