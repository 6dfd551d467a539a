import assert from 'node:assert/strict';
import { isObjectType } from 'graphql';
import { after, before, describe, test } from 'node:test';
import type { Caller } from './caller.ts';
import { permissions } from './permissions.ts';
import { guardedSchema } from './schema.ts';
import { anonymous, callerNamed, testAccounts, type TestAccounts } from './test-accounts.ts';

const ada = callerNamed('u1', 'orders:read');
const staff = callerNamed('u2', 'users:read');

describe('permissions', () => {
  let accounts: TestAccounts;
  before(async () => {
    accounts = await testAccounts();
  });
  after(() => accounts.close());

  const doors: readonly (readonly [door: string, of: (fields: string) => string])[] = [
    ['Query.user', (fields) => `{ user(id: "u1") { ${fields} } }`],
    [
      '_entities by id',
      (fields) =>
        `{ _entities(representations: [{ __typename: "User", id: "u1" }]) { ... on User { ${fields} } } }`,
    ],
    [
      '_entities by handle',
      (fields) =>
        `{ _entities(representations: [{ __typename: "User", handle: "ada" }]) { ... on User { ${fields} } } }`,
    ],
  ];
  const fields: readonly (readonly [field: string, owner: boolean])[] = [
    ['email', true],
    ['addresses { city }', true],
    ['roles', false],
    ['riskScore', false],
  ];
  const people: readonly (readonly [who: string, caller: Caller, code: string])[] = [
    ['nobody known', anonymous, 'UNAUTHENTICATED'],
    ['another customer', callerNamed('u3', 'orders:read', 'reviews:moderate'), 'FORBIDDEN'],
    ['a server', callerNamed('service:orders', 'inventory:reserve'), 'FORBIDDEN'],
  ];
  for (const [door, of] of doors) {
    for (const [field, isOwners] of fields) {
      for (const [who, caller, code] of people) {
        test(`${field} of another through ${door} is refused to ${who}`, async () => {
          const { data, errors } = await accounts.ask(of(field), {}, caller);
          assert.equal(errors[0]?.extensions['code'], code);
          assert.ok(!/ada@|city|CUSTOMER|\d/.test(JSON.stringify(data)));
        });
      }
      test(`${field} through ${door} is ${isOwners ? 'given' : 'refused'} to its owner`, async () => {
        const { errors } = await accounts.ask(of(field), {}, ada);
        assert.equal(errors[0]?.extensions['code'], isOwners ? undefined : 'FORBIDDEN');
      });
      test(`${field} through ${door} is given to staff`, async () => {
        assert.deepEqual((await accounts.ask(of(field), {}, staff)).errors, []);
      });
    }
  }

  test('an address as an entity is given to its owner and staff alone', async () => {
    const query =
      '{ _entities(representations: [{ __typename: "Address", id: "a1-1" }]) { ... on Address { id city } } }';
    assert.deepEqual((await accounts.ask(query, {}, ada)).errors, []);
    assert.deepEqual((await accounts.ask(query, {}, staff)).errors, []);
    for (const caller of [anonymous, callerNamed('u3')]) {
      const { data, errors } = await accounts.ask(query, {}, caller);
      assert.equal(errors.length > 0, true);
      assert.equal(JSON.stringify(data), '{"_entities":[null]}');
    }
  });

  test('the list of users is for staff', async () => {
    const query = '{ users(first: 1) { totalCount } }';
    assert.equal((await accounts.ask(query, {}, ada)).errors[0]?.extensions['code'], 'FORBIDDEN');
    assert.equal((await accounts.ask(query)).errors[0]?.extensions['code'], 'UNAUTHENTICATED');
    assert.equal(JSON.stringify((await accounts.ask(query, {}, staff)).data), '{"users":{"totalCount":120}}');
  });

  for (const mutation of [
    'updateProfile(input: { name: "x" }) { id }',
    'addAddress(input: { label: "a", recipient: "b", street: "c", postalCode: "123", city: "d", country: "DE" }) { id }',
    'removeAddress(id: "a1-1")',
  ]) {
    test(`${mutation.slice(0, 13)} is for people who are signed in`, async () => {
      const { errors } = await accounts.ask(`mutation { ${mutation} }`);
      assert.equal(errors[0]?.extensions['code'], 'UNAUTHENTICATED');
    });
  }

  test('every type of the contract has its rules', () => {
    const types = Object.values(guardedSchema().getTypeMap())
      .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
      .map(({ name }) => name);
    assert.deepEqual([...types].sort(), Object.keys(permissions).sort());
  });

  test('the number of SQL statements does not grow with the number of users', async () => {
    const page =
      'query($n: Int) { users(first: $n) { totalCount nodes { id email addresses(first: 2) { city } } } }';
    const few = await accounts.ask(page, { n: 3 }, staff);
    const many = await accounts.ask(page, { n: 90 }, staff);
    assert.equal(many.statements.length, few.statements.length);
    const entities = `query($r: [_Any!]!) {
      _entities(representations: $r) { ... on User { name email addresses { city } } ... on Address { city } } }`;
    const counts = [];
    for (const length of [2, 110]) {
      const numbers = Array.from({ length }, (_, n) => n + 1);
      const r = numbers.flatMap((n) => [
        { __typename: 'User', id: `u${n}` },
        { __typename: 'Address', id: `a${n}-1` },
      ]);
      const { errors, statements } = await accounts.ask(entities, { r }, staff);
      assert.deepEqual(errors, []);
      counts.push(statements.length);
    }
    assert.deepEqual(counts, [3, 3]);
  });
});
