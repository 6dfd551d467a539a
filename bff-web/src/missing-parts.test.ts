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
  assert.deepEqual(missingParts([error(['product', 0, 'rating', 'count'])], parts, { depth: 1, wanted }), [
    { part: 'rating', message: 'no ratings' },
  ]);
});

test('an error above all parts takes every part that was wanted', () => {
  assert.deepEqual(missingParts([error(['product'])], parts, { depth: 1, wanted: new Set(['stock']) }), [
    { part: 'stock', message: 'no stock' },
  ]);
});

test('many errors of one part name it once', () => {
  const errors = [error(['rating']), error(['rating', 'count'])];
  assert.equal(missingParts(errors, parts, { wanted }).length, 1);
});
