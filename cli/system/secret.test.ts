import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sampleSecret } from './home.ts';
import { sampleServices } from './service.ts';

const given = { root: '/shop', portBase: 5000, env: {}, self: ['node'] } as const;

test('a home has one secret, made once, that only its owner can read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-secret-'));
  const home = join(folder, 'not', 'there', 'yet');
  const all = await Promise.all(Array.from({ length: 10 }, () => sampleSecret(home)));
  assert.equal(new Set(all).size, 1);
  assert.equal(await sampleSecret(home), all[0]);
  assert.equal(statSync(join(home, 'secret')).mode & 0o777, 0o600);
  assert.notEqual(await sampleSecret(join(folder, 'another')), all[0]);
  writeFileSync(join(home, 'secret'), 'short');
  await assert.rejects(sampleSecret(home), /holds no secret; remove it/);
  rmSync(folder, { recursive: true });
});

test('with a secret, gateway and subgraphs share a key; orders has one of its own that those know whom it asks', () => {
  const services = sampleServices({ ...given, secret: 's'.repeat(43) });
  const envOf = (name: string) => services.find((one) => one.name === name)?.env ?? {};
  const key = envOf('gateway')['WEIR_HMAC_KEY'] ?? '';
  assert.ok(key.length >= 32 && !key.includes('sss'));
  const own = envOf('orders')['WEIR_HMAC_OWN_KEY'] ?? '';
  assert.match(own, /^orders:.{32,}$/);
  for (const name of ['accounts', 'orders', 'reviews'])
    assert.equal(envOf(name)['WEIR_HMAC_KEYS'], `gateway:${key}`);
  for (const name of ['catalog', 'inventory'])
    assert.equal(envOf(name)['WEIR_HMAC_KEYS'], `gateway:${key},${own}`);
  for (const name of ['bff-web', 'bff-mobile'])
    assert.ok(!Object.keys(envOf(name)).some((one) => one.startsWith('WEIR_HMAC')), name);
});

test('keys of the environment go before those of the sample; without a secret there are none', () => {
  for (const settings of [{ ...given, env: { WEIR_HMAC_KEYS: 'x' }, secret: 's'.repeat(43) }, given]) {
    const gateway = sampleServices(settings).find(({ name }) => name === 'gateway');
    assert.equal(gateway?.env['WEIR_HMAC_KEY'], undefined);
  }
});
