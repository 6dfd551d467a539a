import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copier } from './copy-generated.ts';
import { answerShape } from './fetch-document.ts';
import { copyAnswer } from './merge.ts';

const shapeOf = (document: string) => answerShape(document, []);

test('a generated copy equals the plain one and may be extended at every object that was asked for', () => {
  const shape = shapeOf('{ a b { c d { e } } }');
  const inner = { e: 5 };
  const value = { a: [1, 2], b: [{ c: 'x', d: [inner, null] }, null, { c: null, d: null }] };
  const before = structuredClone(value);
  const copy = copier(shape)?.(value) as typeof value;
  assert.deepEqual(copy, copyAnswer(value, shape));
  const first = copy.b[0];
  assert.notEqual(first, value.b[0]);
  assert.notEqual(first?.d?.[0], inner);
  assert.equal(copy.a, value.a, 'leaves are shared, lists of them too');
  Object.assign(first?.d?.[0] ?? {}, { added: true });
  copy.b.push(null);
  assert.deepEqual(value, before);
});

test('values of unexpected kinds are copied as they are', () => {
  const copy = copier(shapeOf('{ a { b } }'));
  for (const value of ['text', 5, null, true]) assert.deepEqual(copy?.({ a: value }), { a: value });
  assert.equal(copy?.('text'), 'text');
});

test('a subgraph that answers with __proto__ changes no prototype', () => {
  const value: unknown = JSON.parse('{"a":{"__proto__":{"evil":1},"b":2}}');
  const copy = copier(shapeOf('{ a { b } }'))?.(value) as { readonly a: object };
  assert.equal(Object.getPrototypeOf(copy.a), Object.prototype);
  assert.equal('evil' in copy.a, false);
});

test('shapes with keys that every object inherits are left to the plain way', () => {
  assert.equal(copier(shapeOf('{ constructor { b } }')), undefined);
});
