import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig, plainConfig } from './config.ts';

for (const json of [undefined, null, 'no', [], {}, { endpoints: [] }, { endpoints: [{ name: 'x' }] }]) {
  test(`a configuration of ${JSON.stringify(json)} gives the gateway alone`, () => {
    assert.deepEqual(parseConfig(json), plainConfig);
  });
}

test('entries that make no sense are left out', () => {
  const config = parseConfig({
    endpoints: [
      { name: 'gateway', url: '/graphql' },
      { name: 7, url: '/x' },
    ],
    people: [{ name: 'Ada', email: 'ada@example.com', password: 'sample' }, { name: 'Nobody' }, null],
    examples: [{ name: 'Me', query: '{ me }', variables: { id: 1 } }, { name: 'Empty' }],
    schema: { id: '1f3a', problem: null },
    plan: 'yes',
  });
  assert.deepEqual(
    config.endpoints.map(({ name }) => name),
    ['gateway'],
  );
  assert.deepEqual(
    config.people.map(({ name }) => name),
    ['Ada'],
  );
  assert.deepEqual(config.examples, [
    { name: 'Me', query: '{ me }', endpoint: undefined, variables: '{\n  "id": 1\n}' },
  ]);
  assert.deepEqual(config.schema, { id: '1f3a', composedAt: undefined, problem: undefined });
  assert.equal(config.plan, false);
});
