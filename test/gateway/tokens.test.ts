import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { raw, startClub, type Club } from './club.ts';

let club: Club;
before(async () => {
  club = await startClub();
});
beforeEach(() => {
  club.forget();
  club.issuer.isDown = false;
});
after(() => club.close());

const now = (): number => Math.floor(Date.now() / 1000);
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const parts = (token: string): readonly [string, string, string] => {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return [header, payload, signature];
};

const badTokens: Readonly<Record<string, () => string>> = {
  'alg none': () => `${encode({ alg: 'none' })}.${parts(club.issuer.token())[1]}.`,
  'alg nOnE without the last dot': () => `${encode({ alg: 'nOnE' })}.${parts(club.issuer.token())[1]}`,
  'an HMAC with an empty key': () => hmac(''),
  'an HMAC with the key set as key': () => hmac(club.issuer.url),
  'a changed payload': () => {
    const [header, , signature] = parts(club.issuer.token());
    return `${header}.${encode({ sub: 'root', exp: now() + 60 })}.${signature}`;
  },
  'a cut signature': () => club.issuer.token().slice(0, -3),
  'five parts': () => `${club.issuer.token()}.a.b`,
  'an unknown kid': () => club.issuer.token({}, { kid: '../../etc/passwd' }),
  'a kid that is a list': () => club.issuer.token({}, { kid: ['k1'] }),
  'an unknown critical header': () => club.issuer.token({}, { crit: ['x'], x: 1 }),
  'an end in the past': () => club.issuer.token({ exp: now() - 60 }),
  'no end': () => club.issuer.token({ exp: undefined }),
  'an end that is text': () => club.issuer.token({ exp: '9999999999' }),
  'a beginning ahead': () => club.issuer.token({ nbf: now() + 60 }),
  'another issuer': () => club.issuer.token({ iss: 'https://issuer.example' }),
  'another audience': () => club.issuer.token({ aud: ['other', 'my-gateway2'] }),
  'the type of an identity token': () => club.issuer.token({}, { typ: 'logout+jwt' }),
  'nine thousand bytes': () => club.issuer.token({ pad: 'x'.repeat(9000) }),
  junk: () => 'junk',
};

function hmac(key: string): string {
  const input = `${encode({ alg: 'HS256', kid: 'k1' })}.${parts(club.issuer.token())[1]}`;
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
}

for (const [what, make] of Object.entries(badTokens)) {
  test(`a token with ${what} is refused with 401, touches no subgraph, and is not an anonymous caller`, async () => {
    const answer = await club.ask('{ ping }', { token: make() });
    assert.equal(answer.status, 401);
    assert.deepEqual(answer.codes, ['INVALID_JWT']);
    assert.equal(answer.data, undefined);
    assert.deepEqual(club.asked(), []);
    assert.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"');
  });
}

for (const [what, claims] of [
  ['two seconds of skew', () => ({ exp: now() - 2, nbf: now() + 2 })],
  ['one of several audiences', () => ({ aud: ['other', 'my-gateway'] })],
] as const) {
  test(`a token with ${what} is good`, async () => {
    assert.equal((await club.ask('{ ping }', { token: club.issuer.token(claims()) })).status, 200);
  });
}

test('key locations that a token names are never asked', async () => {
  let visits = 0;
  const trap = createServer((_request, response) => {
    visits += 1;
    response.end('{"keys":[]}');
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((trap.address() as AddressInfo).port)}/`;
  try {
    for (const header of [{ jku: url }, { x5u: url }, { jku: url, kid: 'other' }, { kid: url }]) {
      await club.ask('{ ping }', { token: club.issuer.token({ iss: url }, header) });
    }
    assert.equal(visits, 0);
  } finally {
    trap.close();
  }
});

for (const [what, authorization] of [
  ['no scheme', (token: string) => token],
  ['another scheme', () => 'Basic YTpi'],
  ['nothing after the scheme', () => 'Bearer '],
  ['two tokens', (token: string) => `Bearer ${token} ${token}`],
  ['a list of two', (token: string) => `Bearer ${token}, Bearer ${token}`],
] as const) {
  test(`an Authorization header with ${what} is refused`, async () => {
    const headers = { authorization: authorization(club.issuer.token()) };
    const answer = await club.ask('{ ping }', { headers });
    assert.equal(answer.status, 401);
    assert.deepEqual(club.asked(), []);
  });
}

for (const [what, first, second] of [
  ['a good one and a bad one', true, false],
  ['a bad one and a good one', false, true],
  ['two good ones', true, true],
] as const) {
  test(`two Authorization headers, ${what}, are refused: two parties might believe different ones`, async () => {
    const value = (good: boolean): string => `Bearer ${good ? club.issuer.token() : 'junk'}`;
    const body = '{"query":"{ ping }"}';
    const text = await raw(
      club.port,
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: ${value(first)}\r\nAuthorization: ${value(second)}\r\ncontent-length: ${String(body.length)}\r\nconnection: close\r\n\r\n${body}`,
      5_000,
    );
    assert.match(text, /^HTTP\/1.1 401 /);
    assert.deepEqual(club.asked(), []);
  });
}

