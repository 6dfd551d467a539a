import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkTo, operationIn } from './share-link.ts';

test('a link carries operation and variables through any text', () => {
  const operation = {
    endpoint: 'gateway',
    query: 'query { löwe(name: "🦁") }',
    variables: '{ "a": "ü?/+" }',
  };
  const link = new URL(linkTo(operation, 'http://127.0.0.1:4000/sandbox/#old'));
  assert.deepEqual(operationIn(link.hash), operation);
  assert.equal(link.hash.includes('old'), false);
});

for (const fragment of ['', '#op=', '#op=%%%', '#op=bnVsbA', '#other', `#op=${'A'.repeat(300_000)}`]) {
  test(`the fragment "${fragment.slice(0, 20)}" is no operation`, () => {
    assert.equal(operationIn(fragment), undefined);
  });
}
