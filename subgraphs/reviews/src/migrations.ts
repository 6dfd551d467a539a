import type { Kysely, Migration } from 'kysely';
import { sortedText } from './database.ts';

/** In the order of their names; one that has been published is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001_reviews': { up: reviews },
  '0002_reports': { up: reports },
  '0003_sample_data': { up: sampleData },
};

async function reviews(db: Kysely<unknown>): Promise<void> {
  const key = sortedText(db);
  await db.schema
    .createTable('review')
    .addColumn('id', key, (column) => column.primaryKey())
    .addColumn('product_id', key, (column) => column.notNull())
    .addColumn('author_id', key, (column) => column.notNull())
    .addColumn('rating', 'integer', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('created_at', key, (column) => column.notNull())
    .addColumn('status', key, (column) => column.notNull())
    .addColumn('moderation_note', 'text')
    // One review a user and product, also when two are written at the same moment.
    .addUniqueConstraint('one_review_each', ['product_id', 'author_id'])
    .execute();
  const index = (name: string, columns: string[]): Promise<void> =>
    db.schema.createIndex(name).on('review').columns(columns).execute();
  await index('review_newest_of_product', ['product_id', 'created_at', 'id']);
  await index('review_rated_of_product', ['product_id', 'status', 'rating']);
  await index('review_newest_of_author', ['author_id', 'created_at', 'id']);
  await index('review_by_status', ['status', 'created_at', 'id']);
}

async function reports(db: Kysely<unknown>): Promise<void> {
  const key = sortedText(db);
  await db.schema
    .createTable('report')
    .addColumn('review_id', key, (column) => column.notNull().references('review.id').onDelete('cascade'))
    .addColumn('reporter_id', key, (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('created_at', key, (column) => column.notNull())
    .addPrimaryKeyConstraint('one_report_each', ['review_id', 'reporter_id'])
    .execute();
}

async function sampleData(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sample_data')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('scale', 'double precision', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .execute();
}
