import assert from 'node:assert/strict';
import { createHmac, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Principal } from '../model/principal.ts';
import { createIdentity, identitySettings, type Identity, type IdentityConfig } from './identity.ts';

const ends: (() => Promise<unknown>)[] = [];
after(() => Promise.all(ends.map((end) => end())));

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });

const jwk = (key: KeyObject, kid: string, alg: string): Record<string, unknown> => ({
  ...key.export({ format: 'jwk' }),
  kid,
  alg,
  use: 'sig',
});
const foreignModulus = String(jwk(foreign.publicKey, 'f', 'RS256')['n']);
const published = [jwk(rsa.publicKey, 'r1', 'RS256'), jwk(ec.publicKey, 'e1', 'ES256')];

interface KeyServer {
  readonly url: string;
  keys: unknown;
  status: number;
  readonly requests: string[];
}

async function serveKeys(keys: unknown = published): Promise<KeyServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (state.status === 302) response.setHeader('location', `${state.url}/elsewhere`);
    response.writeHead(request.url?.endsWith('elsewhere') === true ? 200 : state.status);
    response.end(typeof state.keys === 'string' ? state.keys : JSON.stringify({ keys: state.keys }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(async () => {
    server.close();
    server.closeAllConnections();
    await Promise.resolve();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
  const state: KeyServer = { url, keys, status: 200, requests };
  return state;
}

interface SlowServer {
  readonly url: string;
  hold(): void;
  release(): void;
  readonly waiting: () => number;
}

/** Publishes keys, but answers only when released. */
async function serveSlowly(): Promise<SlowServer> {
  let held: (() => void)[] = [];
  let isHeld = true;
  const own = createServer((_request, response) => {
    const answer = (): void => void response.end(JSON.stringify({ keys: published }));
    if (isHeld) held.push(answer);
    else answer();
  });
  own.listen(0, '127.0.0.1');
  await once(own, 'listening');
  ends.push(async () => {
    own.close();
    own.closeAllConnections();
    await Promise.resolve();
  });
  return {
    url: `http://127.0.0.1:${(own.address() as AddressInfo).port}/jwks.json`,
    hold: () => (isHeld = true),
    release: () => {
      isHeld = false;
      for (const answer of held) answer();
      held = [];
    },
    waiting: () => held.length,
  };
}

type Json = Readonly<Record<string, unknown>>;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const start = 1_800_000_000;
const issuer = 'https://issuer.example/';
const claims = { iss: issuer, aud: 'my-gateway', sub: 'u1', exp: start + 300, scope: 'a b' };

/** A compact token, signed as its header says unless told otherwise. */
function token(payload: Json = {}, header: Json = {}, key?: KeyObject): string {
  const fullHeader: Json = { alg: 'RS256', typ: 'JWT', kid: 'r1', ...header };
  const input = `${encode(fullHeader)}.${encode({ ...claims, ...payload })}`;
  const isEc = fullHeader['alg'] === 'ES256';
  const hash = fullHeader['alg'] === 'RS384' ? 'sha384' : 'sha256';
  const signature = isEc
    ? sign('sha256', Buffer.from(input), { key: key ?? ec.privateKey, dsaEncoding: 'ieee-p1363' })
    : sign(hash, Buffer.from(input), key ?? rsa.privateKey);
  return `${input}.${signature.toString('base64url')}`;
}

/** A well signed token whose parts are these very texts. */
function signedText({
  head = JSON.stringify({ alg: 'RS256', kid: 'r1' }),
  body = JSON.stringify(claims),
}): string {
  const input = [head, body].map((part) => Buffer.from(part).toString('base64url')).join('.');
  return `${input}.${sign('sha256', Buffer.from(input), rsa.privateKey).toString('base64url')}`;
}

interface Clock {
  seconds: number;
}

interface Changes {
  readonly jwks?: Json;
  readonly jwt?: Json;
  readonly authorization?: NonNullable<IdentityConfig['authorization']>;
}

function config(url: string, changes: Changes): IdentityConfig {
  const jwks = {
    url,
    issuers: [issuer],
    audiences: ['my-gateway'],
    algorithms: ['RS256', 'ES256'],
    timeout: 10_000, // the machine that runs the tests may be busy
    ...changes.jwks,
  };
  return {
    authentication: { router: { jwt: { jwks: [jwks], ...changes.jwt } } },
    authorization: changes.authorization,
  };
}

function open(given: IdentityConfig, clock: Clock = { seconds: start }): Identity {
  const identity = createIdentity(identitySettings(given), { now: () => clock.seconds * 1_000 });
  ends.push(() => identity.close());
  return identity;
}

const bearer = (text: string): Record<string, string> => ({ authorization: `Bearer ${text}` });

async function known(
  identity: Identity,
  headers: Parameters<Identity['identify']>[0],
): Promise<Extract<Principal, { kind: 'known' }>> {
  const identified = await identity.identify(headers);
  assert.equal(identified.kind, 'principal', identified.kind === 'refused' ? identified.error.message : '');
  assert.equal(identified.principal.kind, 'known');
  return identified.principal;
}

const nobody = (headers: Record<string, string>) => ({
  kind: 'principal',
  principal: { kind: 'anonymous' },
  headers,
});

async function refusal(identity: Identity, headers: Parameters<Identity['identify']>[0]): Promise<string> {
  const identified = await identity.identify(headers);
  assert.equal(identified.kind, 'refused', 'it was let in');
  const { error } = identified;
  if (error.code !== 'INVALID_JWT') return error.code;
  assert.equal(error.status, 401);
  return String(error.extensions['reason']);
}

const server = await serveKeys();
const shared = open(config(server.url, {}));
const attacker = await serveKeys([jwk(foreign.publicKey, 'r1', 'RS256')]);

describe('a valid token', () => {
  for (const [alg, kid] of [
    ['RS256', 'r1'],
    ['ES256', 'e1'],
  ] as const) {
    test(`signed by ${alg} gives its subject and grants`, async () => {
      const roles = ['editor'];
      const policies = ['payroll'];
      const principal = await known(shared, bearer(token({ roles, policies }, { alg, kid })));
      assert.equal(principal.subject, 'u1');
      assert.equal(principal.issuer, issuer);
      assert.deepEqual([...principal.scopes], ['a', 'b']);
      assert.deepEqual([...principal.roles], ['editor']);
      assert.deepEqual([...principal.policies], ['payroll']);
      assert.equal(principal.expiresAt, start + 300);
      assert.ok(Object.isFrozen(principal.claims) && Object.isFrozen(principal.claims['roles']));
    });
  }

  for (const [name, payload, header] of [
    ['with our audience among others', { aud: ['other', 'my-gateway'] }, {}],
    ['expired 2 s ago', { exp: start - 2 }, {}],
    ['valid in 2 s', { nbf: start + 2 }, {}],
    ['of type at+jwt', {}, { typ: 'at+jwt' }],
    ['without a type', {}, { typ: undefined }],
    ['without a key id, where one key fits', {}, { kid: undefined }],
  ] as const) {
    test(`is accepted ${name}`, async () => {
      assert.equal((await known(shared, bearer(token(payload, header)))).subject, 'u1');
    });
  }

  test('is the same principal when it comes again', async () => {
    const text = token();
    assert.equal(await known(shared, bearer(text)), await known(shared, bearer(text)));
  });

  test('is verified once for all who bring it meanwhile, and known at once to who comes after', async () => {
    const text = token({ jti: 'meanwhile' });
    const both = await Promise.all([shared.identify(bearer(text)), shared.identify(bearer(text))]);
    const after = shared.identify(bearer(text));
    assert.ok(!(after instanceof Promise) && after.kind === 'principal');
    for (const one of both) assert.ok(one.kind === 'principal' && one.principal === after.principal);
    const bad = `${text}x`;
    for (const one of await Promise.all([shared.identify(bearer(bad)), shared.identify(bearer(bad))]))
      assert.equal(one.kind, 'refused');
  });

  test('is remembered no longer than it lasts', async () => {
    const clock = { seconds: start };
    const identity = open(config(server.url, {}), clock);
    const text = token({ exp: start + 10 });
    await known(identity, bearer(text));
    clock.seconds += 16;
    assert.equal(await refusal(identity, bearer(text)), 'expired');
  });

  test('without a subject stands for itself alone', async () => {
    const [one, two] = [token({ sub: undefined }), token({ sub: undefined, jti: '2' })];
    assert.notEqual((await known(shared, bearer(one))).subject, (await known(shared, bearer(two))).subject);
  });

  test('without a key id is tried with each key that fits', async () => {
    const several = await serveKeys([jwk(foreign.publicKey, 'x', 'RS256'), ...published]);
    const identity = open(config(several.url, {}));
    assert.equal((await known(identity, bearer(token({}, { kid: undefined })))).subject, 'u1');
  });
});

describe('a forged or broken token', () => {
  const good = token();
  const [head = '', body = '', signature = ''] = good.split('.');
  const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' });
  const hmac = (alg: string, secret: string | Buffer): string => {
    const input = `${encode({ alg, typ: 'JWT', kid: 'r1' })}.${body}`;
    return `${input}.${createHmac(alg === 'HS256' ? 'sha256' : 'sha512', secret)
      .update(input)
      .digest('base64url')}`;
  };
  const none = (alg: unknown): string => `${encode({ alg, typ: 'JWT' })}.${body}`;
  const ecInput = `${encode({ alg: 'ES256', kid: 'e1' })}.${body}`;
  const der = sign('sha256', Buffer.from(ecInput), ec.privateKey).toString('base64url');
  const attack = attacker.url;
  const foreignJwk = createPublicKey(foreign.privateKey).export({ format: 'jwk' });

  const cases: readonly (readonly [string, string])[] = [
    ...['none', 'None', 'NONE', 'nOnE', '', null].flatMap((alg) => [
      [`alg ${JSON.stringify(alg)} without a dot`, none(alg)] as const,
      [`alg ${JSON.stringify(alg)} with a dot`, `${none(alg)}.`] as const,
      [`alg ${JSON.stringify(alg)} with our signature`, `${none(alg)}.${signature}`] as const,
    ]),
    ['HS256 keyed with the PEM', hmac('HS256', pem)],
    ['HS512 keyed with the PEM', hmac('HS512', pem)],
    ['HS256 keyed with the JWK', hmac('HS256', JSON.stringify(published[0]))],
    ['HS256 keyed with the modulus', hmac('HS256', String(published[0]?.['n']))],
    ['HS256 keyed with nothing', hmac('HS256', '')],
    ['a foreign key under our id', token({}, {}, foreign.privateKey)],
    ['an RSA signature under the EC id', token({}, { kid: 'e1' })],
    ['a zero EC signature', `${ecInput}.${Buffer.alloc(64).toString('base64url')}`],
    ['an EC signature in DER', `${ecInput}.${der}`],
    ['RS384', token({}, { alg: 'RS384' })],
    ['a changed payload', `${head}.${encode({ ...claims, scope: 'admin' })}.${signature}`],
    ['a cut signature', good.slice(0, -8)],
    ['no signature', `${head}.${body}.`],
    ['two parts', `${head}.${body}`],
    ['four parts', `${good}.x`],
    ['five parts, as encrypted ones have', `${good}.x.y`],
    ['a token in a token', `${head}.${Buffer.from(JSON.stringify(good)).toString('base64url')}.${signature}`],
    ['characters beyond base64url', `${head}.${body}=.${signature}`],
    ['no JSON inside', `${head}.${Buffer.from('x').toString('base64url')}.${signature}`],
    ['a list inside', `${head}.${encode([claims])}.${signature}`],
    ['jku', token({}, { jku: attack, kid: 'z' }, foreign.privateKey)],
    ['x5u', token({}, { x5u: attack }, foreign.privateKey)],
    ['x5c', token({}, { x5c: ['MIIB'] }, foreign.privateKey)],
    ['an embedded key', token({}, { jwk: foreignJwk, kid: undefined }, foreign.privateKey)],
    ["the attacker's issuer", token({ iss: attack }, {}, foreign.privateKey)],
    ...['../../etc/passwd', "' OR 1=1", attack, '__proto__', 'constructor', '', 'k'.repeat(6_000)].map(
      (kid) => [`kid ${kid.slice(0, 20)}`, token({}, { kid })] as const,
    ),
    ...[['r1'], { kid: 'r1' }, null, 1, true].map(
      (kid) => [`kid ${JSON.stringify(kid)}`, token({}, { kid })] as const,
    ),
    ['an unknown critical extension', token({}, { crit: ['exp2'], exp2: 1 })],
    ['no critical extensions in a list', token({}, { crit: [] })],
    ['an unencoded payload', token({}, { b64: false, crit: ['b64'] })],
    ['b64 without crit', token({}, { b64: false })],
    ['expired', token({ exp: start - 60 })],
    ['not valid yet', token({ nbf: start + 60 })],
    ['nbf as text', token({ nbf: '1' })],
    ...[undefined, '1900000000', [start + 60], {}, true, 0, -1, null].map(
      (exp) => [`exp ${JSON.stringify(exp)}`, token({ exp })] as const,
    ),
    [
      'exp beyond all numbers',
      `${head}.${Buffer.from(JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e999')).toString('base64url')}.${signature}`,
    ],
    ...[
      undefined,
      '',
      'https://issuer.example',
      'HTTPS://ISSUER.EXAMPLE/',
      `${issuer} `,
      [issuer],
      { iss: issuer },
      null,
      1,
    ].map((iss) => [`iss ${JSON.stringify(iss)}`, token({ iss })] as const),
    ...[
      undefined,
      '',
      'my-gateway ',
      'My-Gateway',
      'my',
      ['other'],
      [],
      [['my-gateway']],
      { aud: 'my-gateway' },
      null,
    ].map((aud) => [`aud ${JSON.stringify(aud)}`, token({ aud })] as const),
    ...['refresh+jwt', 'logout+jwt', 'dpop+jwt', 'JWE', 1].map(
      (typ) => [`typ ${typ}`, token({}, { typ })] as const,
    ),
    ...[
      ['a claim', '"sub":"u1"', '"sub":"u1","sub":"root"'],
      ['a claim, once in escapes', '"sub":"u1"', '"sub":"u1","s\\u0075b":"root"'],
      ['the end', '"exp":', '"exp":1,"exp":'],
      ['a name inside a claim', '"sub":"u1"', '"sub":"u1","act":{"sub":"a","sub":"b"}'],
      ['a name after a list', '"sub":"u1"', '"x":["\\"",{"a":"}"}],"sub":"u1","sub":"root"'],
    ].map(
      ([what = '', from = '', to = '']) =>
        [`${what} said twice`, signedText({ body: JSON.stringify(claims).replace(from, to) })] as const,
    ),
    ['an algorithm said twice', signedText({ head: '{"alg":"none","alg":"RS256","kid":"r1"}' })],
    [
      'a payload that is nested without end',
      signedText({ body: `{"x":${'['.repeat(2_000)}${']'.repeat(2_000)}}` }),
    ],
    ['a claim nested deeper than any needs to be', token({ x: JSON.parse('['.repeat(40) + ']'.repeat(40)) })],
    ['jku and an embedded key at once', token({}, { jku: attack, jwk: foreignJwk }, foreign.privateKey)],
    [
      'a key that the attacker serves, by its address as kid',
      token({}, { kid: `${attack}#r1` }, foreign.privateKey),
    ],
    ['a subject that is no text', token({ sub: { id: 1 } })],
    ['an empty subject', token({ sub: '' })],
  ];

  for (const [name, text] of cases) {
    test(`is refused: ${name}`, async () => {
      const identified = await shared.identify(bearer(text));
      assert.equal(identified.kind, 'refused');
      assert.equal(identified.error.code, 'INVALID_JWT');
      assert.equal(identified.error.status, 401);
      const shown = identified.error.message + JSON.stringify(identified.error.extensions);
      for (const part of text.split('.').filter((one) => one.length > 5)) assert.ok(!shown.includes(part));
    });
  }

  test('never makes the gateway ask where the token says', () => {
    assert.deepEqual(attacker.requests, []);
  });

  test('of 9 kB is refused for its size', async () => {
    assert.equal(await refusal(shared, bearer(token({ pad: 'x'.repeat(9_000) }))), 'too_large');
    assert.equal(await refusal(shared, bearer('x'.repeat(15_000))), 'too_large');
  });

  test('is told apart by one word', async () => {
    const words = async (text: string): Promise<string> => refusal(shared, bearer(text));
    assert.equal(await words(token({ exp: start - 60 })), 'expired');
    assert.equal(await words(token({ nbf: start + 60 })), 'not_yet_valid');
    assert.equal(await words(token({ iss: 'x' })), 'issuer');
    assert.equal(await words(token({ aud: 'x' })), 'audience');
    assert.equal(await words(token({}, {}, foreign.privateKey)), 'signature');
    assert.equal(await words(token({}, { kid: 'other' })), 'key_unknown');
    assert.equal(await words(hmac('HS256', pem)), 'algorithm');
    assert.equal(await words(token({}, { typ: 'logout+jwt' })), 'type');
    assert.equal(await words('x.y'), 'malformed');
  });
});

describe('credentials', () => {
  const good = token();
  for (const [name, headers] of [
    ['without a scheme', { authorization: good }],
    ['of another scheme', { authorization: 'Basic dTpw' }],
    ['with nothing after the scheme', { authorization: 'Bearer ' }],
    ['that are empty', { authorization: '' }],
    ['twice in one header', { authorization: `Bearer ${good} ${good}` }],
    ['in a comma list', { authorization: `Bearer ${good}, Bearer ${good}` }],
    ['in two headers', { authorization: [`Bearer ${good}`, `Bearer ${good}`] }],
  ] as const) {
    test(`${name} are refused`, async () => {
      assert.equal(await refusal(shared, headers), 'malformed');
    });
  }

  test('take their scheme in any case', async () => {
    assert.equal((await known(shared, { authorization: `bearer ${good}` })).subject, 'u1');
  });

  test('come from a cookie where that is a source, and from the first source that has any', async () => {
    const sources = [
      { type: 'header', name: 'authorization' },
      { type: 'cookie', name: 'session' },
    ];
    const identity = open(config(server.url, { jwt: { sources } }));
    assert.equal((await known(identity, { cookie: `a=b; session=${good}; c=d` })).subject, 'u1');
    const other = token({ sub: 'u2' });
    assert.equal((await known(identity, { ...bearer(other), cookie: `session=${good}` })).subject, 'u2');
    assert.equal(
      await refusal(identity, { authorization: 'Basic x', cookie: `session=${good}` }),
      'malformed',
    );
    assert.equal(await refusal(identity, { cookie: `session=${good}; session=${other}` }), 'malformed');
  });

  test('that are missing mean an anonymous caller, or a refusal where everyone must have some', async () => {
    assert.deepEqual(await shared.identify({}), nobody({}));
    const strict = open(config(server.url, { authorization: { require_authentication: true } }));
    assert.equal(await refusal(strict, {}), 'MISSING_JWT');
    assert.equal((await known(strict, bearer(good))).subject, 'u1');
  });

  test('that are bad mean an anonymous caller only where that was asked for', async () => {
    const lenient = open(config(server.url, { jwt: { on_error: 'continue' } }));
    assert.deepEqual(await lenient.identify({ ...bearer('x'), 'x-other': '1' }), nobody({ 'x-other': '1' }));
    const both = open(
      config(server.url, { jwt: { on_error: 'continue' }, authorization: { require_authentication: true } }),
    );
    assert.equal(await refusal(both, bearer('x')), 'malformed');
  });

  test('that were not verified do not travel on beside one that was', async () => {
    const sources = [
      { type: 'header', name: 'authorization' },
      { type: 'cookie', name: 'session' },
    ] as const;
    const identity = open(config(server.url, { jwt: { sources } }));
    const identified = await identity.identify({ ...bearer(good), cookie: 'a=1; session=junk; b=2' });
    assert.deepEqual(identified.kind === 'principal' && identified.headers, {
      ...bearer(good),
      cookie: 'a=1; b=2',
    });
    const byCookie = await identity.identify({ cookie: `session=${good}` });
    assert.deepEqual(byCookie.kind === 'principal' && byCookie.headers, { cookie: `session=${good}` });
  });

  test('are not looked at without any issuer', async () => {
    const identity = open({});
    assert.deepEqual(await identity.identify(bearer('x')), nobody(bearer('x')));
    assert.equal(identity.ready(), true);
  });
});

describe('claims of the wrong type grant nothing', () => {
  for (const scope of [true, 1, null, { a: 1 }, [['a']], ['a', 1], ['a b'], '']) {
    test(`scope ${JSON.stringify(scope)}`, async () => {
      assert.equal((await known(shared, bearer(token({ scope })))).scopes.size, 0);
    });
  }

  for (const policies of ['payroll', { payroll: true }, [['payroll']], true, null]) {
    test(`policies and roles ${JSON.stringify(policies)}`, async () => {
      const principal = await known(shared, bearer(token({ policies, roles: policies })));
      assert.equal(principal.policies.size + principal.roles.size, 0);
    });
  }

  test('look-alikes are not read', async () => {
    const alike = {
      scope: undefined,
      scopes: 'a',
      scp: ['a'],
      permissions: ['a'],
      admin: true,
      constructor: 'a',
    };
    assert.equal((await known(shared, bearer(token(alike)))).scopes.size, 0);
  });

  test('a name that every object has is not a claim', async () => {
    const identity = open(config(server.url, { authorization: { scopes_claim: 'constructor' } }));
    assert.equal((await known(identity, bearer(token()))).scopes.size, 0);
  });

  test('4,000 scopes are only many', async () => {
    const scope = Array.from({ length: 1_500 }, (_, index) => `s${index}`).join(' ');
    const identity = open(config(server.url, { jwt: { max_token_bytes: 20_000 } }));
    assert.equal((await known(identity, bearer(token({ scope })))).scopes.size, 1_500);
  });
});

describe('weak keys', () => {
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const modulus = Buffer.from(String(jwk(rsa.publicKey, 'r1', 'RS256')['n']), 'base64url');
  const strong = jwk(ec.publicKey, 'e1', 'ES256');
  const padded = Buffer.concat([
    Buffer.alloc(200),
    Buffer.from(String(jwk(short.publicKey, 's', '')['n']), 'base64url'),
  ]);

  for (const [what, key, text] of [
    ['RSA of 1024 bits', jwk(short.publicKey, 's1', 'RS256'), token({}, { kid: 's1' }, short.privateKey)],
    [
      'RSA of 1024 bits behind zeros',
      { ...jwk(short.publicKey, 's1', 'RS256'), n: padded.toString('base64url') },
      token({}, { kid: 's1' }, short.privateKey),
    ],
    ['RSA with the exponent 1', { ...jwk(rsa.publicKey, 'r1', 'RS256'), e: 'AQ' }, token()],
    ['RSA with the exponent 0', { ...jwk(rsa.publicKey, 'r1', 'RS256'), e: 'AA' }, token()],
    [
      'RSA beyond 8192 bits',
      {
        ...jwk(rsa.publicKey, 'r1', 'RS256'),
        n: Buffer.concat([modulus, Buffer.alloc(1_024, 1)]).toString('base64url'),
      },
      token(),
    ],
    ['for encryption', { ...jwk(rsa.publicKey, 'r1', 'RS256'), use: 'enc' }, token()],
    ['that may not verify', { ...jwk(rsa.publicKey, 'r1', 'RS256'), key_ops: ['encrypt'] }, token()],
    ['of another algorithm', { ...jwk(rsa.publicKey, 'r1', 'RS256'), alg: 'PS256' }, token()],
    ['with an HMAC algorithm', { ...jwk(rsa.publicKey, 'r1', 'RS256'), alg: 'HS256' }, token()],
    [
      'on a curve that is not accepted',
      { ...jwk(rsa.publicKey, 'r1', 'RS256'), kty: 'EC', crv: 'secp256k1' },
      token(),
    ],
    ['published with its private half', { ...rsa.privateKey.export({ format: 'jwk' }), kid: 'r1' }, token()],
  ] as const) {
    test(`${what} are not trusted, though the issuer publishes them; its good keys are`, async () => {
      const own = await serveKeys([key, strong, { kty: 'RSA' }, null, 'x', 7]);
      const identity = open(config(own.url, {}));
      assert.equal(await refusal(identity, bearer(text)), 'key_unknown');
      assert.equal((await known(identity, bearer(token({}, { alg: 'ES256', kid: 'e1' })))).subject, 'u1');
    });
  }

  test('are not tried without end for a token that names none', async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({
      ...published[0],
      kid: `x${index}`,
      n: foreignModulus,
    }));
    const identity = open(config((await serveKeys([...many, published[0]])).url, {}));
    assert.equal(await refusal(identity, bearer(token({}, { kid: undefined }))), 'signature');
    assert.equal((await known(identity, bearer(token()))).subject, 'u1');
  });
});

describe('a token that was seen before', () => {
  test('is not verified again until it ends, even while the issuer is down', async () => {
    const own = await serveKeys();
    const clock = { seconds: start };
    const identity = open(config(own.url, { jwks: { poll_interval: 5_000, max_age: 5_000 } }), clock);
    const text = token({ exp: start + 3_000 });
    const first = await known(identity, bearer(text));
    own.status = 500;
    for (let minute = 0; minute < 40; minute += 1) {
      clock.seconds += 60;
      assert.equal(
        await known(identity, bearer(text)),
        first,
        'the very same principal: it was not made anew',
      );
    }
  });

  test('is remembered among a bounded number', async () => {
    const settings = { ...identitySettings(config(server.url, {})), rememberedTokens: 2 };
    const identity = createIdentity(settings, { now: () => start * 1_000 });
    ends.push(() => identity.close());
    const texts = [token({ jti: '1' }), token({ jti: '2' }), token({ jti: '3' })] as const;
    const before = await known(identity, bearer(texts[0]));
    for (const text of texts) await known(identity, bearer(text));
    assert.notEqual(await known(identity, bearer(texts[0])), before);
  });

  test('names the application that asks for its subject', async () => {
    assert.equal((await known(shared, bearer(token({ client_id: 'app', azp: 'other' })))).client, 'app');
    assert.equal((await known(shared, bearer(token({ azp: 'other' })))).client, 'other');
    assert.equal((await known(shared, bearer(token({ azp: 7 })))).client, undefined);
  });
});

describe('an issuer that is slow', () => {
  test('is waited for no longer than its timeout, and then nothing is believed', async () => {
    const slow = await serveSlowly();
    const identity = open(config(slow.url, { jwks: { timeout: 50 } }));
    assert.equal(await refusal(identity, bearer(token())), 'AUTHENTICATION_UNAVAILABLE');
    assert.deepEqual(await identity.identify({}), nobody({}));
    slow.release();
  });

  test('makes nobody wait whose key is known', async () => {
    const slow = await serveSlowly();
    slow.release();
    const clock = { seconds: start };
    const identity = open(config(slow.url, { jwks: { timeout: 600_000 } }), clock);
    await known(identity, bearer(token()));
    slow.hold();
    clock.seconds += 61; // older than poll_interval, younger than max_age
    await known(identity, bearer(token({ jti: 'new' })));
    // The keys are read beside it.
    while (slow.waiting() === 0) await new Promise((resolve) => setImmediate(resolve));
    slow.release();
  });
});

describe('keys', () => {
  const rotated = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const newKey = jwk(rotated.publicKey, 'r2', 'RS256');

  test('that are new are read once the cooldown is over', async () => {
    const own = await serveKeys();
    const clock = { seconds: start };
    const identity = open(config(own.url, {}), clock);
    await known(identity, bearer(token()));
    own.keys = [...published, newKey];
    const text = token({}, { kid: 'r2' }, rotated.privateKey);
    assert.equal(await refusal(identity, bearer(text)), 'key_unknown');
    assert.equal(own.requests.length, 1);
    clock.seconds += 1;
    assert.equal((await known(identity, bearer(text))).subject, 'u1');
    assert.equal(own.requests.length, 2);
  });

  test('that nobody knows are asked for once per cooldown, and good tokens do not suffer', async () => {
    const own = await serveKeys();
    const clock = { seconds: start };
    const identity = open(config(own.url, {}), clock);
    await known(identity, bearer(token()));
    clock.seconds += 2;
    const flood = Array.from({ length: 150 }, (_, index) =>
      refusal(identity, bearer(token({}, { kid: `k${index}` }))),
    );
    assert.deepEqual(new Set(await Promise.all(flood)), new Set(['key_unknown']));
    assert.equal(own.requests.length, 2);
    await known(identity, bearer(token()));
  });

  test('that are withdrawn are not trusted beyond their age, not even for tokens that were seen before', async () => {
    const own = await serveKeys();
    const clock = { seconds: start };
    const identity = open(config(own.url, { jwks: { max_age: 5_000 } }), clock);
    const text = token();
    await known(identity, bearer(text));
    own.keys = [newKey];
    clock.seconds += 4;
    await known(identity, bearer(text));
    clock.seconds += 1;
    assert.equal(await refusal(identity, bearer(text)), 'key_unknown');
  });

  test('are kept while the issuer is down, which is asked ever more rarely', async () => {
    const own = await serveKeys();
    const clock = { seconds: start };
    const identity = open(config(own.url, { jwks: { max_age: 5_000, poll_interval: 5_000 } }), clock);
    await known(identity, bearer(token()));
    own.status = 500;
    for (let second = 0; second < 100; second += 1) {
      clock.seconds += 1;
      await known(identity, bearer(token({ jti: String(second) })));
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.ok(own.requests.length < 15, `${own.requests.length} requests`);
    own.status = 200;
    clock.seconds += 31;
    await known(identity, bearer(token({ jti: 'again' })));
  });

  test('are not kept for ever', async () => {
    const own = await serveKeys();
    const clock = { seconds: start };
    const identity = open(config(own.url, { jwks: { max_stale: 60_000, max_age: 5_000 } }), clock);
    await known(identity, bearer(token()));
    own.status = 500;
    clock.seconds += 61;
    assert.equal(await refusal(identity, bearer(token())), 'AUTHENTICATION_UNAVAILABLE');
  });

  test('that turn to garbage are not taken; those from before stay', async () => {
    for (const garbage of [
      '<html>',
      '{"keys":{}}',
      '{"keys":[]}',
      '[]',
      'null',
      '{"keys":[{"kty":"oct","k":"AAAA"}]}',
    ]) {
      const own = await serveKeys();
      const clock = { seconds: start };
      const identity = open(config(own.url, { jwks: { max_age: 5_000, poll_interval: 5_000 } }), clock);
      await known(identity, bearer(token()));
      own.keys = garbage;
      clock.seconds += 6;
      await known(identity, bearer(token({ jti: 'after' })));
      assert.equal(own.requests.length, 2);
    }
  });

  test('that were never had make the service neither ready nor dead', async () => {
    const own = await serveKeys();
    own.status = 500;
    const clock = { seconds: start };
    const failures: unknown[] = [];
    const identity = createIdentity(identitySettings(config(own.url, {})), {
      now: () => clock.seconds * 1_000,
      onFailure: (cause) => failures.push(cause),
    });
    ends.push(() => identity.close());
    assert.equal(await refusal(identity, bearer(token())), 'AUTHENTICATION_UNAVAILABLE');
    assert.equal(identity.ready(), false);
    assert.match(String(failures[0]), /status 500/);
    assert.deepEqual(await identity.identify({}), nobody({}));
    own.status = 200;
    clock.seconds += 5;
    await known(identity, bearer(token()));
    assert.equal(identity.ready(), true);
  });

  for (const [name, keys] of [
    ['no JSON', '<html>'],
    ['no list', '{"keys":{}}'],
    ['an empty list', []],
    ['private keys only', [{ ...rsa.privateKey.export({ format: 'jwk' }), kid: 'r1' }]],
    ['shared secrets only', [{ kty: 'oct', k: 'AAAA', kid: 'r1' }]],
    ['a megabyte', JSON.stringify({ keys: published, pad: 'x'.repeat(1_000_000) })],
    ['thousands of keys', Array.from({ length: 1_000 }, () => ({ kty: 'RSA' }))],
  ] as const) {
    test(`from an issuer that publishes ${name} are not trusted`, async () => {
      const own = await serveKeys(keys);
      assert.equal(await refusal(open(config(own.url, {})), bearer(token())), 'AUTHENTICATION_UNAVAILABLE');
    });
  }

  test('behind a redirect are not fetched', async () => {
    const own = await serveKeys();
    own.status = 302;
    assert.equal(await refusal(open(config(own.url, {})), bearer(token())), 'AUTHENTICATION_UNAVAILABLE');
    assert.deepEqual(own.requests, ['/jwks.json']);
  });

  test('of two issuers verify the tokens of their own issuer only', async () => {
    const second = await serveKeys([newKey]);
    const jwks = [
      { url: server.url, issuers: [issuer] },
      { url: second.url, issuers: ['https://second.example/'] },
    ];
    const identity = open({ authentication: { router: { jwt: { jwks } } } });
    await known(identity, bearer(token()));
    await known(
      identity,
      bearer(token({ iss: 'https://second.example/' }, { kid: 'r2' }, rotated.privateKey)),
    );
    assert.equal(
      await refusal(identity, bearer(token({}, { kid: 'r2' }, rotated.privateKey))),
      'key_unknown',
    );
    assert.equal(await refusal(identity, bearer(token({ iss: 'https://second.example/' }))), 'key_unknown');
  });

  test('come from a file as well', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-'));
    const file = join(folder, 'keys.json');
    writeFileSync(file, JSON.stringify({ keys: published }));
    const identity = open({ authentication: { router: { jwt: { jwks: [{ file, issuers: [issuer] }] } } } });
    await known(identity, bearer(token()));
    rmSync(folder, { recursive: true });
  });

  test('for symmetric algorithms or none are refused when the service starts', () => {
    for (const algorithm of ['HS256', 'none'])
      assert.throws(
        () => createIdentity(identitySettings(config(server.url, { jwks: { algorithms: [algorithm] } }))),
        TypeError,
      );
  });
});
