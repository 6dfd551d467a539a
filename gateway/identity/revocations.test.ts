import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startIssuer } from '../../test/gateway/issuer.ts';
import { createIdentity, identitySettings, type Identity } from './identity.ts';

const folder = mkdtempSync(join(tmpdir(), 'weir-revoked-'));
const issuer = await startIssuer();
const identities: Identity[] = [];
after(async () => {
  await Promise.all(identities.map((identity) => identity.close()));
  await issuer.close();
  rmSync(folder, { recursive: true });
});

let files = 0;
function open(list: string | undefined) {
  const file = join(folder, `revoked-${String((files += 1))}.txt`);
  if (list !== undefined) writeFileSync(file, list);
  const failures: unknown[] = [];
  const jwt = { jwks: [{ url: issuer.url, timeout: 20_000 }], revocation_list: { file } };
  const identity = createIdentity(identitySettings({ authentication: { router: { jwt } } }), {
    onFailure: (cause) => failures.push(cause),
  });
  identities.push(identity);
  const write = (text: string): void => {
    writeFileSync(`${file}.next`, text);
    renameSync(`${file}.next`, file);
  };
  return { identity, failures, write };
}

/** `good`, or why not. */
async function outcome(identity: Identity, token: string): Promise<string> {
  const identified = await identity.identify({ authorization: `Bearer ${token}` });
  if (identified.kind === 'principal') return 'good';
  const { code, extensions } = identified.error;
  return code === 'INVALID_JWT' ? String(extensions['reason']) : code;
}

/** Waits until it holds; the test's own time limit ends a wait that is in vain. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('a token, a client or a subject that is listed is refused, others are not', async () => {
  const { identity } = open(`
    # who left
    jti t-1
    client old-app
    sub u-9
    sub u-8 before 2026-01-01T00:00:00Z
  `);
  const cutOff = Date.parse('2026-01-01T00:00:00Z') / 1_000;
  for (const [claims, expected] of [
    [{ jti: 't-1' }, 'revoked'],
    [{ jti: 't-2' }, 'good'],
    [{ client_id: 'old-app' }, 'revoked'],
    [{ azp: 'old-app' }, 'revoked'],
    [{ client_id: 'new-app' }, 'good'],
    [{ sub: 'u-9' }, 'revoked'],
    [{ sub: 'u-90' }, 'good'],
    [{ sub: 'u-8', iat: cutOff - 1 }, 'revoked'],
    [{ sub: 'u-8', iat: undefined }, 'revoked'],
    [{ sub: 'u-8', iat: cutOff }, 'good'],
  ] as const) {
    assert.equal(await outcome(identity, issuer.token(claims)), expected, JSON.stringify(claims));
  }
});

test('a token that is remembered is refused as soon as it is listed', async () => {
  const { identity, write } = open('');
  const token = issuer.token({ jti: 't-7' });
  assert.equal(await outcome(identity, token), 'good');
  write('jti t-7\n');
  await until(async () => (await outcome(identity, token)) === 'revoked');
  write('');
  await until(async () => (await outcome(identity, token)) === 'good');
});

test('a list that is wrong is told with its line, and the last good one stays', async () => {
  for (const wrong of ['jti', 'token t-1', 'jti t-1 before 2026-01-01T00:00:00Z', 'sub u before soon']) {
    const { identity, failures, write } = open('jti t-1\n');
    write(`# one\n${wrong}\n`);
    await until(() => failures.length > 0);
    assert.match(String(failures[0]), /line 2 is no entry/);
    assert.equal(await outcome(identity, issuer.token({ jti: 't-1' })), 'revoked');
  }
});

test('a list that was never read refuses every token and keeps the gateway from being ready, until it comes', async () => {
  const { identity, failures, write } = open(undefined);
  assert.match(String(failures[0]), /cannot be read \(ENOENT\)/);
  assert.equal(identity.ready(), false);
  assert.equal(await outcome(identity, issuer.token()), 'AUTHENTICATION_UNAVAILABLE');
  assert.equal((await identity.identify({})).kind, 'principal');
  write('');
  await until(() => identity.ready());
  assert.equal(await outcome(identity, issuer.token()), 'good');
});
