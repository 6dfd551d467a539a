import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ran, rootFetch } from '../../test/execute/hand-made.ts';

const schema = `
  scalar JSON
  enum Colour { RED GREEN }
  interface Node { id: ID! }
  type User implements Node { id: ID! name: String! nick: String boss: User friends: [User!] tags: [String] grid: [[Int!]!] }
  type Post implements Node { id: ID! title: String author: User! }
  union Any = User | Post
  type Query {
    user: User must: User! node: Node nodes: [Node] any: Any
    text: String int: Int float: Float flag: Boolean id: ID colour: Colour json: JSON
    needed: String! list: [String!]! users: [User!]
  }
  type Mutation { a: Int b: Int }
`;

/** Query, what the subgraph answers as `data`, the client's `data`, and messages with paths of `valueCompletion`. */
type Case = readonly [
  name: string,
  query: string,
  data: string,
  expected: string,
  problems?: readonly string[],
];

const cases: readonly Case[] = [
  [
    'leaves keep their values',
    '{ text int float flag id colour }',
    '{"text":"a","int":1,"float":1.5,"flag":false,"id":"x","colour":"RED"}',
    '{"text":"a","int":1,"float":1.5,"flag":false,"id":"x","colour":"RED"}',
  ],
  [
    'fields stand in the order of the operation',
    '{ int text }',
    '{"text":"a","int":1}',
    '{"int":1,"text":"a"}',
  ],
  [
    'empty, zero and false are values',
    '{ text int flag }',
    '{"text":"","int":0,"flag":false}',
    '{"text":"","int":0,"flag":false}',
  ],
  [
    'strings are escaped',
    '{ text }',
    '{"text":"\\"\\\\\\n\\u2028\\ud800"}',
    JSON.stringify({ text: '"\\\n\u2028\ud800' }),
  ],
  ['a number id becomes a string', '{ id }', '{"id":7}', '{"id":"7"}'],
  [
    'any JSON may stand for a custom scalar',
    '{ json }',
    '{"json":{"__proto__":{"a":[1,null]}}}',
    '{"json":{"__proto__":{"a":[1,null]}}}',
  ],
  ['what is missing is null', '{ text user { nick } }', '{"user":{}}', '{"text":null,"user":{"nick":null}}'],
  [
    'an object for a string',
    '{ text int }',
    '{"text":{},"int":1}',
    '{"text":null,"int":1}',
    ['Invalid value found for field Query.text. text'],
  ],
  [
    'a number for a string',
    '{ text }',
    '{"text":1}',
    '{"text":null}',
    ['Invalid value found for field Query.text. text'],
  ],
  [
    'a fraction for an Int',
    '{ int }',
    '{"int":1.5}',
    '{"int":null}',
    ['Invalid value found for field Query.int. int'],
  ],
  [
    'more than 32 bits for an Int',
    '{ int }',
    '{"int":2147483648}',
    '{"int":null}',
    ['Invalid value found for field Query.int. int'],
  ],
  [
    'a string for an Int',
    '{ int }',
    '{"int":"1"}',
    '{"int":null}',
    ['Invalid value found for field Query.int. int'],
  ],
  [
    'an endless Float',
    '{ float }',
    '{"float":1e999}',
    '{"float":null}',
    ['Invalid value found for field Query.float. float'],
  ],
  [
    'a number for a Boolean',
    '{ flag }',
    '{"flag":1}',
    '{"flag":null}',
    ['Invalid value found for field Query.flag. flag'],
  ],
  [
    'an unknown enum value',
    '{ colour }',
    '{"colour":"BLUE"}',
    '{"colour":null}',
    ['Invalid value found for field Query.colour. colour'],
  ],
  [
    'an enum value named as what all objects have',
    '{ colour }',
    '{"colour":"constructor"}',
    '{"colour":null}',
    ['Invalid value found for field Query.colour. colour'],
  ],
  [
    'a list for an object',
    '{ user { nick } }',
    '{"user":[]}',
    '{"user":null}',
    ['Invalid non-object value found for field Query.user. user'],
  ],
  [
    'a string for an object',
    '{ user { nick } }',
    '{"user":"u"}',
    '{"user":null}',
    ['Invalid non-object value found for field Query.user. user'],
  ],
  [
    'an object for a list',
    '{ users { id } }',
    '{"users":{"length":1}}',
    '{"users":null}',
    ['Invalid non-list value found for field Query.users. users'],
  ],
  [
    'null in a non-null field takes its object',
    '{ user { name nick } }',
    '{"user":{"name":null,"nick":"n"}}',
    '{"user":null}',
    ['Cannot return null for non-nullable field User.name. user.name'],
  ],
  [
    'null climbs to the nearest nullable place',
    '{ user { boss { friends { name } } } }',
    '{"user":{"boss":{"friends":[{"name":"a"},{"name":null}]}}}',
    '{"user":{"boss":{"friends":null}}}',
    ['Cannot return null for non-nullable field User.name. user.boss.friends.1.name'],
  ],
  [
    'null climbs to data',
    '{ int must { name } }',
    '{"int":1,"must":{}}',
    'null',
    ['Cannot return null for non-nullable field User.name. must.name'],
  ],
  [
    'a missing root field that is required',
    '{ needed }',
    '{"x":1}',
    'null',
    ['Cannot return null for non-nullable field Query.needed. needed'],
  ],
  [
    'a null item of a list of non-null items',
    '{ user { friends { id } } }',
    '{"user":{"friends":[null]}}',
    '{"user":{"friends":null}}',
    ['Cannot return null for non-nullable array element of type User at index 0. user.friends.0'],
  ],
  [
    'a null item of a list that allows it',
    '{ user { tags } }',
    '{"user":{"tags":["a",null,"b"]}}',
    '{"user":{"tags":["a",null,"b"]}}',
  ],
  [
    'lists of lists',
    '{ user { grid } }',
    '{"user":{"grid":[[1,2],[],[3]]}}',
    '{"user":{"grid":[[1,2],[],[3]]}}',
  ],
  [
    'a fault deep in lists of lists',
    '{ user { grid } }',
    '{"user":{"grid":[[1],[null]]}}',
    '{"user":{"grid":null}}',
    ['Cannot return null for non-nullable array element of type Int at index 0. user.grid.1.0'],
  ],
  [
    'an invalid value in a non-null place is reported once',
    '{ user { name } }',
    '{"user":{"name":5}}',
    '{"user":null}',
    ['Invalid value found for field User.name. user.name'],
  ],
  ['aliases', '{ a: text b: text }', '{"a":"1","b":"2"}', '{"a":"1","b":"2"}'],
  [
    'one key selected twice is merged',
    '{ user { id } user { nick } ... { user { id name } } }',
    '{"user":{"id":"1","nick":"n","name":"m"}}',
    '{"user":{"id":"1","nick":"n","name":"m"}}',
  ],
  [
    'fragments count where they apply',
    '{ nodes { id ... on User { nick } ...P } } fragment P on Post { title author { id } }',
    '{"nodes":[{"__typename":"User","id":"1","nick":"n"},{"__typename":"Post","id":"2","title":"t","author":{"id":"1"}},null]}',
    '{"nodes":[{"id":"1","nick":"n"},{"id":"2","title":"t","author":{"id":"1"}},null]}',
  ],
  [
    'fragments of an object inside those of an interface',
    '{ user { ... on Node { id ... on User { nick } } } }',
    '{"user":{"id":"1","nick":"n"}}',
    '{"user":{"id":"1","nick":"n"}}',
  ],
  [
    'unions',
    '{ any { __typename ... on Post { title } ... on Node { id } } }',
    '{"any":{"__typename":"Post","id":"2","title":"t"}}',
    '{"any":{"__typename":"Post","title":"t","id":"2"}}',
  ],
  [
    '__typename of concrete objects needs nobody',
    '{ __typename q: __typename user { __typename t: __typename } }',
    '{"user":{}}',
    '{"__typename":"Query","q":"Query","user":{"__typename":"User","t":"User"}}',
  ],
  [
    'an unknown runtime type',
    '{ node { id } }',
    '{"node":{"__typename":"Secret","id":"1"}}',
    '{"node":null}',
    ['Invalid __typename found for object at field Query.node. node'],
  ],
  [
    'a runtime type that is not possible there',
    '{ node { id } }',
    '{"node":{"__typename":"Query","id":"1"}}',
    '{"node":null}',
    ['Invalid __typename found for object at field Query.node. node'],
  ],
  [
    'no runtime type',
    '{ any { __typename } }',
    '{"any":{}}',
    '{"any":null}',
    ['Invalid __typename found for object at field Query.any. any'],
  ],
  [
    'an object known by its interface only',
    '{ node { id } }',
    '{"node":{"__typename":"Node","id":"1"}}',
    '{"node":{"id":"1"}}',
  ],
  [
    'an object known by its interface alone is no answer where the client asks for more of some object type',
    '{ node { id ... on User { nick } } }',
    '{"node":{"__typename":"Node","id":"1"}}',
    '{"node":null}',
    ['Invalid __typename found for object at field Query.node. node'],
  ],
  [
    'the type of an object known by its interface only',
    '{ node { id __typename } }',
    '{"node":{"__typename":"Node","id":"1"}}',
    '{"node":null}',
    ['Invalid __typename found for object of type Node. node.__typename'],
  ],
];