for (const [what, claims] of [
  ['true', { scope: true }],
  ['an object', { scope: { a: 1, b: 1, c: 1 } }],
  ['a nested list', { scope: [['c']] }],
  ['null', { scope: null }],
  ['4,000 words', { scope: 'x '.repeat(2000) }],
  ['under other names', { scopes: 'c', scp: 'c', permissions: ['c'], admin: true, constructor: 'c' }],
  ['policies as an object', { policies: { payroll: true } }],
] as const) {
  test(`a scope claim that is wrong (${what}) grants nothing and breaks nothing`, async () => {
    const answer = await club.ask('{ user(id: 1) { ssn salary } }', { token: club.issuer.token(claims) });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.data, { user: { ssn: null, salary: null } });
  });
}

test('a new key is taken within the cooldown, a withdrawn one is refused, a flood of unknown keys asks once', async () => {
  const before = club.issuer.token();
  club.issuer.rotate();
  await new Promise((resolve) => setTimeout(resolve, 150));
  const rotated = club.issuer.token();
  assert.equal((await club.ask('{ ping }', { token: rotated })).status, 200);
  assert.equal((await club.ask('{ ping }', { token: before })).status, 200);

  const requests = club.issuer.requests;
  const began = performance.now();
  const flood = Array.from({ length: 150 }, (_, index) =>
    club.ask('{ ping }', { token: club.issuer.token({}, { kid: `unknown-${String(index)}` }) }),
  );
  const good = await club.ask('{ ping }', { token: rotated });
  assert.equal(good.status, 200);
  assert.deepEqual(new Set((await Promise.all(flood)).map(({ status }) => status)), new Set([401]));
  const cooldowns = Math.ceil((performance.now() - began) / 100) + 1;
  assert.ok(
    club.issuer.requests - requests <= cooldowns,
    `${String(club.issuer.requests - requests)} requests`,
  );

  club.issuer.rotate({ withdrawOld: true });
  await new Promise((resolve) => setTimeout(resolve, 150));
  assert.equal((await club.ask('{ ping }', { token: club.issuer.token() })).status, 200);
  assert.equal((await club.ask('{ ping }', { token: rotated })).status, 401);
});

test('while the issuer is down, known keys go on and nobody is logged out', async () => {
  assert.equal((await club.ask('{ ping }', { token: club.issuer.token() })).status, 200);
  club.issuer.isDown = true;
  for (let index = 0; index < 20; index += 1) {
    const token = club.issuer.token({ sub: `down-${String(index)}` });
    assert.equal((await club.ask('{ ping }', { token })).status, 200);
  }
});

test('with on_error: continue a bad token is an anonymous caller, to the gateway and to the subgraphs', async () => {
  const lenient = await startClub({ jwt: { on_error: 'continue' } });
  try {
    for (const authorization of ['Bearer junk', `Bearer ${lenient.issuer.token({ exp: 1 })}`, 'Basic YTpi']) {
      const answer = await lenient.ask('{ ping user(id: 1) { contact } }', { headers: { authorization } });
      assert.deepEqual(answer.data, { ping: 'pong', user: { contact: null } });
    }
    assert.deepEqual(
      lenient.asked().map(({ headers }) => [headers.authorization, headers['x-user-id']]),
      lenient.asked().map(() => [undefined, undefined]),
    );
    lenient.forget();
    const token = lenient.issuer.token();
    await lenient.ask('{ ping }', { token });
    assert.equal(lenient.asked()[0]?.headers.authorization, `Bearer ${token}`);
  } finally {
    await lenient.close();
  }
});

test('without keys ever read the gateway is alive but not ready, and refuses tokens with 503', async () => {
  const dark = await startClub({ keys: { url: 'http://127.0.0.1:1/jwks.json' } });
  try {
    assert.equal((await dark.send({ method: 'GET', path: '/health/live' })).status, 200);
    assert.equal((await dark.send({ method: 'GET', path: '/health/ready' })).status, 503);
    const answer = await dark.ask('{ ping }', { token: dark.issuer.token() });
    assert.equal(answer.status, 503);
    assert.deepEqual(answer.codes, ['AUTHENTICATION_UNAVAILABLE']);
    assert.deepEqual(dark.asked(), []);
    assert.equal((await dark.ask('{ ping }')).status, 200);
  } finally {
    await dark.close();
  }
});
