import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import { after, before, describe, test } from 'node:test';
import { startService, type Service } from './service.ts';
import { readSettings } from './settings.ts';

const secret = 'a secret: with % and ä';

describe('the service', () => {
  let service: Service;
  before(async () => {
    const parsed = readSettings({ WEIR_SCALE: '0.002', SERVICE_SECRET: secret });
    assert.ok(parsed.ok);
    const settings = { ...parsed.settings, port: 0, store: { kind: 'file', path: ':memory:' } as const };
    service = await startService(settings, () => undefined, new AbortController().signal);
  });
  after(() => service.close());

  const tokenFor = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${service.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form), headers });
  const basic = (id: string, password: string): Record<string, string> => ({
    authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(password)}`).toString('base64')}`,
  });
  const grant = { grant_type: 'client_credentials' };

  test('the public keys may be kept for five minutes', async () => {
    const response = await fetch(`${service.url}/.well-known/jwks.json`);
    const { keys } = (await response.json()) as { keys: unknown[] };
    assert.equal(keys.length, 1);
    assert.equal(response.headers.get('cache-control'), 'public, max-age=300');
  });

  test('a server gets a token by HTTP Basic and by the form', async () => {
    for (const response of [
      await tokenFor(grant, basic('orders', secret)),
      await tokenFor({ ...grant, client_id: 'orders', client_secret: secret }),
    ]) {
      const body = (await response.json()) as {
        access_token: string;
        token_type: string;
        expires_in: number;
      };
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('cache-control'), 'no-store');
      assert.deepEqual([body.token_type, body.expires_in], ['Bearer', 900]);
      const { sub, scope } = decodeJwt(body.access_token);
      assert.deepEqual([sub, scope], ['service:orders', 'inventory:reserve']);
    }
  });

  const refusals: readonly (readonly [
    what: string,
    form: Record<string, string>,
    headers: Record<string, string>,
    status: number,
    error: string,
  ])[] = [
    ['a wrong secret', grant, basic('orders', 'wrong'), 401, 'invalid_client'],
    ['an unknown client', grant, basic('evil', secret), 401, 'invalid_client'],
    ['no client', grant, {}, 401, 'invalid_client'],
    ['a header that is garbage', grant, { authorization: 'Basic JSUlJTol' }, 401, 'invalid_client'],
    ['another grant', { grant_type: 'password' }, basic('orders', secret), 400, 'unsupported_grant_type'],
    [
      'a scope that is not allowed',
      { ...grant, scope: 'users:read' },
      basic('orders', secret),
      400,
      'invalid_scope',
    ],
    ['a body of another kind', {}, { 'content-type': 'application/json' }, 400, 'invalid_request'],
  ];
  for (const [what, form, headers, status, error] of refusals) {
    test(`${what} is refused with ${error}`, async () => {
      const response = await tokenFor(form, headers);
      assert.equal(((await response.json()) as { error: string }).error, error);
      assert.equal(response.status, status);
    });
  }

  test('a token from here is believed here, and what it shows is not kept by anybody', async () => {
    const ask = async (query: string, headers: Record<string, string> = {}) => {
      const response = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        body: JSON.stringify({ query }),
        headers: { 'content-type': 'application/json', ...headers },
      });
      return { body: await response.text(), cache: response.headers.get('cache-control') };
    };
    const signedIn = await ask(
      'mutation { signIn(email: "ada@weir.example", password: "river-stone-42") { accessToken } }',
    );
    const { data } = JSON.parse(signedIn.body) as { data: { signIn: { accessToken: string } } };
    const me = await ask('{ me { id email } }', { authorization: `Bearer ${data.signIn.accessToken}` });
    assert.equal(me.body, '{"data":{"me":{"id":"u1","email":"ada@weir.example"}}}\n');
    assert.equal(me.cache, 'no-store');
    assert.equal(signedIn.cache, 'no-store');
    assert.equal((await ask('{ user(id: "u1") { name } }')).cache, 'max-age=60, public');
  });
});