for (const plainRuns of [0, 5]) {
  describe(plainRuns === 0 ? 'with generated code' : 'the plain way', () => {
    for (const [name, query, data, expected, problems = []] of cases) {
      test(name, async () => {
        const result = await ran({
          schema,
          query,
          plan: rootFetch(query),
          answers: [`{"data":${data}}`],
          settings: { plainRuns },
        });
        assert.equal(result.data, expected);
        assert.deepEqual(
          result.valueCompletion.map(({ message, path }) => `${message} ${path?.join('.') ?? ''}`),
          problems,
        );
        assert.ok(result.valueCompletion.every(({ extensions }) => extensions.code === 'INVALID_GRAPHQL'));
      });
    }
  });
}

const steered =
  'query($a: Boolean! $b: Boolean!) { text @include(if: $a) int @skip(if: $b) ... @include(if: $b) { flag } id @skip(if: true) }';
for (const [a, b, expected] of [
  [true, true, '{"text":"t","flag":true}'],
  [true, false, '{"text":"t","int":1}'],
  [false, true, '{"flag":true}'],
  [false, false, '{"int":1}'],
] as const) {
  test(`@include(${a}) and @skip(${b})`, async () => {
    const answers = ['{"data":{"text":"t","int":1,"flag":true}}'];
    const result = await ran({
      schema,
      query: steered,
      plan: rootFetch('{text int flag}'),
      answers,
      variables: { a, b },
    });
    assert.equal(result.data, expected);
  });
}

