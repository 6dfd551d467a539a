import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { callerNamed, testAccounts, type TestAccounts } from './test-accounts.ts';

const register = `mutation($input: RegisterInput!) {
  register(input: $input) { accessToken user { id handle name email addresses { id } } }
}`;
const addAddress = `mutation($input: AddressInput!) { addAddress(input: $input) { id isDefault } }`;
const address = {
  label: 'Home',
  recipient: 'Kim',
  street: 'Uferweg 1',
  postalCode: '10997',
  city: 'Berlin',
  country: 'de',
};
const listed = '{ me { addresses(first: 100) { id isDefault } } }';

interface Listed {
  readonly addresses: readonly { readonly id: string; readonly isDefault: boolean }[];
}

describe('accounts', () => {
  let accounts: TestAccounts;
  before(async () => {
    accounts = await testAccounts(0.005);
  });
  after(() => accounts.close());
  const newPerson = async (email: string) => {
    const input = { email, password: 'long enough', name: 'Kim Källe' };
    const { data, errors } = await accounts.ask(register, { input });
    assert.deepEqual(errors, []);
    return (data?.['register'] as { user: { id: string; handle: string } }).user;
  };
  const addressesOf = async (id: string): Promise<Listed['addresses']> =>
    ((await accounts.ask(listed, {}, callerNamed(id))).data?.['me'] as Listed).addresses;

  test('a new customer is signed in and gets a handle made from the name', async () => {
    const user = await newPerson('Kim@x.example');
    assert.equal(user.handle, 'kim-kalle');
    const other = await newPerson('kim2@x.example');
    assert.match(other.handle, /^kim-kalle-[0-9a-f]{8}$/);
  });

  test('all that is wrong with a registration is said at once', async () => {
    const input = { email: 'no', password: 'short', name: ' ', handle: 'Ä b' };
    const { errors } = await accounts.ask(register, { input });
    const problems = errors[0]?.extensions['problems'] as { argument: string }[];
    assert.deepEqual(
      problems.map(({ argument }) => argument),
      ['input.email', 'input.name', 'input.handle', 'input.password'],
    );
  });

  test('an e-mail and a handle can be taken once', async () => {
    const input = { email: 'ADA@weir.example', password: 'long enough', name: 'x', handle: 'Sam' };
    const { errors } = await accounts.ask(register, { input });
    const problems = errors[0]?.extensions['problems'] as { argument: string }[];
    assert.deepEqual(
      problems.map(({ argument }) => argument),
      ['input.email', 'input.handle'],
    );
  });

  test('of two registrations with one e-mail at once one is refused', async () => {
    const input = { email: 'twice@x.example', password: 'long enough', name: 'Twice' };
    const answers = await Promise.all([accounts.ask(register, { input }), accounts.ask(register, { input })]);
    assert.deepEqual(answers.map(({ errors }) => errors[0]?.extensions['code']).sort(), [
      'BAD_USER_INPUT',
      undefined,
    ]);
  });

  test('name and handle can be changed, but not to a handle of another', async () => {
    const { id } = await newPerson('change@x.example');
    const change = 'mutation($input: UpdateProfileInput!) { updateProfile(input: $input) { name handle } }';
    const changed = await accounts.ask(
      change,
      { input: { name: 'New', handle: 'NEW-handle' } },
      callerNamed(id),
    );
    assert.equal(JSON.stringify(changed.data), '{"updateProfile":{"name":"New","handle":"new-handle"}}');
    const refused = await accounts.ask(change, { input: { handle: 'ada' } }, callerNamed(id));
    assert.equal(refused.errors[0]?.extensions['argument'], 'input.handle');
  });

  test('there is one default address, the first until another is chosen', async () => {
    const { id } = await newPerson('book@x.example');
    for (const isDefault of [false, false, true]) {
      await accounts.ask(addAddress, { input: { ...address, isDefault } }, callerNamed(id));
    }
    const all = await addressesOf(id);
    assert.deepEqual(
      all.map(({ isDefault }) => isDefault),
      [true, false, false],
    );
    const remove = 'mutation($id: ID!) { removeAddress(id: $id) }';
    const removed = await accounts.ask(remove, { id: all[0]?.id }, callerNamed(id));
    assert.equal(removed.data?.['removeAddress'], true);
    const left = await addressesOf(id);
    assert.deepEqual(
      left.map(({ isDefault }) => isDefault),
      [true, false],
    );
  });

  test('an address of another cannot be removed', async () => {
    const { data } = await accounts.ask('mutation { removeAddress(id: "a1-1") }', {}, callerNamed('u2'));
    assert.equal(data?.['removeAddress'], false);
    assert.ok((await addressesOf('u1')).some(({ id }) => id === 'a1-1'));
  });

  test('twenty addresses are kept, also when many are added at once', async () => {
    const { id } = await newPerson('many@x.example');
    const answers = await Promise.all(
      Array.from({ length: 24 }, () => accounts.ask(addAddress, { input: address }, callerNamed(id))),
    );
    assert.equal(answers.filter(({ errors }) => errors.length > 0).length, 4);
    assert.equal((await addressesOf(id)).length, 20);
  });

  for (const [argument, wrong] of [
    ['input.country', { country: 'Germany' }],
    ['input.city', { city: 'x'.repeat(81) }],
    ['input.label', { label: '  ' }],
    ['input.street', { street: 'a\u0000b' }],
  ] as const) {
    test(`an address with a wrong ${argument} is refused`, async () => {
      const { errors } = await accounts.ask(
        addAddress,
        { input: { ...address, ...wrong } },
        callerNamed('u1'),
      );
      assert.equal(errors[0]?.extensions['argument'], argument);
    });
  }

  test('staff find users by a part of name, handle or e-mail; signs of LIKE are letters like others', async () => {
    const find = async (text: string): Promise<number> => {
      const { data } = await accounts.ask(
        'query($text: String) { users(filter: { text: $text }) { totalCount } }',
        { text },
        callerNamed('u2', 'users:read'),
      );
      return (data?.['users'] as { totalCount: number }).totalCount;
    };
    assert.equal(await find('OKORO'), 1);
    assert.equal(await find('sam@weir'), 1);
    assert.deepEqual([await find('%'), await find('_da'), await find("' or 1=1 --")], [0, 0, 0]);
  });
});
