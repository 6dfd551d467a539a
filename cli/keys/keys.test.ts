import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createIdentity, identitySettings } from '../../gateway/identity/identity.ts';
import { plain } from '../../schema/problem/problem-text.ts';
import { runCommand } from '../program.ts';
import { readSettings } from '../settings.ts';
import { expiry } from './key-options.ts';

const folder = mkdtempSync(join(tmpdir(), 'weir-keys-'));
after(() => rmSync(folder, { recursive: true }));

const now = new Date('2026-06-01T00:00:00.000Z');
let files = 0;
const newFile = (): string => join(folder, `keys-${String((files += 1))}.json`);

async function weir(...args: readonly string[]) {
  const told = { out: '', err: '' };
  const parsed = readSettings({});
  assert.ok(parsed.ok);
  const exitCode = await runCommand(['keys', ...args], {
    env: {},
    settings: parsed.settings,
    root: folder,
    version: '0',
    out: (text) => void (told.out += text),
    err: (text) => void (told.err += text),
    input: () => Promise.resolve(''),
    paint: plain,
    outPaint: plain,
    interactive: false,
    stop: new AbortController().signal,
    self: [process.execPath],
    now: () => now,
  });
  return { exitCode, ...told };
}

test('a key that is created is believed by a gateway, listed without its secret, and refused once revoked', async () => {
  const file = newFile();
  const made = await weir(
    'create',
    '--file',
    file,
    '--name',
    'App',
    '--client',
    'app',
    '--scope',
    'a,b',
    '--scope',
    'c',
    '--role',
    'r',
    '--expires',
    '90d',
  );
  assert.equal(made.exitCode, 0, made.err);
  const text = made.out.trim();
  assert.match(text, /^weir_[0-9a-f]{16}_[\w-]{43}$/);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.ok(!readFileSync(file, 'utf8').includes(text.slice(-43)));

  const identity = createIdentity(identitySettings({ authentication: { router: { api_keys: { file } } } }), {
    now: () => now.getTime(),
  });
  const who = async () => identity.identify({ 'x-api-key': text });
  const identified = await who();
  assert.ok(identified.kind === 'principal' && identified.principal.kind === 'known');
  assert.deepEqual([[...identified.principal.scopes], identified.principal.client], [['a', 'b', 'c'], 'app']);

  const listed = await weir('list', '--file', file);
  const id = text.slice(5, 21);
  assert.equal(listed.out, `${id}  valid    2026-08-30  app  a,b,c,role:r  App\n`);
  assert.equal((await weir('revoke', id, '--file', file)).exitCode, 0);
  assert.match((await weir('list', '--file', file)).out, / revoked /);
  const json = JSON.parse((await weir('list', '--file', file, '--format', 'json')).out) as {
    readonly data: { readonly keys: readonly Record<string, unknown>[] };
  };
  assert.equal(json.data.keys[0]?.['state'], 'revoked');
  assert.equal(JSON.stringify(json).includes('sha256'), false);
  while ((await who()).kind === 'principal') await new Promise((resolve) => setTimeout(resolve, 20));
  await identity.close();
});

test('keys that are made at the same time are all kept, or their making is refused', async () => {
  const file = newFile();
  const made = await Promise.all(
    Array.from({ length: 8 }, () => weir('create', '--file', file, '--name', 'x')),
  );
  const done = made.filter(({ exitCode }) => exitCode === 0);
  assert.ok(done.length >= 1);
  assert.equal((await weir('list', '--file', file)).out.trim().split('\n').length, done.length);
  assert.equal(existsSync(`${file}.next`), false);
  for (const { exitCode, err } of made) if (exitCode !== 0) assert.match(err, /WEIR-F016/);
});

test('the file is the one that gateway.yaml names', async () => {
  const config = join(folder, 'gateway.yaml');
  writeFileSync(config, 'authentication: { router: { api_keys: { file: named.json } } }\n');
  assert.equal((await weir('create', '--config', config, '--name', 'x')).exitCode, 0);
  assert.ok(existsSync(join(folder, 'named.json')));
  writeFileSync(config, '{}\n');
  const without = await weir('list', '--config', config);
  assert.equal(without.exitCode, 2);
  assert.match(without.err, /names no authentication\.router\.api_keys\.file; give --file/);
});

for (const [what, args, code] of [
  ['an end that has passed', ['create', '--name', 'x', '--expires', '2020-01-01'], 'WEIR-F017'],
  ['an end that is none', ['create', '--name', 'x', '--expires', 'soon'], 'WEIR-F017'],
  ['an unknown key to revoke', ['revoke', '0000000000000000'], 'WEIR-F018'],
] as const) {
  test(`${what} is refused`, async () => {
    const ran = await weir(...args, '--file', newFile());
    assert.equal(ran.exitCode, 2);
    assert.match(ran.err, new RegExp(code));
  });
}

test('a file that is something else is left as it is', async () => {
  const file = newFile();
  writeFileSync(file, '{"keys":[{}]}');
  const ran = await weir('create', '--file', file, '--name', 'x');
  assert.equal(ran.exitCode, 2);
  assert.match(ran.err, /WEIR-F015.*keys\.0\.id/);
  assert.equal(readFileSync(file, 'utf8'), '{"keys":[{}]}');
});

test('a scope that no token could hold is refused before it is written', async () => {
  const file = newFile();
  const ran = await weir('create', '--file', file, '--name', 'x', '--scope', 'a b');
  assert.equal(ran.exitCode, 2);
  assert.equal(existsSync(file), false);
});

test('times are counted from now', () => {
  assert.equal(expiry('1d', now), '2026-06-02T00:00:00.000Z');
  assert.equal(expiry('12h', now), '2026-06-01T12:00:00.000Z');
  assert.equal(expiry('2027-01-31', now), '2027-01-31T00:00:00.000Z');
  for (const wrong of ['', '1', '-1d', '1w', '0d', '2026-06-01', 'x'])
    assert.equal(expiry(wrong, now), undefined);
});
