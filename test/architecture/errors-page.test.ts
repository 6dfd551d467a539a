import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { configSchema } from '../../gateway/config/config.ts';
import { errorCatalogue } from '../../gateway/model/errors.ts';

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

/** Rows of the page: code, status, what it means, what to do. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

test('docs/errors.md tells of every code of the catalogue, with its status, and of no other', () => {
  const told = rows.map(([, code = '', status]) => [code.replaceAll('`', ''), Number(status)] as const);
  const known = Object.entries(errorCatalogue).map(([code, { status }]) => [code, status] as const);
  const sorted = (pairs: readonly (readonly [string, number])[]) => pairs.map(String).sort();
  assert.deepEqual(sorted(told), sorted(known));
});

test('each row says what the code means and what to do', () => {
  for (const [, code, , meaning = '', advice = ''] of rows) {
    assert.ok(meaning.endsWith('.') && advice.endsWith('.'), code);
  }
});

/** Dotted names of all keys of gateway.yaml. */
function keysOf(schema: unknown, prefix = ''): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties, items, anyOf } = schema as Readonly<Record<string, unknown>>;
  const below = Object.entries(properties ?? {}).flatMap(([name, inner]) => {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    return [key, ...keysOf(inner, key)];
  });
  const variants = Array.isArray(anyOf) ? anyOf : [];
  return [...below, ...keysOf(items, prefix), ...variants.flatMap((one) => keysOf(one, prefix))];
}

test('every key of gateway.yaml that docs/errors.md names exists', () => {
  const keys = keysOf(configSchema());
  const named = [...page.matchAll(/`([a-z_]+(?:\.[a-z_]+)+)`/g)].map(([, key = '']) => key);
  const others = new Set(['extensions.code', 'extensions.reason', 'extensions.trace_id']);
  const settings = named.filter((key) => !others.has(key));
  assert.ok(settings.length > 15);
  for (const key of settings) {
    assert.ok(
      keys.some((known) => known === key || known.endsWith(`.${key}`)),
      `gateway.yaml has no key "${key}"`,
    );
  }
});
