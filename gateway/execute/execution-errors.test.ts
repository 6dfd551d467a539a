import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entityFetch, ran, rootFetch, sequence } from '../../test/execute/hand-made.ts';
import type { Answer, HandMade, Ran } from '../../test/execute/hand-made.ts';
import { WeirError } from '../model/errors.ts';

const schema = `
  type User { id: ID! name: String age: Int must: Int! best: User posts: [Post!] }
  type Post { id: ID! title: String author: User }
  type Query { me: User users: [User] posts: [Post!] text: String int: Int }
  type Subscription { int: Int }
`;

const user = (id: unknown, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  __typename: 'User',
  id,
  ...more,
});
const data = (value: unknown): string => JSON.stringify({ data: value });
const users = data({ users: [user('1'), user('2'), user('1')] });

/** Users from one subgraph, their ages from another that answers as given. */
async function withAges(answer: Answer, more: Partial<HandMade> = {}): Promise<Ran> {
  return ran({
    schema,
    query: '{ people: users { id years: age } }',
    plan: sequence(
      rootFetch('{people:users{__typename id}}'),
      entityFetch('people.@', ['User', ['id'], 'years:age']),
    ),
    answers: [users.replace('users', 'people'), answer],
    ...more,
  });
}

const ages = '"_entities":[{"years":1},{"years":2}]';
const served = '{"people":[{"id":"1","years":1},{"id":"2","years":2},{"id":"1","years":1}]}';
const unserved = '{"people":[{"id":"1","years":null},{"id":"2","years":null},{"id":"1","years":null}]}';

test("a subgraph's error keeps message and extensions and names its subgraph", async () => {
  const errors = [{ message: 'no', path: ['text'], extensions: { code: 'MINE', a: [1] } }];
  const result = await ran({
    schema,
    query: '{ text int }',
    plan: rootFetch('{text int}'),
    answers: [JSON.stringify({ data: { text: null, int: 1 }, errors })],
  });
  assert.equal(result.data, '{"text":null,"int":1}');
  assert.deepEqual(result.errors, [
    { message: 'no', path: ['text'], extensions: { code: 'MINE', a: [1], service: 's' } },
  ]);
});

test('an error without code is DOWNSTREAM_SERVICE_ERROR; one without message gets one; one without path has none', async () => {
  const answers = [
    '{"data":null,"errors":[{"message":""},{"message":"m","extensions":{"code":5,"__proto__":{"x":1}}}]}',
  ];
  const result = await ran({ schema, query: '{ text }', plan: rootFetch('{text}'), answers });
  assert.equal(result.data, '{"text":null}');
  assert.deepEqual(result.errors[0], {
    message: 'Subgraph "s" reported an error without a message.',
    extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', service: 's' },
  });
  assert.equal(result.errors[1]?.extensions.code, 'DOWNSTREAM_SERVICE_ERROR');
  assert.equal(result.errors[1].extensions['x'], undefined);
});

test("an entity's error stands at every place that used it, by real indices and the client's names", async () => {
  const result = await withAges(
    `{"data":{"_entities":[{"years":null},{"years":2}]},"errors":[{"message":"no","path":["_entities",0,"years"]}]}`,
  );
  assert.equal(
    result.data,
    '{"people":[{"id":"1","years":null},{"id":"2","years":2},{"id":"1","years":null}]}',
  );
  assert.deepEqual(
    result.errors.map(({ path }) => path),
    [
      ['people', 0, 'years'],
      ['people', 2, 'years'],
    ],
  );
});

test("an entity's error is found again in the batch it belongs to", async () => {
  const result = await withAges('', {
    settings: { maxRepresentations: 1 },
    answers: ({ body, entityCount }) => {
      if (entityCount === 0) return users.replace('users', 'people');
      if (body.includes('"id":"1"')) return '{"data":{"_entities":[{"years":1}]}}';
      return '{"data":{"_entities":[null]},"errors":[{"message":"no","path":["_entities",0]}]}';
    },
  });
  assert.equal(result.data, '{"people":[{"id":"1","years":1},{"id":"2","years":null},{"id":"1","years":1}]}');
  assert.deepEqual(
    result.errors.map(({ path }) => path),
    [['people', 1]],
  );
});

