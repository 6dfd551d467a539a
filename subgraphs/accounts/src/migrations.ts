import { sql, type Kysely, type Migration } from 'kysely';
import { sortedText } from './database.ts';

/** In the order of their names; one that has been published is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001_accounts': { up: accounts },
  '0002_sessions': { up: sessions },
};

async function accounts(db: Kysely<unknown>): Promise<void> {
  const text = sortedText(db);
  const { schema } = db;
  await schema
    .createTable('sample_data')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('scale', 'double precision', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('account')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('handle', text, (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email', text, (column) => column.notNull().unique())
    .addColumn('search_text', 'text', (column) => column.notNull())
    .addColumn('password_hash', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) =>
      column.notNull().check(sql`role in ('CUSTOMER', 'SUPPORT', 'MODERATOR', 'ADMIN')`),
    )
    .addColumn('created_at', text, (column) => column.notNull())
    .addColumn('loyalty_points', 'integer', (column) => column.notNull())
    .addColumn('risk_score', 'integer', (column) => column.notNull())
    .execute();
  await schema.createIndex('account_by_age').on('account').columns(['created_at', 'id']).execute();
  await schema.createIndex('account_by_role').on('account').columns(['role', 'created_at', 'id']).execute();
  await schema
    .createTable('address')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('account_id', text, (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('street', 'text', (column) => column.notNull())
    .addColumn('postal_code', 'text', (column) => column.notNull())
    .addColumn('city', 'text', (column) => column.notNull())
    .addColumn('country', 'text', (column) => column.notNull())
    .addColumn('is_default', 'integer', (column) => column.notNull())
    .addColumn('created_at', text, (column) => column.notNull())
    .execute();
  await schema
    .createIndex('address_in_order')
    .on('address')
    .columns(['account_id', 'created_at', 'id'])
    .execute();
}

async function sessions(db: Kysely<unknown>): Promise<void> {
  const text = sortedText(db);
  const { schema } = db;
  await schema
    .createTable('session')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('account_id', text, (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('created_at', text, (column) => column.notNull())
    .addColumn('expires_at', text, (column) => column.notNull())
    .addColumn('ended_at', text)
    .execute();
  await schema
    .createIndex('session_by_account')
    .on('session')
    .columns(['account_id', 'created_at'])
    .execute();
  await schema
    .createTable('refresh_token')
    .addColumn('hash', text, (column) => column.primaryKey())
    .addColumn('session_id', text, (column) => column.notNull().references('session.id').onDelete('cascade'))
    .addColumn('expires_at', text, (column) => column.notNull())
    .addColumn('used_at', text)
    .execute();
  await schema.createIndex('refresh_token_by_session').on('refresh_token').columns(['session_id']).execute();
  await schema
    .createTable('signing_key')
    .addColumn('kid', text, (column) => column.primaryKey())
    .addColumn('private_jwk', 'text', (column) => column.notNull())
    .addColumn('sign_from', text, (column) => column.notNull().unique())
    .addColumn('sign_until', text, (column) => column.notNull())
    .execute();
}
