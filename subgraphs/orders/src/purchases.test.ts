import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { recover } from './purchase/recovery.ts';
import { away, customer, support, testOrders, type TestOrders } from './test-orders.ts';

const place = `mutation($input: PlaceOrderInput!) { placeOrder(input: $input) {
  __typename
  ... on OrderPlaced { repeated order { id number status total { amount currency } shipsFrom { code }
    customer { id name } lines { title quantity unitPrice { amount } variant { sku } product { id } } history { status } } }
  ... on OrderRefused { reason message products { id } }
} }`;
const shippingAddress = {
  recipient: 'Ada Lovell',
  street: 'Ufer 1',
  postalCode: '10997',
  city: 'Berlin',
  country: 'DE',
};
const lines = [{ productId: 'p1', quantity: 2 }];

interface Outcome {
  readonly __typename: string;
  readonly repeated?: boolean;
  readonly reason?: string;
  readonly products?: readonly { readonly id: string }[];
  readonly order?: {
    readonly id: string;
    readonly number: string;
    readonly lines: unknown;
    readonly customer: unknown;
  };
}

const url = process.env['DATABASE_URL_TEST'];
const skipPostgres =
  url === undefined ? 'set DATABASE_URL_TEST to the address of a PostgreSQL to run this' : false;

for (const [database, store, skip] of [
  ['the file database', { kind: 'file', path: ':memory:' }, false],
  ['PostgreSQL', { kind: 'postgres', url: url ?? '' }, skipPostgres],
] as const) {
  describe(`purchases in ${database}`, { skip }, () => {
    let shop: TestOrders;
    beforeEach(async () => {
      shop = await testOrders(0.002, store);
    });
    afterEach(() => shop.close());

    const inputOf = (idempotencyKey: string, more: object = {}) => ({
      input: { idempotencyKey, shippingAddress, paymentToken: 'tok_ok', lines, ...more },
    });
    const buy = async (key: string, more: object = {}): Promise<Outcome> => {
      const { data, errors } = await shop.ask(place, inputOf(key, more), customer('u9'));
      assert.deepEqual(errors, []);
      return data?.['placeOrder'] as Outcome;
    };
    const nothingIsLeft = async (): Promise<void> => {
      assert.deepEqual([[...shop.around.stock], await shop.money()], [[], 0]);
      const open = await shop.db
        .selectFrom('purchase')
        .select('step')
        .where('step', '!=', 'REFUSED')
        .execute();
      const orders = await shop.db.selectFrom('orders').select('id').where('user_id', '=', 'u9').execute();
      assert.deepEqual([open, orders], [[], []]);
    };

    test('an order is paid, its stock taken, and all of it written down', async () => {
      const outcome = await buy('key-0001', { lines: [{ productId: 'p1', quantity: 2, sku: 'W-1-1' }] });
      const { id, ...order } = outcome.order ?? assert.fail(outcome.reason);
      assert.deepEqual(order, {
        number: `W-${new Date().getUTCFullYear()}-000041`,
        status: 'PAID',
        total: { amount: 2_000, currency: 'EUR' },
        shipsFrom: { code: 'LYS' },
        customer: { id: 'u9', name: 'Ada Lovell' },
        lines: [
          {
            title: 'A thing',
            quantity: 2,
            unitPrice: { amount: 1_000 },
            variant: { sku: 'W-1-1' },
            product: { id: 'p1' },
          },
        ],
        history: [{ status: 'PENDING' }, { status: 'PAID' }],
      });
      assert.deepEqual([[...shop.around.stock], await shop.money()], [[[id, 'taken']], 2_000]);
    });

    test('the same key gives the same order again and buys once', async () => {
      const [first, second] = [await buy('key-0001'), await buy('key-0001')];
      assert.deepEqual([first.repeated, second.repeated], [false, true]);
      assert.deepEqual(second.order, first.order);
      assert.equal(await shop.money(), 2_000);
    });

    test('the same key many times at once buys once', async () => {
      const outcomes = await Promise.all(Array.from({ length: 6 }, () => buy('key-0001')));
      assert.equal(new Set(outcomes.map(({ order }) => order?.id)).size, 1);
      assert.equal(outcomes.filter(({ repeated }) => repeated === false).length, 1);
      assert.equal(await shop.money(), 2_000);
    });

    for (const [what, more] of [
      ['lines', { lines: [{ productId: 'p1', quantity: 3 }] }],
      ['payment', { paymentToken: 'tok_declined' }],
      ['address', { shippingAddress: { ...shippingAddress, city: 'Lyon' } }],
      ['source', { lines: null }],
    ] as const) {
      test(`the same key with another ${what} is refused`, async () => {
        await buy('key-0001');
        const { errors } = await shop.ask(place, inputOf('key-0001', more), customer('u9'));
        const [error] = errors;
        assert.deepEqual(
          [error?.extensions['code'], error?.extensions['argument']],
          ['BAD_USER_INPUT', 'input.idempotencyKey'],
        );
        assert.match(error?.message ?? '', /used for another purchase/);
      });
    }

    test("another user's key is another key", async () => {
      await buy('key-0001');
      const { data } = await shop.ask(place, inputOf('key-0001'), customer('u8'));
      assert.equal((data?.['placeOrder'] as Outcome).repeated, false);
      assert.equal(await shop.money(), 4_000);
    });

    test('the cart is bought and emptied; what was added meanwhile stays', async () => {
      const add = (productId: string, quantity: number) =>
        shop.ask(
          'mutation($p: ID!, $q: Int) { addToCart(productId: $p, quantity: $q) { count } }',
          { p: productId, q: quantity },
          customer('u9'),
        );
      await add('p1', 2);
      await add('p2', 1);
      shop.around.before = async (call) => {
        if (call === 'reserve') await add('p2', 3);
      };
      const { order } = await buy('key-0001', { lines: null });
      assert.ok(order);
      const { data } = await shop.ask(
        '{ cart { count lines { quantity product { id } } } }',
        {},
        customer('u9'),
      );
      assert.deepEqual(data?.['cart'], { count: 3, lines: [{ quantity: 3, product: { id: 'p2' } }] });
      assert.equal((await buy('key-0001', { lines: null })).repeated, true);
    });

    for (const [reason, more, products] of [
      ['EMPTY_CART', { lines: null }, []],
      ['UNKNOWN_PRODUCT', { lines: [...lines, { productId: 'no-1', quantity: 1 }] }, [{ id: 'no-1' }]],
      ['OUT_OF_STOCK', { lines: [...lines, { productId: 'none-1', quantity: 1 }] }, [{ id: 'none-1' }]],
      ['PAYMENT_DECLINED', { paymentToken: 'tok_declined' }, []],
      ['SERVICE_UNAVAILABLE', { paymentToken: 'tok_error' }, []],
    ] as const) {
      test(`${reason}: nothing is bought, nothing is held, and the answer stays`, async () => {
        const outcome = await buy('key-0001', more);
        assert.deepEqual([outcome.reason, outcome.products], [reason, products]);
        await nothingIsLeft();
        assert.deepEqual(await buy('key-0001', more), outcome);
      });
    }

    for (const call of ['quote', 'reserve', 'confirm']) {
      for (const when of ['before', 'after'] as const) {
        test(`a service that fails ${when} it did its part of ${call}: refused, nothing held`, async () => {
          shop.around[when] = (name) => (name === call ? away() : undefined);
          assert.equal((await buy('key-0001')).reason, 'SERVICE_UNAVAILABLE');
          await nothingIsLeft();
        });
      }
    }

    test('stock that was not held long enough is not sold', async () => {
      shop.around.before = (call) => {
        if (call === 'confirm') shop.around.stock.clear();
      };
      assert.equal((await buy('key-0001')).reason, 'OUT_OF_STOCK');
      await nothingIsLeft();
    });

    test('what cannot be given back at once is given back by recovery', async () => {
      shop.around.after = (call) => (call === 'reserve' ? away() : undefined);
      shop.around.before = (call) => (call === 'release' ? away() : undefined);
      assert.equal((await buy('key-0001')).reason, 'SERVICE_UNAVAILABLE');
      assert.equal(shop.around.stock.size, 1);
      assert.equal((await buy('key-0001')).reason, 'SERVICE_UNAVAILABLE');
      shop.around.before = () => undefined;
      await recover(shop.shop, Date.now() + 1);
      await nothingIsLeft();
    });

    /** A process that is killed at a call: nothing after it happens, and nobody hears of it. */
    const killedAt = async (call: string, when: 'before' | 'after'): Promise<void> => {
      const reached = new Promise<void>((resolve) => {
        shop.around[when] = (name) => {
          if (name !== call) return undefined;
          resolve();
          return new Promise<never>(() => undefined);
        };
      });
      void shop.ask(place, inputOf('key-0001'), customer('u9'));
      await reached;
      shop.around[when] = () => undefined;
    };

    for (const [call, when] of [
      ['quote', 'before'],
      ['reserve', 'before'],
      ['reserve', 'after'],
    ] as const) {
      test(`a process killed ${when} ${call}: the next start undoes the purchase`, async () => {
        await killedAt(call, when);
        await recover(shop.shop, Date.now() + 1);
        assert.equal((await buy('key-0001')).reason, 'SERVICE_UNAVAILABLE');
        await nothingIsLeft();
      });
    }

    for (const when of ['before', 'after'] as const) {
      test(`a process killed ${when} confirm: the money was taken, so the next start brings the purchase to its end`, async () => {
        await killedAt('confirm', when);
        await recover(shop.shop, Date.now() + 1);
        const { repeated, order } = await buy('key-0001');
        assert.deepEqual([repeated, await shop.money()], [true, 2_000]);
        assert.deepEqual([...shop.around.stock], [[order?.id, 'taken']]);
      });
    }

    test('recovery leaves alone what somebody is still working on', async () => {
      await killedAt('reserve', 'after');
      await recover(shop.shop);
      const { step } = await shop.db.selectFrom('purchase').select('step').executeTakeFirstOrThrow();
      assert.equal(step, 'RESERVING');
    });

    test('a slow process whose purchase was taken over changes nothing any more', async () => {
      let goOn: () => void = () => assert.fail('not reached');
      const reached = new Promise<void>((resolve) => {
        shop.around.after = (call) =>
          call === 'reserve'
            ? new Promise((done) => {
                goOn = done;
                resolve();
              })
            : undefined;
      });
      const slow = buy('key-0001');
      await reached;
      shop.around.after = () => undefined;
      await recover(shop.shop, Date.now() + 1);
      goOn();
      assert.equal((await slow).reason, 'SERVICE_UNAVAILABLE');
      await nothingIsLeft();
    });

    const cancel = (id: string, user = 'u9') =>
      shop.ask(`mutation { cancelOrder(id: "${id}") { status history { status } } }`, {}, customer(user));

    test('a cancelled order gives stock and money back, once', async () => {
      const { order } = await buy('key-0001');
      const [{ data }, again] = [await cancel(order?.id ?? ''), await cancel(order?.id ?? '')];
      const history = [{ status: 'PENDING' }, { status: 'PAID' }, { status: 'CANCELLED' }];
      assert.deepEqual(data?.['cancelOrder'], { status: 'CANCELLED', history });
      assert.equal(again.errors[0]?.extensions['code'], 'BAD_USER_INPUT');
      assert.deepEqual([[...shop.around.stock], await shop.money()], [[], 0]);
    });

    test('an order that is cancelled while the inventory is away gives its stock back later', async () => {
      const { order } = await buy('key-0001');
      shop.around.before = away;
      assert.deepEqual((await cancel(order?.id ?? '')).errors, []);
      assert.deepEqual([shop.around.stock.size, await shop.money()], [1, 0]);
      shop.around.before = () => undefined;
      await recover(shop.shop);
      assert.equal(shop.around.stock.size, 0);
    });

    test('an order is not cancelled by others, nor when it has been sent', async () => {
      const { order } = await buy('key-0001');
      assert.equal((await cancel(order?.id ?? '', 'u8')).errors[0]?.extensions['code'], 'FORBIDDEN');
      await shop.db
        .updateTable('orders')
        .set({ status: 'SHIPPED' })
        .where('id', '=', order?.id ?? '')
        .execute();
      assert.match((await cancel(order?.id ?? '')).errors[0]?.message ?? '', /SHIPPED/);
    });

    test('support refunds an order that was sent: the money goes back, the stock does not', async () => {
      const { order } = await buy('key-0001');
      await shop.db
        .updateTable('orders')
        .set({ status: 'SHIPPED' })
        .where('id', '=', order?.id ?? '')
        .execute();
      const query = `mutation { refundOrder(id: "${order?.id ?? ''}", reason: "Lost") { status supportNote } }`;
      const { data } = await shop.ask(query, {}, support);
      assert.deepEqual(data?.['refundOrder'], { status: 'REFUNDED', supportNote: 'Lost' });
      assert.deepEqual([shop.around.stock.size, await shop.money()], [1, 0]);
    });
  });
}
