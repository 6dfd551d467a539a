import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import {
  apiKeyFileText,
  createIdentity,
  identitySettings,
  newApiKey,
  readApiKeyFile,
  type ApiKey,
  type Identity,
  type IdentityConfig,
} from './identity.ts';

const folder = mkdtempSync(join(tmpdir(), 'weir-keys-'));
const identities: Identity[] = [];
after(async () => {
  await Promise.all(identities.map((identity) => identity.close()));
  rmSync(folder, { recursive: true });
});

const created = '2026-01-01T00:00:00.000Z';
const start = Date.parse('2026-06-01T00:00:00.000Z');

/** A key's text and how it is kept. */
function made(more: Partial<ApiKey> = {}): { readonly text: string; readonly kept: ApiKey } {
  const { text, id, sha256 } = newApiKey();
  const kept = { id, sha256, name: 'test', scopes: [], roles: [], policies: [], created, ...more };
  return { text, kept };
}

let files = 0;
function fileWith(...keys: readonly ApiKey[]): string {
  const file = join(folder, `keys-${String((files += 1))}.json`);
  writeFileSync(file, apiKeyFileText(keys));
  return file;
}

interface Opened {
  readonly identity: Identity;
  readonly failures: unknown[];
}

function open(
  file: string,
  more: NonNullable<NonNullable<IdentityConfig['authentication']>['router']> = {},
  authorization: IdentityConfig['authorization'] = {},
): Opened {
  const failures: unknown[] = [];
  const router = { api_keys: { file }, ...more };
  const identity = createIdentity(identitySettings({ authentication: { router }, authorization }), {
    now: () => start,
    onFailure: (cause) => failures.push(cause),
  });
  identities.push(identity);
  return { identity, failures };
}

type Headers = Parameters<Identity['identify']>[0];
const sent = (text: string): Headers => ({ 'x-api-key': text });

async function known(identity: Identity, headers: Headers) {
  const identified = await identity.identify(headers);
  assert.equal(identified.kind, 'principal', identified.kind === 'refused' ? identified.error.message : '');
  assert.equal(identified.principal.kind, 'known');
  return identified.principal;
}

async function refusal(identity: Identity, headers: Headers): Promise<string> {
  const identified = await identity.identify(headers);
  assert.equal(identified.kind, 'refused', 'it was let in');
  const { code, status, extensions } = identified.error;
  if (code !== 'INVALID_API_KEY') return code;
  assert.equal(status, 401);
  return String(extensions['reason']);
}

