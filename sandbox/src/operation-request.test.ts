import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayChange, operationRequest } from './operation-request.ts';

const two = 'query A { a } query B { b }';

test('the chosen operation is named when there is a choice', () => {
  assert.equal(operationRequest(two, undefined, 'B').operationName, 'B');
});

test('a name left over from another document is not sent', () => {
  assert.equal(operationRequest(two, undefined, 'C').operationName, undefined);
  assert.equal(operationRequest('query A { a }', undefined, 'B').operationName, undefined);
});

for (const [query, expected] of [
  ['{ a }', false],
  ['mutation { a }', true],
  ['query A { a } mutation B { b }', true],
  ['not graphql {', false],
] as const) {
  test(`"${query}" ${expected ? 'may' : 'cannot'} change something`, () =>
    assert.equal(mayChange(query), expected));
}