test('paths through internal keys, output renames and deeper lists become the paths of the client', async () => {
  const result = await ran({
    schema,
    query: '{ me { p: posts { id: title } } }',
    internalKeys: { 2: '__i' },
    plan: sequence(
      rootFetch('{me{__typename id}}'),
      entityFetch('me', ['User', ['id'], 'p__alias_0:posts{__i:title}'], {
        outputRewrites: [
          {
            kind: 'renameKey',
            path: [
              { kind: 'onType', typeName: 'User' },
              { kind: 'key', name: 'p__alias_0' },
            ],
            to: 'p',
          },
        ],
      }),
    ),
    answers: [
      data({ me: user('1') }),
      '{"data":{"_entities":[{"p__alias_0":[{"__i":"a"},{"__i":null}]}]},"errors":[{"message":"no","path":["_entities",0,"p__alias_0",1,"__i"]}]}',
    ],
  });
  assert.equal(result.data, '{"me":{"p":[{"id":"a"},{"id":null}]}}');
  assert.deepEqual(result.errors[0]?.path, ['me', 'p', 1, 'id']);
});

test('a path ends where the data is not the client’s own', async () => {
  const result = await ran({
    schema,
    query: '{ me { name } }',
    plan: rootFetch('{me{name __required{deep}}}'),
    answers: ['{"data":{"me":{"name":"n"}},"errors":[{"message":"no","path":["me","__required","deep"]}]}'],
  });
  assert.deepEqual(result.errors[0]?.path, ['me']);
});

test('a path that leads nowhere becomes the place of the fetch', async () => {
  for (const path of ['["x"]', '["_entities"]', '["_entities",99]', '["_entities","0"]', 'null']) {
    const result = await withAges(`{"data":{${ages}},"errors":[{"message":"no","path":${path}}]}`);
    assert.equal(result.data, served);
    assert.deepEqual(result.errors[0]?.path, ['people'], path);
  }
});

test('a failed root call is reported with its code at each root field it should have given', async () => {
  const error = new WeirError('SUBREQUEST_HTTP_ERROR', 'Subgraph "s" could not be reached.', {
    extensions: { reason: 'refused' },
  });
  const result = await ran({
    schema,
    query: '{ a: text int }',
    plan: rootFetch('{a:text int}'),
    answers: [{ kind: 'failed', error }],
  });
  assert.equal(result.data, '{"a":null,"int":null}');
  assert.deepEqual(result.errors, [
    {
      message: 'Subgraph "s" could not be reached.',
      path: ['a'],
      extensions: { reason: 'refused', code: 'SUBREQUEST_HTTP_ERROR', service: 's' },
    },
    {
      message: 'Subgraph "s" could not be reached.',
      path: ['int'],
      extensions: { reason: 'refused', code: 'SUBREQUEST_HTTP_ERROR', service: 's' },
    },
  ]);
});

test('a failed entity call is one error: at the field when there is one object, else at the list', async () => {
  const failed = { kind: 'failed', error: new WeirError('GATEWAY_TIMEOUT', 'too slow') } as const;
  const many = await withAges(failed);
  assert.equal(many.data, unserved);
  assert.deepEqual(many.errors, [
    { message: 'too slow', path: ['people'], extensions: { code: 'GATEWAY_TIMEOUT', service: 'e' } },
  ]);
  const one = await withAges(failed, { answers: [data({ people: [null, user('7')] }), failed] });
  assert.deepEqual(one.errors[0]?.path, ['people', 1, 'years']);
});

for (const [name, answer] of [
  ['no data', '{}'],
  ['null for data', '{"data":null}'],
  ['no entities', '{"data":{}}'],
  ['null for entities', '{"data":{"_entities":null}}'],
  ['an object for entities', '{"data":{"_entities":{"0":{"years":1},"length":2}}}'],
  ['too few entities', '{"data":{"_entities":[{"years":1}]}}'],
  ['too many entities', '{"data":{"_entities":[{"years":1},{"years":2},{"years":3}]}}'],
] as const) {
  test(`an answer with ${name} to an entity call is a coded error and partial data`, async () => {
    const result = await withAges(answer);
    assert.equal(result.data, unserved);
    assert.equal(result.errors.length, 1);
    assert.deepEqual(result.errors[0]?.path, ['people']);
    assert.deepEqual(result.errors[0].extensions, { code: 'SUBREQUEST_HTTP_ERROR', service: 'e' });
  });
}

for (const [name, answer] of [
  ['no data', '{}'],
  ['null for data', '{"data":null}'],
  ['data without the field', '{"data":{}}'],
] as const) {
  test(`an answer with ${name} to a root call is a coded error`, async () => {
    const result = await ran({ schema, query: '{ text }', plan: rootFetch('{text}'), answers: [answer] });
    assert.equal(result.data, '{"text":null}');
    assert.deepEqual(
      result.errors.map(({ path, extensions }) => [path, extensions]),
      [[['text'], { code: 'SUBREQUEST_HTTP_ERROR', service: 's' }]],
    );
  });
}

