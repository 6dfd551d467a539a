import { sql, type Kysely, type Migration } from 'kysely';
import { sortedText } from './database.ts';

/** In the order of their names; one that has been published is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001_tables': { up: tables },
  '0002_search': { up: search },
};

async function tables(db: Kysely<unknown>): Promise<void> {
  const text = sortedText(db);
  const { schema } = db;
  await schema
    .createTable('sample_data')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('scale', 'double precision', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('brand')
    .addColumn('slug', text, (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('country', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('category')
    .addColumn('slug', text, (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('parent_slug', text, (column) => column.references('category.slug'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .execute();
  await schema.createIndex('category_parent').on('category').columns(['parent_slug', 'position']).execute();
  await productTable(db);
  await productParts(db);
}

async function productTable(db: Kysely<unknown>): Promise<void> {
  const text = sortedText(db);
  await db.schema
    .createTable('product')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('slug', text, (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('BOOK', 'APPAREL', 'GEAR')`))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('name_key', text, (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('price_amount', 'integer', (column) => column.notNull().check(sql`price_amount > 0`))
    .addColumn('price_currency', 'text', (column) => column.notNull())
    .addColumn('weight_grams', 'integer', (column) => column.notNull())
    .addColumn('brand_slug', text, (column) => column.notNull().references('brand.slug'))
    .addColumn('created_at', text, (column) => column.notNull())
    .addColumn('legacy_sku', 'text')
    .addColumn('supplier_code', 'text', (column) => column.notNull())
    .addColumn('author', 'text')
    .addColumn('pages', 'integer')
    .addColumn('isbn', 'text')
    .addColumn('material', 'text')
    .addColumn('sizes', 'text')
    .addColumn('warranty_months', 'integer')
    .addColumn('power_source', 'text')
    .execute();
  // One index for each order that products are listed in; the id decides among equals.
  for (const column of ['created_at', 'name_key', 'price_amount']) {
    await db.schema.createIndex(`product_by_${column}`).on('product').columns([column, 'id']).execute();
  }
  await db.schema
    .createIndex('product_by_brand')
    .on('product')
    .columns(['brand_slug', 'created_at', 'id'])
    .execute();
}

async function productParts(db: Kysely<unknown>): Promise<void> {
  const text = sortedText(db);
  const { schema } = db;
  await schema
    .createTable('variant')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('product_id', text, (column) => column.notNull().references('product.id'))
    .addColumn('sku', text, (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('price_amount', 'integer')
    .execute();
  await schema.createIndex('variant_by_sku').on('variant').columns(['product_id', 'sku']).unique().execute();
  await schema.createIndex('variant_in_order').on('variant').columns(['product_id', 'position']).execute();
  await schema
    .createTable('product_category')
    .addColumn('product_id', text, (column) => column.notNull().references('product.id'))
    .addColumn('category_slug', text, (column) => column.notNull().references('category.slug'))
    .addColumn('distance', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('product_category_key', ['category_slug', 'product_id'])
    .execute();
  await schema
    .createIndex('product_category_by_product')
    .on('product_category')
    .columns(['product_id', 'distance'])
    .execute();
  await schema
    .createTable('image')
    .addColumn('product_id', text, (column) => column.notNull().references('product.id'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('file', 'text', (column) => column.notNull())
    .addColumn('alt', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('image_key', ['product_id', 'position'])
    .execute();
}

async function search(db: Kysely<unknown>): Promise<void> {
  const text = sortedText(db);
  await db.schema
    .createTable('search_name')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('key', text, (column) => column.notNull())
    .addColumn('name_key', text, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('search_word')
    .addColumn('name_id', text, (column) => column.notNull().references('search_name.id'))
    .addColumn('word', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('search_word_key', ['word', 'name_id'])
    .execute();
  await db.schema.createIndex('search_word_by_name').on('search_word').columns(['name_id', 'word']).execute();
}
