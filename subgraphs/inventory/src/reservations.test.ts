import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { reserve, sweep } from './reservations.ts';
import { orders, testInventory, type TestInventory } from './test-inventory.ts';

const reserveQuery = `mutation($id: ID!, $lines: [ReserveStockLine!]!) {
  reserveStock(input: { orderId: $id, lines: $lines }) { reserved warehouse { code } missing }
}`;

const url = process.env['DATABASE_URL_TEST'];
const skipPostgres =
  url === undefined ? 'set DATABASE_URL_TEST to the address of a PostgreSQL to run this' : false;

for (const [database, store, skip] of [
  ['the file database', { kind: 'file', path: ':memory:' }, false],
  ['PostgreSQL', { kind: 'postgres', url: url ?? '' }, skipPostgres],
] as const) {
  describe(`reservations in ${database}`, { skip }, () => {
    let house: TestInventory;
    beforeEach(async () => {
      house = await testInventory(undefined, store);
      await put('thing', 'BER', 5);
      await put('thing', 'LYS', 3);
      await put('other', 'LYS', 4);
    });
    afterEach(() => house.close());

    const put = (product_id: string, warehouse: string, on_hand: number): Promise<unknown> =>
      house.db
        .insertInto('stock')
        .values({ product_id, warehouse, on_hand, reserved: 0, updated_at: '2026-01-01', restock_day: null })
        .execute();
    const stock = async (product: string): Promise<readonly string[]> => {
      const rows = await house.db
        .selectFrom('stock')
        .selectAll()
        .where('product_id', '=', product)
        .orderBy('warehouse')
        .execute();
      return rows.map(({ warehouse, on_hand, reserved }) => `${warehouse} ${on_hand}/${reserved}`);
    };
    const reserveStock = async (id: string, pieces: Readonly<Record<string, number>>) => {
      const lines = Object.entries(pieces).map(([productId, quantity]) => ({ productId, quantity }));
      const { data, errors } = await house.ask(reserveQuery, { id, lines }, orders);
      const [error] = errors;
      if (error !== undefined) return error.extensions['code'];
      const result = data?.['reserveStock'] as {
        reserved: boolean;
        warehouse: { code: string } | null;
        missing: string[];
      };
      return result.reserved ? result.warehouse?.code : result.missing;
    };
    const settle = async (what: 'releaseStock' | 'confirmStock', id: string): Promise<unknown> => {
      const { data, errors } = await house.ask(`mutation { ${what}(orderId: "${id}") }`, {}, orders);
      assert.deepEqual(errors, []);
      return data?.[what];
    };

    test('a warehouse that has everything is taken', async () => {
      assert.equal(await reserveStock('a', { thing: 2, other: 2 }), 'LYS');
      assert.deepEqual(await stock('thing'), ['BER 5/0', 'LYS 3/2']);
    });

    test('pieces are gathered when no warehouse has everything', async () => {
      assert.equal(await reserveStock('a', { thing: 8 }), 'BER');
      assert.deepEqual(await stock('thing'), ['BER 5/5', 'LYS 3/3']);
    });

    test('all lines or none: what is missing is named and nothing is held', async () => {
      assert.deepEqual(await reserveStock('a', { thing: 1, other: 5, nowhere: 1 }), ['other', 'nowhere']);
      assert.deepEqual([await stock('thing'), await stock('other')], [['BER 5/0', 'LYS 3/0'], ['LYS 4/0']]);
      assert.equal(await reserveStock('a', { thing: 1 }), 'BER');
    });

    test('concurrent orders never hold more than there is', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) => reserveStock(`order-${n}`, { thing: 1 })),
      );
      assert.equal(answers.filter((answer) => typeof answer === 'string').length, 8);
      assert.equal(answers.filter((answer) => Array.isArray(answer)).length, 12);
      assert.deepEqual(await stock('thing'), ['BER 5/5', 'LYS 3/3']);
    });

    test('the same order asked for many times at once is held once', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => reserveStock('a', { thing: 2 })));
      assert.deepEqual(new Set(answers), new Set(['BER']));
      assert.deepEqual(await stock('thing'), ['BER 5/2', 'LYS 3/0']);
    });

    test('the same order with other lines is refused', async () => {
      await reserveStock('a', { thing: 2 });
      assert.equal(await reserveStock('a', { thing: 3 }), 'BAD_USER_INPUT');
    });

    test('released stock is free again, once', async () => {
      await reserveStock('a', { thing: 2 });
      assert.deepEqual([await settle('releaseStock', 'a'), await settle('releaseStock', 'a')], [true, false]);
      assert.deepEqual(await stock('thing'), ['BER 5/0', 'LYS 3/0']);
    });

    test('confirmed stock leaves the house, once, and comes back when it is released', async () => {
      await reserveStock('a', { thing: 2 });
      assert.deepEqual([await settle('confirmStock', 'a'), await settle('confirmStock', 'a')], [true, true]);
      assert.deepEqual(await stock('thing'), ['BER 3/0', 'LYS 3/0']);
      assert.equal(await settle('releaseStock', 'a'), true);
      assert.deepEqual(await stock('thing'), ['BER 5/0', 'LYS 3/0']);
      assert.equal(await settle('confirmStock', 'a'), false);
    });

    test('an order that was given back before it was reserved holds nothing', async () => {
      assert.equal(await settle('releaseStock', 'late'), false);
      assert.equal(await reserveStock('late', { thing: 1 }), 'RESERVATION_OVER');
      assert.deepEqual(await stock('thing'), ['BER 5/0', 'LYS 3/0']);
    });

    test('what was held too long is given back and cannot be confirmed', async () => {
      const now = Date.parse('2026-05-01T10:00:00Z');
      await reserve(
        house.db,
        { orderId: 'old', pieces: new Map([['thing', 2]]) },
        { now: () => now, holdMs: 60_000 },
      );
      assert.equal((await sweep(house.db, now + 59_000)).orders, 0);
      assert.equal((await sweep(house.db, now + 61_000)).orders, 1);
      assert.deepEqual(await stock('thing'), ['BER 5/0', 'LYS 3/0']);
      assert.equal(await settle('confirmStock', 'old'), false);
      await sweep(house.db, now + 2 * 24 * 3_600_000);
      const left = await house.db.selectFrom('reservation').select('order_id').execute();
      assert.deepEqual(left, []);
    });
  });
}
