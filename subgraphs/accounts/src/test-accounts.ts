import { graphql, type ExecutionResult } from 'graphql';
import type { Kysely } from 'kysely';
import { randomUUID } from 'node:crypto';
import { callerReader, type Caller } from './caller.ts';
import { contextFor, type Resources } from './context.ts';
import { migrate, openDatabase } from './database.ts';
import { migrations } from './migrations.ts';
import { passwords } from './passwords.ts';
import { guardedSchema } from './schema.ts';
import { seed } from './seed.ts';
import type { Store } from './settings.ts';
import { signingKeys, type SigningKeys } from './signing-keys.ts';
import type { Tables } from './tables.ts';
import { throttle } from './throttle.ts';
import { tokenIssuer } from './tokens.ts';

export const tokenSettings = { issuer: 'https://accounts.weir.example', audience: 'weir' };

export interface Answer {
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  /** SQL statements that the operation took. */
  readonly statements: readonly string[];
}

export interface TestAccounts {
  readonly db: Kysely<Tables>;
  readonly keys: SigningKeys;
  /** What was written to the log. */
  readonly lines: readonly string[];
  /** Moves the clock. */
  later(milliseconds: number): void;
  now(): Date;
  ask(query: string, variables?: Record<string, unknown>, caller?: Caller): Promise<Answer>;
  /** Who a token is for, as this and other services read it. */
  callerOf(token: string): Promise<Caller>;
  /** Signs a sample person in and answers the tokens. */
  signIn(email: string): Promise<{ readonly accessToken: string; readonly refreshToken: string }>;
  close(): Promise<void>;
}

export const anonymous: Caller = { kind: 'anonymous' };

export function callerNamed(id: string, ...scopes: readonly string[]): Caller {
  return { kind: 'user', id, scopes: new Set(scopes), roles: new Set(), policies: new Set() };
}

/** The service without HTTP, with cheap password hashes and a clock that stands still. */
export async function testAccounts(
  scale = 0.06,
  store: Store = { kind: 'file', path: ':memory:' },
): Promise<TestAccounts> {
  const name = `accounts_test_${randomUUID().slice(0, 8)}`;
  const statements: string[] = [];
  const lines: string[] = [];
  let now = new Date();
  const log: Resources['log'] = (level, msg) => lines.push(`${level} ${msg}`);
  const db = openDatabase<Tables>(store, name, (statement) => statements.push(statement));
  await migrate(db, name, migrations);
  const hashes = await passwords({ N: 16, r: 1, p: 1 });
  const signal = new AbortController().signal;
  await seed({ db, scale, progress: () => undefined, signal, passwords: hashes });
  const keys = await signingKeys({ db, rotationHours: 24, now: () => now, log });
  const issue = tokenIssuer(keys, tokenSettings);
  const resources: Resources = { db, passwords: hashes, throttle: throttle(), issue, log };
  const schema = guardedSchema();
  const ask: TestAccounts['ask'] = async (source, variableValues = {}, caller = anonymous) => {
    statements.length = 0;
    const contextValue = contextFor(caller, resources, now);
    const result: ExecutionResult = await graphql({ schema, source, variableValues, contextValue });
    return { data: result.data, errors: result.errors ?? [], statements: [...statements] };
  };
  return {
    db,
    keys,
    lines,
    ask,
    later: (milliseconds) => {
      now = new Date(now.getTime() + milliseconds);
    },
    now: () => now,
    callerOf: (token) => callerReader(keys.find, tokenSettings)(`Bearer ${token}`),
    signIn: async (email) => {
      const { data } = await ask(
        'mutation($email: String!) { signIn(email: $email, password: "river-stone-42") { accessToken refreshToken } }',
        { email },
      );
      return data?.['signIn'] as { accessToken: string; refreshToken: string };
    },
    close: async () => {
      keys.close();
      if (store.kind === 'postgres') await db.schema.dropSchema(name).cascade().execute();
      await db.destroy();
    },
  };
}
