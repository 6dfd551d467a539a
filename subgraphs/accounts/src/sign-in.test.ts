import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { callerNamed, testAccounts, type TestAccounts } from './test-accounts.ts';

const minutes = 60_000;
const days = 24 * 60 * minutes;
const signIn = `mutation($email: String!, $password: String!) {
  signIn(email: $email, password: $password) { accessTokenExpiresAt user { id email } }
}`;
const refresh = `mutation($refreshToken: String!) {
  refreshSession(refreshToken: $refreshToken) { accessToken refreshToken user { id email } }
}`;
const signOut = 'mutation($refreshToken: String!) { signOut(refreshToken: $refreshToken) }';

interface Refreshed {
  readonly accessToken: string;
  readonly refreshToken: string;
}

describe('signing in', () => {
  let accounts: TestAccounts;
  beforeEach(async () => {
    accounts = await testAccounts(0.002);
  });
  afterEach(() => accounts.close());
  const codeOf = async (query: string, variables: Record<string, unknown>): Promise<unknown> =>
    (await accounts.ask(query, variables)).errors[0]?.extensions['code'];
  const password = 'river-stone-42';

  test('e-mail and password give a session that sees its own e-mail', async () => {
    const { data, errors } = await accounts.ask(signIn, { email: ' ADA@weir.example ', password });
    assert.deepEqual(errors, []);
    assert.deepEqual(JSON.parse(JSON.stringify(data?.['signIn'])), {
      accessTokenExpiresAt: new Date(
        Math.floor(accounts.now().getTime() / 1_000) * 1_000 + 15 * minutes,
      ).toISOString(),
      user: { id: 'u1', email: 'ada@weir.example' },
    });
  });

  test('the rest of the operation is answered to the one who signed in', async () => {
    const { data, errors } = await accounts.ask(
      'mutation { signIn(email: "ada@weir.example", password: "river-stone-42") { user { id } } removeAddress(id: "a2-1") }',
    );
    assert.deepEqual(errors, []);
    assert.equal(data?.['removeAddress'], false);
  });

  const grants: readonly (readonly [email: string, scopes: string, policies: readonly string[]])[] = [
    ['ada', 'orders:read orders:write reviews:write', []],
    [
      'sam',
      'orders:read orders:write reviews:write users:read orders:read:any orders:write:any inventory:read',
      ['refunds'],
    ],
    ['mia', 'orders:read orders:write reviews:write reviews:moderate', []],
    [
      'root',
      'orders:read orders:write reviews:write users:read orders:read:any orders:write:any inventory:read reviews:moderate catalog:write inventory:write',
      ['refunds'],
    ],
  ];
  for (const [name, scope, policies] of grants) {
    test(`the token of ${name} says what its role may`, async () => {
      const claims = decodeJwt((await accounts.signIn(`${name}@weir.example`)).accessToken);
      assert.equal(claims['scope'], scope);
      assert.deepEqual(claims['policies'], policies);
      assert.equal(claims.iss, 'https://accounts.weir.example');
      assert.equal(claims.aud, 'weir');
      assert.equal(Number(claims.exp) - Number(claims.iat), 900);
      assert.match(claims.jti ?? '', /^[0-9a-f-]{36}$/);
    });
  }

  test('a wrong password and an unknown e-mail are refused with the same words', async () => {
    const wrong = await accounts.ask(signIn, { email: 'ada@weir.example', password: 'wrong' });
    const unknown = await accounts.ask(signIn, { email: 'nobody@weir.example', password });
    assert.equal(wrong.errors[0]?.extensions['code'], 'UNAUTHENTICATED');
    assert.equal(wrong.errors[0].message, unknown.errors[0]?.message);
  });

  test('the eleventh attempt with one e-mail waits, others do not', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      assert.equal(await codeOf(signIn, { email: 'ada@weir.example', password: 'wrong' }), 'UNAUTHENTICATED');
    }
    assert.equal(await codeOf(signIn, { email: 'Ada@weir.example', password }), 'RATE_LIMITED');
    assert.equal(await codeOf(signIn, { email: 'sam@weir.example', password }), undefined);
    accounts.later(15 * minutes);
    assert.equal(await codeOf(signIn, { email: 'ada@weir.example', password }), undefined);
  });

  test('many attempts at once are counted before they are answered', async () => {
    const attempts = Array.from({ length: 30 }, () =>
      codeOf(signIn, { email: 'ada@weir.example', password: 'wrong' }),
    );
    const codes = await Promise.all(attempts);
    assert.equal(codes.filter((code) => code === 'RATE_LIMITED').length, 20);
  });

  test('a refresh token gives new tokens for the same person', async () => {
    const { refreshToken } = await accounts.signIn('ada@weir.example');
    const { data, errors } = await accounts.ask(refresh, { refreshToken });
    assert.deepEqual(errors, []);
    const { accessToken } = data?.['refreshSession'] as Refreshed;
    const caller = await accounts.callerOf(accessToken);
    assert.ok(caller.kind === 'user' && caller.id === 'u1');
  });

  test('a refresh token that is used twice ends its session, and only that', async () => {
    const stolen = await accounts.signIn('ada@weir.example');
    const other = await accounts.signIn('ada@weir.example');
    const { data } = await accounts.ask(refresh, { refreshToken: stolen.refreshToken });
    const next = data?.['refreshSession'] as Refreshed;
    assert.equal(await codeOf(refresh, { refreshToken: stolen.refreshToken }), 'UNAUTHENTICATED');
    assert.equal(await codeOf(refresh, { refreshToken: next.refreshToken }), 'UNAUTHENTICATED');
    assert.equal(await codeOf(refresh, { refreshToken: other.refreshToken }), undefined);
    assert.ok(accounts.lines.some((line) => line.startsWith('warn a refresh token was used twice')));
  });

  test('of two uses of a refresh token at once one is refused', async () => {
    const { refreshToken } = await accounts.signIn('ada@weir.example');
    const codes = await Promise.all([codeOf(refresh, { refreshToken }), codeOf(refresh, { refreshToken })]);
    assert.deepEqual(codes.map(String).sort(), ['UNAUTHENTICATED', 'undefined']);
  });

  test('a session is over after 30 days without a refresh', async () => {
    const { refreshToken } = await accounts.signIn('ada@weir.example');
    accounts.later(31 * days);
    await accounts.keys.refresh(accounts.now());
    assert.equal(await codeOf(refresh, { refreshToken }), 'UNAUTHENTICATED');
  });

  test('signing out ends the session', async () => {
    const { refreshToken } = await accounts.signIn('ada@weir.example');
    const first = await accounts.ask(signOut, { refreshToken });
    const second = await accounts.ask(signOut, { refreshToken });
    assert.deepEqual([first.data?.['signOut'], second.data?.['signOut']], [true, false]);
    assert.equal(await codeOf(refresh, { refreshToken }), 'UNAUTHENTICATED');
  });

  test('refresh tokens are not in the database', async () => {
    const { refreshToken } = await accounts.signIn('ada@weir.example');
    const rows = await accounts.db.selectFrom('refresh_token').selectAll().execute();
    assert.ok(rows.length > 0 && !JSON.stringify(rows).includes(refreshToken));
  });

  test('somebody with very many sessions keeps the newest fifty', async () => {
    for (let session = 0; session < 53; session += 1) {
      accounts.later(1_000);
      await accounts.signIn('ada@weir.example');
    }
    const rows = await accounts.db.selectFrom('session').selectAll().where('account_id', '=', 'u1').execute();
    assert.equal(rows.length, 50);
  });

  test('a server has a token but no account', async () => {
    const service = callerNamed('service:orders', 'inventory:reserve');
    assert.equal((await accounts.ask('{ me { id } }', {}, service)).data?.['me'], null);
    const { errors } = await accounts.ask(
      'mutation { updateProfile(input: { name: "x" }) { id } }',
      {},
      service,
    );
    assert.equal(errors[0]?.extensions['code'], 'FORBIDDEN');
  });
});
