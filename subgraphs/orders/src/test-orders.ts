import { graphql, type ExecutionResult } from 'graphql';
import type { Kysely } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Caller } from './caller.ts';
import { contextFor } from './context.ts';
import { migrate, openDatabase } from './database.ts';
import { migrations } from './migrations.ts';
import type { Catalog } from './neighbours/catalog.ts';
import type { Inventory } from './neighbours/inventory.ts';
import { NeighbourUnavailable } from './neighbours/wire.ts';
import { simulatedPayments } from './purchase/payments.ts';
import type { Shop } from './purchase/shop.ts';
import { guardedSchema } from './schema.ts';
import { seed } from './seed.ts';
import type { Store } from './settings.ts';
import type { Tables } from './tables.ts';

export const anonymous: Caller = { kind: 'anonymous' };

export function userWith(id: string, scopes: string, ...policies: readonly string[]): Caller {
  return {
    kind: 'user',
    id,
    scopes: new Set(scopes.split(' ')),
    roles: new Set(),
    policies: new Set(policies),
  };
}

export const customer = (id: string): Caller => userWith(id, 'orders:read orders:write reviews:write');
export const support = userWith('u2', 'orders:read orders:write orders:read:any orders:write:any', 'refunds');

/** The other services, as far as buying sees them; each call can be made to fail. */
export interface Neighbourhood {
  readonly catalog: Catalog;
  readonly inventory: Inventory;
  /** What each order holds or has taken, in words. */
  readonly stock: Map<string, 'held' | 'taken'>;
  readonly calls: string[];
  /** Called before each call; may throw or wait. `after` has taken effect already. */
  before: (call: string) => Promise<void> | void;
  after: (call: string) => Promise<void> | void;
}

export const away = (): never => {
  throw new NeighbourUnavailable('away');
};

/** Every product costs 1000 cents; `none…` is sold out, `no…` unknown. */
export function neighbourhood(): Neighbourhood {
  const stock = new Map<string, 'held' | 'taken'>();
  const calls: string[] = [];
  const around = async <T>(call: string, effect: () => T): Promise<T> => {
    calls.push(call);
    await self.before(call);
    const result = effect();
    await self.after(call);
    return result;
  };
  const self: Neighbourhood = {
    stock,
    calls,
    before: () => undefined,
    after: () => undefined,
    catalog: {
      quote: (lines) =>
        around('quote', () => {
          const products = lines.map(({ productId }) => productId).filter((id) => id.startsWith('no-'));
          if (products.length > 0) return { kind: 'unknown', products };
          const priced = lines.map((line) => ({
            ...line,
            title: 'A thing',
            unitPrice: 1_000,
            currency: 'EUR',
          }));
          return { kind: 'quoted', lines: priced };
        }),
    },
    inventory: {
      reserve: (orderId, lines) =>
        around('reserve', () => {
          const products = lines.map(({ productId }) => productId).filter((id) => id.startsWith('none-'));
          if (products.length > 0) return { kind: 'missing', products };
          stock.set(orderId, 'held');
          return { kind: 'held', warehouse: 'LYS' };
        }),
      release: (orderId) => around('release', () => void stock.delete(orderId)),
      confirm: (orderId) =>
        around('confirm', () => stock.has(orderId) && stock.set(orderId, 'taken') === stock),
    },
  };
  return self;
}

export interface Answer {
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  /** SQL statements that the operation took. */
  readonly statements: readonly string[];
}

export interface TestOrders {
  readonly db: Kysely<Tables>;
  readonly shop: Shop;
  readonly around: Neighbourhood;
  /** What was paid and not given back, in cents. */
  money(): Promise<number>;
  ask(query: string, variables?: Record<string, unknown>, caller?: Caller): Promise<Answer>;
  close(): Promise<void>;
}

/** Small sample orders (200 at scale 0.01) in memory or in the given database, asked without HTTP. */
export async function testOrders(
  scale = 0.01,
  store: Store = { kind: 'file', path: ':memory:' },
): Promise<TestOrders> {
  const name = `orders_test_${randomUUID().slice(0, 8)}`;
  const statements: string[] = [];
  const db = openDatabase<Tables>(store, name, (statement) => statements.push(statement));
  await migrate(db, name, migrations);
  await seed({ db, scale, progress: () => undefined, signal: new AbortController().signal });
  const schema = guardedSchema();
  const around = neighbourhood();
  const { catalog, inventory } = around;
  const shop: Shop = {
    db,
    catalog,
    inventory,
    payments: simulatedPayments(db),
    now: Date.now,
    log: () => undefined,
  };
  return {
    db,
    shop,
    around,
    money: async () => {
      const rows = await db.selectFrom('payment').select('amount').where('refunded', '=', 0).execute();
      return rows.reduce((total, { amount }) => total + amount, 0);
    },
    ask: async (source, variableValues = {}, caller = anonymous) => {
      statements.length = 0;
      const contextValue = contextFor(caller, shop, new Date());
      const result: ExecutionResult = await graphql({ schema, source, variableValues, contextValue });
      const data = JSON.parse(JSON.stringify(result.data ?? null)) as Answer['data'];
      return { data, errors: result.errors ?? [], statements: [...statements] };
    },
    close: async () => {
      if (store.kind === 'postgres') await db.schema.dropSchema(name).cascade().execute();
      await db.destroy();
    },
  };
}
