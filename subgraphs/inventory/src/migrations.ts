import { sql, type Kysely, type Migration } from 'kysely';
import { sortedText } from './database.ts';

/** In the order of their names; one that has been published is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001_stock': { up: stock },
  '0002_reservations': { up: reservations },
};

async function stock(db: Kysely<unknown>): Promise<void> {
  const text = sortedText(db);
  await db.schema
    .createTable('sample_data')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('scale', 'double precision', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('warehouse')
    .addColumn('code', text, (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('city', 'text', (column) => column.notNull())
    .addColumn('country', 'text', (column) => column.notNull())
    .addColumn('rank', 'integer', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('stock')
    .addColumn('product_id', text, (column) => column.notNull())
    .addColumn('warehouse', text, (column) => column.notNull().references('warehouse.code'))
    .addColumn('on_hand', 'integer', (column) => column.notNull())
    .addColumn('reserved', 'integer', (column) => column.notNull())
    .addColumn('updated_at', text, (column) => column.notNull())
    .addColumn('restock_day', 'integer')
    .addPrimaryKeyConstraint('stock_key', ['product_id', 'warehouse'])
    // The last line against overselling: whatever the code does, the database refuses it.
    .addCheckConstraint('never_oversold', sql`reserved >= 0 and on_hand >= reserved`)
    .execute();
  await sql`create index stock_by_available on stock ((on_hand - reserved), product_id, warehouse)`.execute(
    db,
  );
}

async function reservations(db: Kysely<unknown>): Promise<void> {
  const text = sortedText(db);
  await db.schema
    .createTable('reservation')
    .addColumn('order_id', text, (column) => column.primaryKey())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('warehouse', text, (column) => column.references('warehouse.code'))
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('expires_at', text, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('reservation_by_expiry')
    .on('reservation')
    .columns(['state', 'expires_at'])
    .execute();
  await db.schema
    .createTable('reservation_line')
    .addColumn('order_id', text, (column) =>
      column.notNull().references('reservation.order_id').onDelete('cascade'),
    )
    .addColumn('product_id', text, (column) => column.notNull())
    .addColumn('warehouse', text, (column) => column.notNull())
    .addColumn('quantity', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('reservation_line_key', ['order_id', 'product_id', 'warehouse'])
    .execute();
}
