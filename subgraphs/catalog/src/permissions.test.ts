import assert from 'node:assert/strict';
import { isObjectType } from 'graphql';
import { after, before, describe, test } from 'node:test';
import { permissions } from './permissions.ts';
import { guardedSchema } from './schema.ts';
import { anonymous, callerWith, testCatalogue, type TestCatalogue } from './test-catalogue.ts';

const setPrice = 'mutation { setPrice(productId: "p1", amount: 1234) { id price { amount currency } } }';

describe('permissions', () => {
  let shop: TestCatalogue;
  before(async () => {
    shop = await testCatalogue(0.002);
  });
  after(() => shop.close());

  test('a price is set by nobody who is not known', async () => {
    const { errors } = await shop.ask(setPrice, {}, anonymous);
    assert.equal(errors[0]?.extensions['code'], 'UNAUTHENTICATED');
  });

  test('a refusal says why a token was not accepted', async () => {
    const { errors } = await shop.ask(setPrice, {}, { kind: 'anonymous', because: 'it has expired' });
    assert.match(errors[0]?.message ?? '', /it has expired/);
  });

  test('a price is set by nobody without the scope', async () => {
    const { errors } = await shop.ask(setPrice, {}, callerWith('orders:read', 'inventory:write'));
    assert.equal(errors[0]?.extensions['code'], 'FORBIDDEN');
  });

  test('a price that was refused has not changed', async () => {
    await shop.ask(setPrice, {}, callerWith('orders:read'));
    const { data } = await shop.ask('{ product(id: "p1") { price { amount } } }');
    assert.equal(JSON.stringify(data), '{"product":{"price":{"amount":8418}}}');
  });

  test('who may set prices gets the product with the new one', async () => {
    const { data, errors } = await shop.ask(setPrice, {}, callerWith('catalog:write'));
    assert.deepEqual(errors, []);
    assert.equal(JSON.stringify(data), '{"setPrice":{"id":"p1","price":{"amount":1234,"currency":"EUR"}}}');
  });

  for (const [argument, call] of [
    ['amount', 'setPrice(productId: "p1", amount: 0)'],
    ['currency', 'setPrice(productId: "p1", amount: 5, currency: "USD")'],
    ['productId', 'setPrice(productId: "p99999", amount: 5)'],
  ] as const) {
    test(`setPrice refuses a wrong ${argument}`, async () => {
      const { errors } = await shop.ask(`mutation { ${call} { id } }`, {}, callerWith('catalog:write'));
      assert.equal(errors[0]?.extensions['code'], 'BAD_USER_INPUT');
      assert.equal(errors[0].extensions['argument'], argument);
    });
  }

  test('every type of the contract has its rules', () => {
    const types = Object.values(guardedSchema().getTypeMap())
      .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
      .map(({ name }) => name);
    assert.deepEqual([...types].sort(), Object.keys(permissions).sort());
  });

  test('composition can ask for the contract', async () => {
    const { data, errors } = await shop.ask('{ _service { sdl } }');
    assert.deepEqual(errors, []);
    assert.match(JSON.stringify(data), /interface Product/);
  });
});
