import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema } from 'graphql';
import { fetchDocument } from './fetch-document.ts';
import { copyAnswer } from './merge.ts';

const schema = buildSchema(`
  type Query { faces: [Face] }
  interface Face { id: ID! }
  type Person implements Face { id: ID! }
`);

test('a type name that is asked for beside the plan stays in the copy of an answer that others hold', () => {
  const { text, shape } = fetchDocument('{faces{id}}', [], schema);
  assert.equal(text, '{faces{__typename id}}');
  const answer = { faces: [{ __typename: 'Face', id: '1' }] };
  assert.deepEqual(copyAnswer(answer, shape), answer);
});