test('an entity that is no object is a coded error at its places; the others are served', async () => {
  const result = await withAges('{"data":{"_entities":["x",{"years":2}]}}');
  assert.equal(
    result.data,
    '{"people":[{"id":"1","years":null},{"id":"2","years":2},{"id":"1","years":null}]}',
  );
  assert.deepEqual(
    result.errors.map(({ path, extensions }) => [path, extensions.code]),
    [
      [['people', 0], 'SUBREQUEST_HTTP_ERROR'],
      [['people', 2], 'SUBREQUEST_HTTP_ERROR'],
    ],
  );
});

test('an entity a subgraph does not know is null without an error', async () => {
  const result = await withAges('{"data":{"_entities":[null,{"years":2}]}}');
  assert.equal(
    result.data,
    '{"people":[{"id":"1","years":null},{"id":"2","years":2},{"id":"1","years":null}]}',
  );
  assert.deepEqual(result.errors, []);
});

test('a subgraph’s error and the null it leaves in a non-null place are both told', async () => {
  const result = await ran({
    schema,
    query: '{ me { name must } }',
    plan: sequence(rootFetch('{me{__typename id name}}'), entityFetch('me', ['User', ['id'], 'must'])),
    answers: [
      data({ me: user('1', { name: 'n' }) }),
      '{"data":null,"errors":[{"message":"no","path":["_entities",0,"must"]}]}',
    ],
  });
  assert.equal(result.data, '{"me":null}');
  assert.deepEqual(result.errors[0]?.path, ['me', 'must']);
  assert.deepEqual(result.valueCompletion[0]?.path, ['me', 'must']);
});

test('the number of errors is bounded, and the last one says how many are left out', async () => {
  const errors = Array.from({ length: 1000 }, (_, index) => ({
    message: `no ${String(index)}`,
    path: ['text'],
  }));
  const result = await ran({
    schema,
    query: '{ text }',
    plan: rootFetch('{text}'),
    answers: [JSON.stringify({ data: { text: null }, errors })],
  });
  assert.equal(result.errors.length, 101);
  assert.deepEqual(result.errors[100], {
    message: '900 more of these are not shown.',
    extensions: { code: 'DOWNSTREAM_SERVICE_ERROR' },
  });
});

test('one error of an entity used in many places is shown at twenty of them', async () => {
  const many = Array.from({ length: 300 }, () => user('1'));
  const result = await withAges('', {
    answers: [
      data({ people: many }),
      '{"data":{"_entities":[null]},"errors":[{"message":"no","path":["_entities",0]}]}',
    ],
  });
  assert.equal(result.errors.length, 20);
});

test('after the request has ended no further call is made', async () => {
  const controller = new AbortController();
  const result = await withAges('', {
    signal: controller.signal,
    answers: () => {
      controller.abort();
      return users.replace('users', 'people');
    },
  });
  assert.equal(result.calls.length, 1);
  assert.equal(result.data, unserved);
  assert.deepEqual(result.errors, [
    {
      message: 'The request ended before subgraph "e" was asked.',
      path: ['people'],
      extensions: { code: 'GATEWAY_TIMEOUT', service: 'e' },
    },
  ]);
  const none = await ran({
    schema,
    query: '{ text }',
    plan: rootFetch('{text}'),
    answers: [],
    signal: AbortSignal.abort(),
  });
  assert.equal(none.data, '{"text":null}');
  assert.deepEqual(none.errors[0]?.path, ['text']);
});

test('a subscription is refused when it is compiled', async () => {
  const refusal = { name: 'WeirError', code: 'GRAPHQL_VALIDATION_FAILED' };
  const plan = rootFetch('subscription{int}', { operationKind: 'subscription' });
  await assert.rejects(ran({ schema, query: 'subscription { int }', plan, answers: [] }), refusal);
  await assert.rejects(
    ran({ schema, query: '{ int }', plan: sequence(rootFetch('{int}'), plan), answers: [] }),
    refusal,
  );
});

test('a variable that would collide with the representations is refused when it is compiled', async () => {
  const plan = sequence(
    rootFetch('{me{id}}'),
    entityFetch('me', ['User', ['id'], 'age'], { variables: ['representations'] }),
  );
  await assert.rejects(ran({ schema, query: '{ me { age } }', plan, answers: [] }), {
    code: 'GRAPHQL_VALIDATION_FAILED',
  });
});

test('denied fields beside internal keys need the operation that was planned', async () => {
  await assert.rejects(
    ran({
      schema,
      query: '{ a: text }',
      plan: undefined,
      internalKeys: { 0: 'b' },
      denied: () => true,
      answers: [],
    }),
    { code: 'INTERNAL_SERVER_ERROR' },
  );
  await assert.rejects(
    ran({ schema, query: '{ text }', planned: '{ int }', plan: undefined, denied: () => true, answers: [] }),
    { code: 'INTERNAL_SERVER_ERROR' },
  );
});
