import Libsql from 'libsql';
import {
  Kysely,
  Migrator,
  PostgresAdapter,
  PostgresDialect,
  sql,
  SqliteDialect,
  type Dialect,
  type LogEvent,
  type Migration,
  type RawBuilder,
} from 'kysely';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import pg from 'pg';
import type { Store } from './settings.ts';

/**
 * Opens the database and creates it when it is a file that is not there yet.
 *
 * @param schema name of the PostgreSQL schema that holds the tables, so that services can share one database
 * @param onStatement told of each statement that has run, for tests that count them
 */
export function openDatabase<Tables>(
  store: Store,
  schema: string,
  onStatement: (statement: string) => void = () => undefined,
): Kysely<Tables> {
  const log = (event: LogEvent): void => {
    onStatement(event.query.sql);
  };
  return new Kysely<Tables>({
    dialect: store.kind === 'file' ? file(store.path) : postgres(store.url, schema),
    log,
  });
}

function file(path: string): Dialect {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new Libsql(path);
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = normal');
  database.exec('pragma busy_timeout = 5000');
  database.exec('pragma foreign_keys = on');
  database.exec('pragma cache_size = -32000');
  // libsql speaks better-sqlite3's interface, which kysely's dialect is written for.
  return new SqliteDialect({ database });
}

function postgres(url: string, schema: string): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    options: `-c search_path=${schema}`,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
  });
  // An idle connection that breaks is replaced at next use; without a listener its error would end the process.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
}

export function isPostgres<Tables>(db: Kysely<Tables>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** The column type for text that is compared and sorted: by code point in both databases, whatever the locale. */
export function sortedText<Tables>(db: Kysely<Tables>): RawBuilder<unknown> {
  return isPostgres(db) ? sql`text collate "C"` : sql`text`;
}

/** Brings the tables up to date; says which migration failed and why. */
export async function migrate<Tables>(
  db: Kysely<Tables>,
  schema: string,
  migrations: Readonly<Record<string, Migration>>,
): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    ...(isPostgres(db) ? { migrationTableSchema: schema } : {}),
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'before the first';
  throw new Error(`migration ${failed} failed`, { cause: error });
}
