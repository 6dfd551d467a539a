import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema, parse } from 'graphql';
import { serializer } from './serialize.ts';
import { shapesOf } from './shapes.ts';

const small = buildSchema('type Query { a: String b: [Query!] }');

function shapes(query: string): ReturnType<typeof shapesOf> {
  return shapesOf({
    schema: small,
    document: parse(query),
    denied: new Set(),
    booleans: {},
    dataKey: (node) => node.alias?.value ?? node.name.value,
  });
}

test('generated code writes what is sound and throws at what is not', () => {
  const serialize = serializer({ schema: small, shapes: shapes('{ x: a b { a } }'), escapes: true });
  assert.ok(serialize);
  assert.equal(serialize({ x: '"', b: [{ a: null }] }, new Map()), '{"x":"\\"","b":[{"a":null}]}');
  assert.throws(() => serialize({ x: '', b: [null] }, new Map()));
});

test('without escapes strings are written as they are', () => {
  const serialize = serializer({ schema: small, shapes: shapes('{ a }'), escapes: false });
  assert.equal(serialize?.({ a: 'ü💡\u2028' }, new Map()), '{"a":"ü💡\u2028"}');
});

test('an operation too large for generated code is left to the plain way', () => {
  const wide = Array.from({ length: 6000 }, (_, index) => `alias_number_${String(index)}: b { a }`).join(' ');
  assert.equal(serializer({ schema: small, shapes: shapes(`{ ${wide} }`), escapes: true }), undefined);
});