test('names that every object inherits are ordinary names for aliases', async () => {
  const before = Object.getOwnPropertyNames(Object.prototype);
  const query =
    '{ __proto__: text constructor: user { toString: nick hasOwnProperty: __typename valueOf: boss { id } } }';
  for (const plainRuns of [0, 5]) {
    const settings = { plainRuns };
    const full = '{"data":{"__proto__":"p","constructor":{"toString":"s","valueOf":{"id":"1"}}}}';
    const given = await ran({ schema, query, plan: rootFetch(query), answers: [full], settings });
    assert.equal(
      given.data,
      '{"__proto__":"p","constructor":{"toString":"s","hasOwnProperty":"User","valueOf":{"id":"1"}}}',
    );
    const missing = await ran({
      schema,
      query,
      plan: rootFetch(query),
      answers: ['{"data":{"constructor":{}}}'],
      settings,
    });
    assert.equal(
      missing.data,
      '{"__proto__":null,"constructor":{"toString":null,"hasOwnProperty":"User","valueOf":null}}',
    );
  }
  assert.deepEqual(Object.getOwnPropertyNames(Object.prototype), before);
});

test('a denied field is null without a call for it, and takes its object when it may not be null', async () => {
  const query = '{ text user { id nick } }';
  const denied = await ran({
    schema,
    query,
    plan: rootFetch('{text user{id}}'),
    answers: ['{"data":{"text":"t","user":{"id":"1","nick":"leaked"}}}'],
    denied: (node) => node.name.value === 'nick',
  });
  assert.equal(denied.data, '{"text":"t","user":{"id":"1","nick":null}}');
  const bubbled = await ran({
    schema,
    query,
    plan: rootFetch('{text user{id}}'),
    answers: ['{"data":{"text":"t","user":{"id":"1"}}}'],
    denied: (node) => node.name.value === 'id',
  });
  assert.equal(bubbled.data, '{"text":"t","user":null}');
  assert.deepEqual(bubbled.valueCompletion, []);
});

