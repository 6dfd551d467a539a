import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { apiKeyFileText, newApiKey } from '../../gateway/identity/identity.ts';
import { signatureCheck } from '../../subgraphs/reviews/src/signature.ts';
import { startClub, type Club } from './club.ts';
import type { Asked } from './subgraph-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'weir-identity-'));
const file = join(folder, 'keys.json');
const { id, sha256, text: apiKey } = newApiKey();
writeFileSync(
  file,
  apiKeyFileText([
    {
      ...{ id, sha256, name: 'app', client: 'app', created: '2026-01-01T00:00:00.000Z' },
      ...{ scopes: ['a', 'b'], roles: [], policies: [] },
    },
  ]),
);

const key = 'a key that both sides know, 32 and more';
const subgraph = {
  all: {
    hmac: { key },
    claims_extension: { include_claims: ['sub', 'scope', 'toString'] },
  },
  subgraphs: {
    reviews: {
      hmac: { key: `${key}!`, key_id: 'for-reviews' },
      claims_extension: { field_name: 'who', include_claims: ['sub'] },
    },
    library: { hmac: { key: '' } },
  },
};

let club: Club;
before(async () => {
  club = await startClub({ apiKeys: { file }, subgraph });
});
beforeEach(() => club.forget());
after(async () => {
  await club.close();
  rmSync(folder, { recursive: true });
});

const extensionsOf = ({ body }: Asked): unknown =>
  (JSON.parse(body) as { readonly extensions?: unknown }).extensions;
const query = '{ ping user(id: 1) { id } }';
const everywhere = '{ topReviews { body } medias { title } user(id: 1) { reviews { body } } }';
const accounts = (): readonly Asked[] => club.subgraphs.accounts.asked;

describe('what a subgraph learns of the caller', () => {
  test('claims of a verified token travel by rule, each subgraph getting its own', async () => {
    const token = club.issuer.token({ scope: 'a b', secret: 'not for subgraphs' });
    assert.equal((await club.ask(query, { token })).status, 200);
    assert.ok(accounts().length > 0);
    for (const asked of accounts()) {
      assert.deepEqual(extensionsOf(asked), { jwt: { sub: 'u-1', scope: 'a b' } });
      assert.equal(asked.headers['x-user-id'], 'u-1');
    }
  });

  test('an API key stands for its client, and itself goes nowhere', async () => {
    assert.equal((await club.ask(query, { headers: { 'x-api-key': apiKey } })).status, 200);
    assert.ok(accounts().length > 0);
    for (const asked of accounts()) {
      assert.deepEqual(extensionsOf(asked), { jwt: { sub: `key:${id}`, scope: 'a b' } });
      assert.ok(!JSON.stringify(asked).includes(apiKey.slice(-20)));
    }
  });

  test('a bad API key is refused with 401 and touches no subgraph', async () => {
    const answer = await club.ask(query, { headers: { 'x-api-key': `${apiKey}x` } });
    assert.equal(answer.status, 401);
    assert.deepEqual(answer.codes, ['INVALID_API_KEY']);
    assert.equal(answer.headers['www-authenticate'], 'ApiKey');
    assert.deepEqual(club.asked(), []);
  });

  test('of an anonymous caller it learns nothing', async () => {
    await club.ask(query);
    assert.ok(accounts().length > 0);
    for (const asked of accounts()) {
      assert.equal(extensionsOf(asked), undefined);
      assert.equal(asked.headers['x-user-id'], undefined);
    }
  });

  const forged = {
    ...{
      'x-user-id': 'root',
      'X-User-Scopes': 'admin',
      x_user_id: 'root',
      'x-user_id': 'root',
      'x-user-roles': 'admin',
    },
    ...{ 'x-user-policies': 'all', 'weir-signature': 'v1; key=gateway', weir_signature: 'x' },
  };
  for (const [who, token] of [
    ['an anonymous caller', () => undefined],
    ['a caller with a token', () => club.issuer.token()],
  ] as const) {
    test(`${who} cannot say by header or extension who they are`, async () => {
      const good = token();
      const answer = await club.send({
        headers: {
          'content-type': 'application/json',
          ...forged,
          ...(good === undefined ? {} : { authorization: `Bearer ${good}` }),
        },
        body: JSON.stringify({ query, extensions: { jwt: { sub: 'root' }, who: { sub: 'root' } } }),
      });
      assert.equal(answer.status, 200, answer.text);
      assert.ok(club.asked().length > 0);
      for (const asked of club.asked()) {
        assert.ok(
          !/root|admin/.test(JSON.stringify([asked.headers, extensionsOf(asked)])),
          JSON.stringify(asked),
        );
        for (const name of ['x_user_id', 'x-user_id', 'x-user-roles', 'x-user-policies', 'weir_signature'])
          assert.equal(asked.headers[name], undefined);
      }
    });
  }
});

describe('requests to subgraphs', () => {
  const check = (subgraphName: string, keyId: string, secret: string) =>
    signatureCheck({ name: subgraphName, keys: new Map([[keyId, secret]]), now: Date.now });

  test('are signed so that their receiver believes them, with the identity that they carry', async () => {
    const believes = check('accounts', 'gateway', key);
    for (const token of [undefined, club.issuer.token({ sub: 'ümit' })]) await club.ask(query, { token });
    assert.ok(accounts().length >= 2);
    for (const { headers, body } of accounts()) {
      const identity = { 'x-user-id': 'somebody else' };
      assert.notEqual(
        believes({ method: 'POST', path: '/graphql', headers: { ...headers, ...identity }, body }),
        undefined,
      );
      assert.equal(believes({ method: 'POST', path: '/graphql', headers, body }), undefined);
    }
  });

  test('are signed for each subgraph with its own key, or not at all where it has none', async () => {
    await club.ask(everywhere, { token: club.issuer.token({ scope: 'a b c' }) });
    const { reviews, library } = club.subgraphs;
    assert.ok(reviews.asked.length > 0 && library.asked.length > 0);
    const believes = check('reviews', 'for-reviews', `${key}!`);
    for (const { headers, body } of reviews.asked) {
      assert.equal(believes({ method: 'POST', path: '/graphql', headers, body }), undefined);
      assert.deepEqual((JSON.parse(body) as { readonly extensions: unknown }).extensions, {
        who: { sub: 'u-1' },
      });
    }
    for (const { headers } of library.asked) assert.equal(headers['weir-signature'], undefined);
  });
});
