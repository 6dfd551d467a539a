import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callerNamed, testAccounts } from './test-accounts.ts';

const url = process.env['DATABASE_URL_TEST'];
const skip = url === undefined ? 'set DATABASE_URL_TEST to the address of a PostgreSQL to run this' : false;
const staff = callerNamed('u2', 'users:read');

test('PostgreSQL answers every query as the file database does', { skip }, async () => {
  const inFile = await testAccounts();
  const inPostgres = await testAccounts(undefined, { kind: 'postgres', url: url ?? '' });
  try {
    for (const query of [
      '{ users(first: 7, filter: { role: CUSTOMER }) { totalCount nodes { id email addresses(first: 2) { id isDefault } } } }',
      '{ users(first: 7, filter: { text: "-1_%" }) { totalCount } }',
      '{ users(first: 7, filter: { text: "an" }) { totalCount nodes { handle roles riskScore } pageInfo { endCursor } } }',
      '{ user(id: "u1") { name memberSince loyaltyPoints } }',
    ]) {
      const [expected, actual] = [await inFile.ask(query, {}, staff), await inPostgres.ask(query, {}, staff)];
      assert.deepEqual([expected.errors, actual.errors], [[], []]);
      assert.equal(JSON.stringify(actual.data), JSON.stringify(expected.data));
    }
    const { refreshToken } = await inPostgres.signIn('ada@weir.example');
    const refresh = 'mutation($t: String!) { refreshSession(refreshToken: $t) { refreshToken user { id } } }';
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => inPostgres.ask(refresh, { t: refreshToken })),
    );
    assert.equal(outcomes.filter(({ errors }) => errors.length === 0).length, 1);
    const address =
      '{ label: "a", recipient: "b", street: "c", postalCode: "123", city: "d", country: "DE" }';
    const added = await Promise.all(
      Array.from({ length: 25 }, () =>
        inPostgres.ask(`mutation { addAddress(input: ${address}) { id } }`, {}, callerNamed('u2')),
      ),
    );
    const before = await inFile.db
      .selectFrom('address')
      .select('id')
      .where('account_id', '=', 'u2')
      .execute();
    assert.equal(added.filter(({ errors }) => errors.length === 0).length, 20 - before.length);
    const register = `mutation { register(input: { email: "n@x.example", password: "long enough", name: "N" }) {
      user { id email } } }`;
    const registered = await Promise.all([inPostgres.ask(register), inPostgres.ask(register)]);
    assert.deepEqual(registered.map(({ errors }) => errors.length).sort(), [0, 1]);
  } finally {
    await inPostgres.close();
    await inFile.close();
  }
});