/** Waits until it holds; the test's own time limit ends a wait that is in vain. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('an API key', () => {
  test('gives its client, scopes, roles and policies, also as claims', async () => {
    const { text, kept } = made({ client: 'mobile', scopes: ['a', 'b'], roles: ['r'], policies: ['p'] });
    const { identity } = open(fileWith(kept));
    const principal = await known(identity, sent(text));
    assert.deepEqual(
      [
        principal.subject,
        principal.client,
        [...principal.scopes],
        [...principal.roles],
        [...principal.policies],
      ],
      [`key:${kept.id}`, 'mobile', ['a', 'b'], ['r'], ['p']],
    );
    const { sub: subject, scope, client_id: client } = principal.claims;
    assert.deepEqual([subject, scope, client], [`key:${kept.id}`, 'a b', 'mobile']);
    assert.ok(Object.isFrozen(principal.claims));
    assert.equal(await known(identity, sent(text)), principal, 'the very same principal each time');
  });

  test('is kept so that nobody can use what is kept', () => {
    const { text, kept } = made();
    const stored = apiKeyFileText([kept]);
    const secret = text.split('_').slice(2).join('_');
    assert.ok(!stored.includes(secret) && secret.length === 43);
    assert.notEqual(newApiKey().text, newApiKey().text);
  });

  test('may be sent in another header behind a word of its own', async () => {
    const { text, kept } = made();
    const file = fileWith(kept);
    const api_keys = { file, header: 'Authorization', value_prefix: 'ApiKey' };
    const { identity } = open(file, { api_keys });
    await known(identity, { authorization: `apikey ${text}` });
    assert.equal(await refusal(identity, { authorization: text }), 'malformed');
    assert.equal(await refusal(identity, { authorization: `Bearer ${text}` }), 'malformed');
    assert.deepEqual((await identity.identify(sent(text))).kind, 'principal');
  });

  const { text, kept } = made();
  const ended = made({ expires: new Date(start).toISOString() });
  const withdrawn = made({ revoked: created });
  const { identity } = open(fileWith(kept, ended.kept, withdrawn.kept));
  for (const [what, headers, reason] of [
    ['that nobody has', sent(newApiKey().text), 'unknown'],
    ['with one character changed', sent(`${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`), 'unknown'],
    ['with the secret of another', sent(`weir_${kept.id}_${ended.text.slice(-43)}`), 'unknown'],
    ['that is its own hash', sent(kept.sha256), 'malformed'],
    ['that is empty', sent(''), 'malformed'],
    ['with something behind it', sent(`${text} `), 'malformed'],
    ['of a megabyte', sent('x'.repeat(1_000_000)), 'malformed'],
    ['in two headers', { 'x-api-key': [text, text] }, 'malformed'],
    ['twice in one header', sent(`${text}, ${text}`), 'malformed'],
    ['that has expired', sent(ended.text), 'expired'],
    ['that was revoked', sent(withdrawn.text), 'revoked'],
    ['under a name every object has', sent('weir_constructor_x'), 'malformed'],
  ] as const) {
    test(`${what} is refused, and the refusal repeats nothing of it`, async () => {
      assert.equal(await refusal(identity, headers), reason);
      const identified = await identity.identify(headers);
      const shown = identified.kind === 'refused' ? identified.error.message : '';
      assert.ok(!shown.includes(text.slice(5, 21)) && !shown.includes('sha'));
    });
  }

  test('that is missing means an anonymous caller, or a refusal where everyone must have one', async () => {
    assert.deepEqual(await identity.identify({}), {
      ...{ kind: 'principal', principal: { kind: 'anonymous' }, headers: {} },
    });
    const strict = open(fileWith(kept), {}, { require_authentication: true });
    assert.equal(await refusal(strict.identity, {}), 'UNAUTHENTICATED');
    await known(strict.identity, sent(text));
  });

  test('beside a token is refused: nobody could tell which one counts', async () => {
    const file = fileWith(kept);
    const jwt = { introspection: { url: 'http://127.0.0.1:1/' }, on_error: 'continue' } as const;
    const both = open(file, { api_keys: { file }, jwt });
    assert.equal(await refusal(both.identity, { ...sent(text), authorization: 'Bearer x' }), 'beside_token');
    await known(both.identity, sent(text));
  });
});

describe('the file of API keys', () => {
  test('is read again after each change: new keys count, revoked ones do not', async () => {
    const [one, two] = [made(), made()];
    const file = fileWith(one.kept);
    const { identity } = open(file);
    await known(identity, sent(one.text));
    const next = `${file}.next`;
    writeFileSync(next, apiKeyFileText([{ ...one.kept, revoked: created }, two.kept]));
    renameSync(next, file);
    await until(async () => (await identity.identify(sent(two.text))).kind === 'principal');
    assert.equal(await refusal(identity, sent(one.text)), 'revoked');
  });

  test('that turns to garbage is told, and the keys of before stay', async () => {
    const { text, kept } = made();
    const file = fileWith(kept);
    const { identity, failures } = open(file);
    writeFileSync(file, '{"keys":[{"id":"x"}]}');
    await until(() => Promise.resolve(failures.length > 0));
    assert.match(String(failures[0]), /keys\.0\.id: expected 16 hexadecimal digits/);
    await known(identity, sent(text));
  });

  test('that is not there makes the gateway not ready and refuses keys, until it comes', async () => {
    const { text, kept } = made();
    const file = join(folder, 'later.json');
    const { identity, failures } = open(file);
    assert.equal(identity.ready(), false);
    assert.match(String(failures[0]), /no such file/);
    assert.equal(await refusal(identity, sent(text)), 'AUTHENTICATION_UNAVAILABLE');
    writeFileSync(file, apiKeyFileText([kept]));
    await until(() => Promise.resolve(identity.ready()));
    await known(identity, sent(text));
  });

  const { kept } = made();
  for (const [what, text] of [
    ['no JSON', 'keys'],
    ['a list', '[]'],
    ['a key that is unknown to it', '{"keys":[],"more":1}'],
    ['one id twice', JSON.stringify({ keys: [kept, kept] })],
    ['a scope with a space', JSON.stringify({ keys: [{ ...kept, scopes: ['a b'] }] })],
    ['a hash that is none', JSON.stringify({ keys: [{ ...kept, sha256: 'abc' }] })],
    ['an end that is no time', JSON.stringify({ keys: [{ ...kept, expires: 'never' }] })],
  ] as const) {
    test(`with ${what} is not taken`, () => {
      const file = join(folder, 'bad.json');
      writeFileSync(file, text);
      assert.equal(readApiKeyFile(file).kind, 'unusable');
    });
  }
});
