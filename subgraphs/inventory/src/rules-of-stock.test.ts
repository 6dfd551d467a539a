import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restockAt } from './availability.ts';
import { randomOf } from './random.ts';
import { sampleStock } from './sample.ts';
import { seed } from './seed.ts';
import { shippingEstimate } from './shipping.ts';
import { testInventory } from './test-inventory.ts';

const level = (restock_day: number | null) => ({
  product_id: 'p1',
  warehouse: 'BER',
  on_hand: 0,
  reserved: 0,
  updated_at: '',
  restock_day,
});

for (const [now, days, expected] of [
  ['2026-05-10T12:00:00Z', [15], '2026-05-15T06:00:00.000Z'],
  ['2026-05-10T12:00:00Z', [10, 9], '2026-06-09T06:00:00.000Z'],
  ['2026-12-28T12:00:00Z', [null, 28], '2027-01-28T06:00:00.000Z'],
  ['2026-12-28T12:00:00Z', [null], undefined],
] as const) {
  test(`at ${now} the delivery after days ${days.join()} comes at ${expected ?? 'no time'}`, () => {
    assert.equal(restockAt(days.map(level), new Date(now))?.toISOString(), expected);
  });
}

const parcel = { amount: 1_000, currency: 'EUR', weightGrams: 1_500 };
for (const [what, changed, country, expected] of [
  ['a parcel next door', {}, 'DE', 510],
  ['a parcel within the union', {}, 'FR', 1_070],
  ['a parcel overseas', {}, 'US', 2_330],
  ['a letter', { weightGrams: 500 }, 'DE', 225],
  ['something dear within the union', { amount: 5_000 }, 'FR', 0],
  ['something dear overseas', { amount: 5_000 }, 'US', 2_330],
  ['something dear in another currency', { amount: 5_000, currency: 'SEK' }, 'FR', 1_070],
] as const) {
  test(`${what} costs ${expected} cents`, () => {
    assert.equal(shippingEstimate({ ...parcel, ...changed }, country).amount, expected);
  });
}

test('sample stock is the same each time', () => {
  assert.deepEqual([...sampleStock(99, randomOf(1))], [...sampleStock(99, randomOf(1))]);
});

test('a start that is ended in the middle leaves nothing, the next makes all, later ones change nothing', async () => {
  const house = await testInventory();
  const { db } = house;
  const stopping = new AbortController();
  for (const table of ['stock', 'warehouse', 'sample_data'] as const) await db.deleteFrom(table).execute();
  const given = { db, scale: 1, progress: () => undefined };
  setImmediate(() => {
    stopping.abort(new Error('killed'));
  });
  await assert.rejects(seed({ ...given, signal: stopping.signal }), /killed/);
  assert.deepEqual(await db.selectFrom('warehouse').select('code').execute(), []);
  const outcome = await seed({ ...given, scale: 0.01, signal: new AbortController().signal });
  await db.updateTable('stock').set({ on_hand: 7_777 }).where('product_id', '=', 'p1').execute();
  const again = await seed({ ...given, signal: new AbortController().signal });
  const { on_hand } = await db
    .selectFrom('stock')
    .select('on_hand')
    .where('product_id', '=', 'p1')
    .executeTakeFirstOrThrow();
  await house.close();
  assert.deepEqual([outcome.kind, again, on_hand], ['made', { kind: 'there already', scale: 0.01 }, 7_777]);
});
