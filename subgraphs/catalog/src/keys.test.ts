import assert from 'node:assert/strict';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { before, describe, test } from 'node:test';
import { callerReader } from './caller.ts';
import { remoteKeys } from './keys.ts';

const expected = { issuer: 'https://accounts.weir.example', audience: 'weir' };
const minutes = 60_000;

interface Pair {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

async function pairOf(kid: string): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' } };
}

interface TokenParts {
  readonly kid?: string;
  readonly audience?: string;
  readonly issuer?: string;
  readonly expires?: string;
  readonly subject?: string;
}

function token({ privateKey, jwk }: Pair, parts: TokenParts = {}): Promise<string> {
  return new SignJWT({ scope: 'orders:read catalog:write', roles: ['admin', 7], policies: ['refunds'] })
    .setProtectedHeader({ alg: 'ES256', kid: parts.kid ?? jwk.kid ?? '' })
    .setIssuer(parts.issuer ?? expected.issuer)
    .setAudience(parts.audience ?? expected.audience)
    .setSubject(parts.subject ?? 'u4')
    .setExpirationTime(parts.expires ?? '5m')
    .sign(privateKey);
}

/** A key server that can be switched off, and a clock that can be moved. */
function keyServer(...keys: readonly JWK[]) {
  const state = { keys, answer: 'keys' as 'keys' | 'away' | 'nonsense' | 'too much', asked: 0, now: 0 };
  const fetch = (): Promise<Response> => {
    state.asked += 1;
    switch (state.answer) {
      case 'away':
        return Promise.reject(new Error('connection refused'));
      case 'nonsense':
        return Promise.resolve(new Response('<html>'));
      case 'too much':
        return Promise.resolve(new Response(' '.repeat(100_000)));
      case 'keys':
        return Promise.resolve(Response.json({ keys: state.keys }));
    }
  };
  const warnings: string[] = [];
  const find = remoteKeys({
    url: 'http://keys.example',
    fetch,
    now: () => state.now,
    log: (_level, msg, fields) => warnings.push(`${msg} ${JSON.stringify(fields)}`),
  });
  const read = callerReader(find, expected);
  return { state, warnings, read: (text: string) => read(`Bearer ${text}`) };
}

describe('tokens', () => {
  let first: Pair;
  let second: Pair;
  before(async () => {
    first = await pairOf('one');
    second = await pairOf('two');
  });

  test('a good token says who calls and what they may', async () => {
    const { read } = keyServer(first.jwk);
    const caller = await read(await token(first));
    assert.deepEqual(caller, {
      kind: 'user',
      id: 'u4',
      scopes: new Set(['orders:read', 'catalog:write']),
      roles: new Set(['admin']),
      policies: new Set(['refunds']),
    });
  });

  const wrongs: readonly (readonly [what: string, parts: TokenParts, because: RegExp])[] = [
    ['for somebody else', { audience: 'other' }, /not valid/],
    ['from somebody else', { issuer: 'https://evil.example' }, /not valid/],
    ['that has expired', { expires: '-1m' }, /expired/],
    ['that names nobody', { subject: '' }, /names nobody/],
    ['with an unknown key', { kid: 'three' }, /key is not known/],
  ];
  for (const [what, parts, because] of wrongs) {
    test(`a token ${what} is not believed`, async () => {
      const { read } = keyServer(first.jwk);
      const caller = await read(await token(first, parts));
      assert.ok(caller.kind === 'anonymous');
      assert.match(caller.because ?? '', because);
    });
  }

  test('a token signed with another key under a known name is not believed', async () => {
    const { read } = keyServer(first.jwk);
    assert.equal((await read(await token(second, { kid: 'one' }))).kind, 'anonymous');
  });

  test('tokens without a signature or signed with the public key are not believed', async () => {
    const { read } = keyServer(first.jwk);
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = encode({ iss: expected.issuer, aud: expected.audience, sub: 'u4', exp: 9_999_999_999 });
    const forged = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .setIssuer(expected.issuer)
      .setAudience(expected.audience)
      .setSubject('u4')
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(JSON.stringify(first.jwk)));
    for (const text of [
      `${encode({ alg: 'none' })}.${claims}.`,
      `${encode({ alg: 'none' })}.${claims}.x`,
      forged,
    ]) {
      assert.equal((await read(text)).kind, 'anonymous');
    }
  });

  test('garbage asks nobody for keys', async () => {
    const { read, state } = keyServer(first.jwk);
    for (const text of ['', 'abc', 'a.b', 'a.b.c.d', `a.${'b'.repeat(9_000)}.c`, 'ä.ö.ü']) {
      assert.equal((await read(text)).kind, 'anonymous');
    }
    assert.equal(state.asked, 0);
  });

  for (const answer of ['away', 'nonsense', 'too much'] as const) {
    test(`while the key server is ${answer}, known keys serve on`, async () => {
      const { read, state, warnings } = keyServer(first.jwk);
      const text = await token(first);
      assert.equal((await read(text)).kind, 'user');
      state.answer = answer;
      state.now = 30 * minutes;
      assert.equal((await read(text)).kind, 'user');
      state.now = 60 * minutes;
      assert.equal((await read(text)).kind, 'user');
      assert.ok(warnings.length >= 1);
    });
  }

  test('known keys are not believed for ever', async () => {
    const { read, state } = keyServer(first.jwk);
    const text = await token(first);
    await read(text);
    state.answer = 'away';
    state.now = 25 * 60 * minutes;
    assert.equal((await read(text)).kind, 'anonymous');
  });

  test('a start without the key server is made good when it comes back', async () => {
    const { read, state } = keyServer(first.jwk);
    const text = await token(first);
    state.answer = 'away';
    const caller = await read(text);
    assert.ok(caller.kind === 'anonymous');
    assert.match(caller.because ?? '', /cannot be had/);
    state.answer = 'keys';
    state.now = 2_000;
    assert.equal((await read(text)).kind, 'user');
  });

  test('a new key is fetched when it is first met', async () => {
    const { read, state } = keyServer(first.jwk);
    await read(await token(first));
    state.keys = [first.jwk, second.jwk];
    state.now = 10_000;
    assert.equal((await read(await token(second))).kind, 'user');
    assert.equal(state.asked, 2);
  });

  test('a flood of made-up keys asks the key server once', async () => {
    const { read, state } = keyServer(first.jwk);
    const good = await token(first);
    await read(good);
    state.now = 10_000;
    const flood = await Promise.all(
      Array.from({ length: 150 }, async (_, n) => read(await token(second, { kid: `made-up-${n}` }))),
    );
    assert.ok(flood.every(({ kind }) => kind === 'anonymous'));
    assert.equal((await read(good)).kind, 'user');
    assert.equal(state.asked, 2);
  });
});
