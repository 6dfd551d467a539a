import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingParts } from './missing-parts.ts';

const parts = {
  rating: { from: ['rating'], message: 'no ratings' },
  stock: { from: ['availability'], message: 'no stock' },
};
const wanted = new Set(['rating', 'stock']);
const error = (path: readonly (string | number)[]) => ({
  message: 'down',
  path,
  code: 'SUBREQUEST_HTTP_ERROR',
  extensions: {},
});

test('an error belongs to the part whose response name its path begins with, below the depth', () => {
  const errors = [error(['product', 0, 'rating', 'count'])];
  assert.deepEqual(missingParts(errors, parts, { depth: 1, wanted, had: {} }), [
    { part: 'rating', message: 'no ratings' },
  ]);
});

test('an error where the whole object stands takes the parts that are absent, and only those', () => {
  const had = { rating: { count: 3 }, stock: null };
  assert.deepEqual(missingParts([error(['product'])], parts, { depth: 1, wanted, had }), [
    { part: 'stock', message: 'no stock' },
  ]);
});

test('a part that nobody wanted is not missing', () => {
  const page = { wanted: new Set(['stock']), had: {} };
  assert.deepEqual(missingParts([error([])], parts, page), [{ part: 'stock', message: 'no stock' }]);
});

test('a part that is absent without an error is not missing', () => {
  assert.deepEqual(missingParts([], parts, { wanted, had: {} }), []);
});

test('many errors of one part name it once', () => {
  const errors = [error(['rating']), error(['rating', 'count'])];
  assert.equal(missingParts(errors, parts, { wanted, had: {} }).length, 1);
});
