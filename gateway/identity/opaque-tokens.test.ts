import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, beforeEach, describe, test } from 'node:test';
import type { Principal } from '../model/principal.ts';
import { startIssuer } from '../../test/gateway/issuer.ts';
import { createIdentity, identitySettings, type Identity } from './identity.ts';

type Json = Readonly<Record<string, unknown>>;

const start = 1_800_000_000;
const clock = { seconds: start };
const failures: unknown[] = [];
const asked: { readonly body: string; readonly headers: IncomingHttpHeaders }[] = [];
const good = { active: true, sub: 'u1', scope: 'a b', exp: start + 300, client_id: 'app' } as const;
let reply: (response: ServerResponse, token: string) => void;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    asked.push({ body, headers: request.headers });
    reply(response, new URLSearchParams(body).get('token') ?? '');
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/introspect`;
const issuer = await startIssuer();
const identities: Identity[] = [];

after(async () => {
  server.close();
  server.closeAllConnections();
  await issuer.close();
  await Promise.all(identities.map((identity) => identity.close()));
});
beforeEach(() => {
  clock.seconds = start;
  asked.length = 0;
  failures.length = 0;
  answerWith(good);
});

const answerWith = (answer: Json | string, status = 200): void => {
  reply = (response) =>
    void response.writeHead(status).end(typeof answer === 'string' ? answer : JSON.stringify(answer));
};

function open(more: Json = {}, jwt: Json = {}): Identity {
  const introspection = { url, timeout: 20_000, ...more };
  const settings = identitySettings({ authentication: { router: { jwt: { introspection, ...jwt } } } });
  const identity = createIdentity(settings, {
    now: () => clock.seconds * 1_000,
    onFailure: (cause) => failures.push(cause),
  });
  identities.push(identity);
  return identity;
}

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

async function known(identity: Identity, token = 'opaque-1'): Promise<Extract<Principal, { kind: 'known' }>> {
  const identified = await identity.identify(bearer(token));
  assert.equal(identified.kind, 'principal', identified.kind === 'refused' ? identified.error.message : '');
  assert.equal(identified.principal.kind, 'known');
  return identified.principal;
}

async function refusal(identity: Identity, token = 'opaque-1'): Promise<string> {
  const identified = await identity.identify(bearer(token));
  assert.equal(identified.kind, 'refused', 'it was let in');
  const { code, extensions } = identified.error;
  return code === 'INVALID_JWT' ? String(extensions['reason']) : code;
}

describe('a token that is no JWT', () => {
  test('is whom its issuer says it is', async () => {
    const principal = await known(open());
    assert.deepEqual(
      [principal.subject, [...principal.scopes], principal.client, principal.expiresAt],
      ['u1', ['a', 'b'], 'app', start + 300],
    );
    assert.equal(principal.claims['active'], undefined);
    assert.equal(asked[0]?.body, 'token=opaque-1&token_type_hint=access_token');
  });

  test('is asked about with the gateway’s own credentials', async () => {
    await known(open({ client_id: 'gate way', client_secret: 'a:b%+ä' }));
    const sent = String(asked[0]?.headers.authorization).replace('Basic ', '');
    assert.equal(Buffer.from(sent, 'base64').toString(), 'gate+way:a%3Ab%25%2B%C3%A4');
  });

  test('is asked about once for all who bring it meanwhile, and not again for a minute', async () => {
    const identity = open();
    const all = await Promise.all(Array.from({ length: 50 }, () => known(identity)));
    assert.equal(new Set(all).size, 1);
    clock.seconds += 59;
    await known(identity);
    assert.equal(asked.length, 1);
    clock.seconds += 1;
    await known(identity);
    assert.equal(asked.length, 2);
  });

  test('is believed no longer than it lasts, whatever is remembered', async () => {
    answerWith({ ...good, exp: start + 10 });
    const identity = open();
    await known(identity);
    clock.seconds += 10;
    answerWith({ active: false });
    assert.equal(await refusal(identity), 'inactive');
  });

  test('that is not active is refused, and asked about again soon', async () => {
    answerWith({ active: false, username: 'u1' });
    const identity = open();
    assert.equal(await refusal(identity), 'inactive');
    assert.equal(await refusal(identity), 'inactive');
    assert.equal(asked.length, 1);
    clock.seconds += 5;
    answerWith(good);
    await known(identity);
  });

  for (const [what, answer, reason] of [
    ['has expired', { ...good, exp: start - 6 }, 'expired'],
    ['is not valid yet', { ...good, nbf: start + 6 }, 'not_yet_valid'],
    ['ends at no number', { ...good, exp: '9999999999' }, 'malformed'],
    ['begins at no number', { ...good, nbf: '0' }, 'malformed'],
    ['has a subject that is no text', { ...good, sub: { id: 1 } }, 'malformed'],
    ['comes from another issuer', { ...good, iss: 'https://other.example' }, 'issuer'],
    ['names no issuer', { ...good, iss: undefined }, 'issuer'],
    ['is meant for others', { ...good, aud: ['x', 'y'] }, 'audience'],
    ['is meant for nobody', { ...good, aud: undefined }, 'audience'],
  ] as const) {
    test(`that ${what} is refused, though its issuer calls it active`, async () => {
      answerWith({ iss: 'https://issuer.example', aud: 'weir', ...answer });
      const identity = open({ issuers: ['https://issuer.example'], audiences: ['weir'] });
      assert.equal(await refusal(identity), reason);
    });
  }

  test('is accepted where issuer and audience fit', async () => {
    answerWith({ ...good, iss: 'https://issuer.example', aud: ['other', 'weir'] });
    await known(open({ issuers: ['https://issuer.example'], audiences: ['weir'] }));
  });

  for (const [what, answer, status] of [
    ['an error', good, 500],
    ['a refusal of the gateway’s credentials', good, 401],
    ['a redirect', good, 302],
    ['no JSON', '<html>', 200],
    ['a list', '[]', 200],
    ['nothing of being active', { sub: 'u1' }, 200],
    ['"active" as text', { active: 'true', sub: 'u1' }, 200],
    ['"active" twice', '{"active":false,"active":true,"sub":"u1"}', 200],
    ['too much', { ...good, pad: 'x'.repeat(100_000) }, 200],
  ] as const) {
    test(`is not believed when the answer is ${what}; nothing is remembered of it`, async () => {
      answerWith(answer, status);
      const identity = open();
      assert.equal(await refusal(identity), 'AUTHENTICATION_UNAVAILABLE');
      answerWith(good);
      await known(identity);
    });
  }

  test('is not believed when there is no answer in time', async () => {
    reply = () => undefined;
    assert.equal(await refusal(open({ timeout: 50 })), 'AUTHENTICATION_UNAVAILABLE');
  });

  test('is not believed on the strength of an old answer when its issuer is down, and that is told once', async () => {
    const identity = open();
    await known(identity);
    clock.seconds += 61;
    answerWith('', 503);
    for (let index = 0; index < 5; index += 1)
      assert.equal(await refusal(identity), 'AUTHENTICATION_UNAVAILABLE');
    assert.equal(failures.length, 1);
    assert.match(String(failures[0]), /status 503/);
  });

  test('is an anonymous caller with on_error: continue, when it is bad', async () => {
    answerWith({ active: false });
    const identified = await open({}, { on_error: 'continue' }).identify(bearer('x'));
    assert.deepEqual(identified, { kind: 'principal', principal: { kind: 'anonymous' }, headers: {} });
  });

  test('is refused without a question when it is too large or no token', async () => {
    const identity = open();
    assert.equal(await refusal(identity, 'x'.repeat(9_000)), 'too_large');
    assert.equal(await refusal(identity, 'a b'), 'malformed');
    assert.equal(asked.length, 0);
  });
});

describe('a flood of made-up tokens', () => {
  test('asks about a hundred at a time; the others are refused at once, and good ones stay known', async () => {
    const identity = open();
    const before = await known(identity, 'good');
    const held: (() => void)[] = [];
    reply = (response) => void held.push(() => response.end('{"active":false}'));
    const flood = Array.from({ length: 300 }, (_, index) => refusal(identity, `made-up-${String(index)}`));
    const atOnce = await Promise.all(flood.slice(100));
    assert.deepEqual(new Set(atOnce), new Set(['AUTHENTICATION_UNAVAILABLE']));
    assert.equal(await known(identity, 'good'), before);
    while (held.length < 20) await new Promise((resolve) => setImmediate(resolve));
    reply = (response) => void response.end('{"active":false}');
    for (const answer of held) answer();
    assert.deepEqual(new Set(await Promise.all(flood.slice(0, 100))), new Set(['inactive']));
    for (let index = 0; index < 1_500; index += 1) await refusal(identity, `more-${String(index)}`);
    assert.equal(await known(identity, 'good'), before);
  });
});

describe('beside signed tokens', () => {
  const jwks = [{ url: issuer.url, algorithms: ['ES256'] }];

  test('a JWT is verified here and never sent away; another token is asked about', async () => {
    clock.seconds = Math.floor(Date.now() / 1_000);
    const identity = open({}, { jwks });
    assert.equal((await known(identity, issuer.token())).subject, 'u-1');
    assert.equal(asked.length, 0);
    answerWith({ ...good, exp: clock.seconds + 60 });
    assert.equal((await known(identity, 'opaque')).subject, 'u1');
    assert.equal((await known(identity, 'a.b.c')).subject, 'u1');
    assert.equal(asked.length, 2);
  });

  test('a JWT that is refused here is not asked about after all', async () => {
    const identity = open({}, { jwks });
    assert.equal(await refusal(identity, `${issuer.token().slice(0, -4)}AAAA`), 'signature');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    assert.equal(
      await refusal(identity, `${none}.${Buffer.from('{"sub":"root"}').toString('base64url')}.`),
      'malformed',
    );
    assert.equal(asked.length, 0);
  });
});
