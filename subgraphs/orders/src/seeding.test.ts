import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleOrder, sampleSize } from './sample.ts';
import { newestSampleOrder } from './sales.ts';
import { seed } from './seed.ts';
import { testOrders } from './test-orders.ts';

test('sample orders are the same each time and add up', () => {
  const size = sampleSize(0.1);
  for (const number of [1, 2, 777, 2_000]) {
    const { order, lines, events } = sampleOrder(number, size);
    assert.deepEqual({ order, lines, events }, sampleOrder(number, size));
    assert.equal(
      order.total,
      lines.reduce((sum, { quantity, unit_price }) => sum + quantity * unit_price, 0),
    );
    assert.equal(events.at(-1)?.status, order.status);
    const instants = events.map(({ at }) => at);
    assert.deepEqual(instants, [...instants].sort());
  }
  assert.equal(sampleOrder(2_000, size).order.placed_at, new Date(newestSampleOrder).toISOString());
});

test('invoices name what the catalog and accounts make under the same numbers', () => {
  const { order, lines } = sampleOrder(1, sampleSize(0.02));
  assert.equal(order.customer_name, 'Ada Lovell');
  assert.deepEqual(
    lines.map(({ product_id, title }) => [product_id, title]),
    [
      ['p15', 'Otter Deck Bag Solo'],
      ['p9', 'Reed Lantern Tour'],
      ['p17', 'Dipper Neoprene Socks Mini'],
      ['p19', 'Low Water on the Inn'],
    ],
  );
});

test('a start that is ended in the middle leaves nothing, the next makes all, later ones change nothing', async () => {
  const shop = await testOrders(0.002);
  const { db } = shop;
  for (const table of [
    'order_line',
    'order_event',
    'orders',
    'counter',
    'cart_line',
    'sample_data',
  ] as const) {
    await db.deleteFrom(table).execute();
  }
  const stopping = new AbortController();
  const given = { db, scale: 0.1, progress: () => undefined };
  setImmediate(() => {
    stopping.abort(new Error('killed'));
  });
  await assert.rejects(seed({ ...given, signal: stopping.signal }), /killed/);
  assert.deepEqual(await db.selectFrom('orders').select('id').execute(), []);
  const outcome = await seed({ ...given, signal: new AbortController().signal });
  const orders = await db.selectFrom('orders').select('id').execute();
  await db.deleteFrom('cart_line').execute();
  const again = await seed({ ...given, signal: new AbortController().signal });
  const carts = await db.selectFrom('cart_line').select('user_id').execute();
  await shop.close();
  assert.deepEqual([outcome.kind, orders.length, again.kind, carts], ['made', 2_000, 'there already', []]);
});
