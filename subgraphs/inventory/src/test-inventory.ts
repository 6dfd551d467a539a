import { graphql, type ExecutionResult } from 'graphql';
import type { Kysely } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Caller } from './caller.ts';
import type { Changes } from './changes.ts';
import { contextFor } from './context.ts';
import { migrate, openDatabase } from './database.ts';
import { migrations } from './migrations.ts';
import { guardedSchema } from './schema.ts';
import { seed } from './seed.ts';
import type { Store } from './settings.ts';
import type { Tables } from './tables.ts';

export const anonymous: Caller = { kind: 'anonymous' };

export function userWith(id: string, ...scopes: readonly string[]): Caller {
  return { kind: 'user', id, scopes: new Set(scopes), roles: new Set(), policies: new Set() };
}

export const customer = userWith('u1', 'orders:read', 'orders:write', 'reviews:write');
export const support = userWith('u2', 'inventory:read');
export const admin = userWith('u4', 'inventory:read', 'inventory:write');
export const orders = userWith('service:orders', 'inventory:reserve');

export interface Answer {
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  /** SQL statements that the operation took. */
  readonly statements: readonly string[];
}

export interface TestInventory {
  readonly db: Kysely<Tables>;
  ask(query: string, variables?: Record<string, unknown>, caller?: Caller): Promise<Answer>;
  /** Who is told of changes from now on. */
  changes: Changes | undefined;
  close(): Promise<void>;
}

/** A small sample stock (50 products at scale 0.01) in memory or in the given database, asked without HTTP. */
export async function testInventory(
  scale = 0.01,
  store: Store = { kind: 'file', path: ':memory:' },
): Promise<TestInventory> {
  const name = `inventory_test_${randomUUID().slice(0, 8)}`;
  const statements: string[] = [];
  const db = openDatabase<Tables>(store, name, (statement) => statements.push(statement));
  await migrate(db, name, migrations);
  await seed({ db, scale, progress: () => undefined, signal: new AbortController().signal });
  const schema = guardedSchema();
  const inventory: TestInventory = {
    db,
    changes: undefined,
    ask: async (source, variableValues = {}, caller = anonymous) => {
      statements.length = 0;
      const contextValue = contextFor(caller, db, new Date(), inventory.changes);
      const result: ExecutionResult = await graphql({ schema, source, variableValues, contextValue });
      const data = JSON.parse(JSON.stringify(result.data ?? null)) as Answer['data'];
      return { data, errors: result.errors ?? [], statements: [...statements] };
    },
    close: async () => {
      if (store.kind === 'postgres') await db.schema.dropSchema(name).cascade().execute();
      await db.destroy();
    },
  };
  return inventory;
}
