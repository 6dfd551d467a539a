import type { Kysely, Migration } from 'kysely';
import { sortedText } from './database.ts';

/** In the order of their names; one that has been published is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001_carts': { up: carts },
  '0002_orders': { up: orders },
  '0003_order-parts': { up: orderParts },
  '0004_purchases': { up: purchases },
  '0005_reversals': { up: reversals },
};

async function carts(db: Kysely<unknown>): Promise<void> {
  const text = sortedText(db);
  await db.schema
    .createTable('sample_data')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('scale', 'double precision', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('cart_line')
    .addColumn('user_id', text, (column) => column.notNull())
    .addColumn('product_id', text, (column) => column.notNull())
    .addColumn('quantity', 'integer', (column) => column.notNull())
    .addColumn('added_at', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('cart_line_key', ['user_id', 'product_id'])
    .execute();
}

async function orders(db: Kysely<unknown>): Promise<void> {
  const text = sortedText(db);
  await db.schema
    .createTable('orders')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('number', text, (column) => column.notNull().unique())
    .addColumn('user_id', text, (column) => column.notNull())
    .addColumn('customer_name', 'text', (column) => column.notNull())
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('placed_at', text, (column) => column.notNull())
    .addColumn('total', 'integer', (column) => column.notNull())
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('ships_from', 'text')
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('street', 'text', (column) => column.notNull())
    .addColumn('postal_code', 'text', (column) => column.notNull())
    .addColumn('city', 'text', (column) => column.notNull())
    .addColumn('country', 'text', (column) => column.notNull())
    .addColumn('support_note', 'text')
    .execute();
  const index = (name: string, columns: string[]): Promise<void> =>
    db.schema.createIndex(name).on('orders').columns(columns).execute();
  await index('orders_newest', ['placed_at', 'id']);
  await index('orders_by_status', ['status', 'placed_at', 'id']);
  await index('orders_of_user', ['user_id', 'placed_at', 'id']);
}

async function orderParts(db: Kysely<unknown>): Promise<void> {
  const text = sortedText(db);
  await db.schema
    .createTable('order_line')
    .addColumn('order_id', text, (column) => column.notNull().references('orders.id').onDelete('cascade'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('product_id', text, (column) => column.notNull())
    .addColumn('sku', 'text')
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('quantity', 'integer', (column) => column.notNull())
    .addColumn('unit_price', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('order_line_key', ['order_id', 'position'])
    .execute();
  await db.schema.createIndex('order_line_by_product').on('order_line').column('product_id').execute();
  await db.schema
    .createTable('order_event')
    .addColumn('order_id', text, (column) => column.notNull().references('orders.id').onDelete('cascade'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('order_event_key', ['order_id', 'position'])
    .execute();
}

async function purchases(db: Kysely<unknown>): Promise<void> {
  const text = sortedText(db);
  await db.schema
    .createTable('purchase')
    .addColumn('order_id', text, (column) => column.primaryKey())
    .addColumn('user_id', text, (column) => column.notNull())
    .addColumn('idempotency_key', text, (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('step', text, (column) => column.notNull())
    .addColumn('draft', 'text', (column) => column.notNull())
    .addColumn('refusal', 'text')
    .addColumn('refusal_message', 'text')
    .addColumn('refusal_products', 'text')
    .addColumn('lease_until', text, (column) => column.notNull())
    .addColumn('created_at', text, (column) => column.notNull())
    // Two requests with the same key at the same moment: the database lets one through.
    .addUniqueConstraint('one_purchase_a_key', ['user_id', 'idempotency_key'])
    .execute();
  await db.schema.createIndex('purchase_by_step').on('purchase').columns(['step', 'lease_until']).execute();
  await db.schema
    .createTable('payment')
    .addColumn('order_id', text, (column) => column.primaryKey())
    .addColumn('amount', 'integer', (column) => column.notNull())
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('refunded', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}

async function reversals(db: Kysely<unknown>): Promise<void> {
  const text = sortedText(db);
  await db.schema
    .createTable('reversal')
    .addColumn('order_id', text, (column) => column.primaryKey().references('orders.id').onDelete('cascade'))
    .addColumn('stock_done', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('money_done', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.createIndex('reversal_open').on('reversal').columns(['stock_done', 'money_done']).execute();
  await db.schema
    .createTable('counter')
    .addColumn('name', text, (column) => column.primaryKey())
    .addColumn('value', 'integer', (column) => column.notNull())
    .execute();
}