test('values stand under internal keys, numbered in the operation that was planned', async () => {
  const query = '{ text user { nick id: nick name: id } int }';
  const made = {
    schema,
    query,
    plan: rootFetch('{user{__a:nick __b:id}}'),
    answers: ['{"data":{"user":{"__a":"n","__b":"1"}}}'],
  };
  const whole = await ran({ ...made, internalKeys: { 2: '__a', 3: '__a', 4: '__b' } });
  assert.equal(whole.data, '{"text":null,"user":{"nick":"n","id":"n","name":"1"},"int":null}');
  const reduced = await ran({
    ...made,
    planned: '{ user { id: nick name: id } }',
    denied: (node) =>
      ['text', 'int'].includes(node.name.value) || (node.name.value === 'nick' && !node.alias),
    internalKeys: { 1: '__a', 2: '__b' },
  });
  assert.equal(reduced.data, '{"text":null,"user":{"nick":null,"id":"n","name":"1"},"int":null}');
});

test('introspection is answered beside data, from the schema the client sees', async () => {
  const query =
    'query($name: String!) { s: __schema { queryType { name } } text t: __type(name: $name) { ...T } none: __type(name: "No") { name } } fragment T on __Type { name kind }';
  const result = await ran({
    schema,
    query,
    plan: rootFetch('{text}'),
    answers: ['{"data":{"text":"t"}}'],
    variables: { name: 'Colour' },
  });
  assert.equal(
    result.data,
    '{"s":{"queryType":{"name":"Query"}},"text":"t","t":{"name":"Colour","kind":"ENUM"},"none":null}',
  );
});

test('an operation without any fetch is answered', async () => {
  const result = await ran({ schema, query: 'mutation { __typename }', plan: undefined, answers: [] });
  assert.equal(result.data, '{"__typename":"Mutation"}');
});

test('the entries of valueCompletion are bounded and say how many are left out', async () => {
  const query = '{ nodes { id } }';
  const nodes = Array.from({ length: 250 }, () => ({ __typename: 'Secret' }));
  const result = await ran({
    schema,
    query,
    plan: rootFetch(query),
    answers: [JSON.stringify({ data: { nodes } })],
  });
  assert.equal(result.valueCompletion.length, 101);
  assert.equal(result.valueCompletion[100]?.message, '150 more of these are not shown.');
});

test('a custom scalar nested too deeply to be printed is null, the rest is served', async () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  for (const plainRuns of [0, 5]) {
    const answers = [`{"data":{"json":${deep},"int":1}}`];
    const result = await ran({
      schema,
      query: '{ json int }',
      plan: rootFetch('{json int}'),
      answers,
      settings: { plainRuns },
    });
    assert.equal(result.data, '{"json":null,"int":1}');
    assert.equal(result.valueCompletion[0]?.message, 'Invalid value found for field Query.json.');
  }
});
