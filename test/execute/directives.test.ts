import assert from 'node:assert/strict';
import { test } from 'node:test';
import { federation } from './federation.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@shareable", "@interfaceObject", "@provides", "@inaccessible"])`;

const users = [
  { id: '1', nick: 'zed', age: 42 },
  { id: '2', nick: 'ann', age: 0 },
];

const people = federation({
  s1: {
    sdl: `${link} type Query { u: User us: [User!]! } type User @key(fields: "id") { id: ID! nick: String }`,
    resolvers: {
      Query: { u: () => users[0], us: () => [users[0], users[1], users[0]] },
      User: { __resolveReference: ({ id }: { id: string }) => users.find((one) => one.id === id) },
    },
  },
  s2: {
    sdl: `${link} type User @key(fields: "id") { id: ID! age: Int nick: String @external shout: String @requires(fields: "nick") friends: [User!]! }`,
    resolvers: {
      User: {
        __resolveReference: ({ id, nick }: { id: string; nick?: string }) => ({
          ...users.find((one) => one.id === id),
          given: nick,
        }),
        shout: ({ given }: { given?: string }) => given?.toUpperCase(),
        friends: ({ id }: { id: string }) => users.filter((one) => one.id !== id),
      },
    },
  },
});

test('an entity is completed from a second subgraph, in the order the client asked', async () => {
  const result = await people.run('{ u { age nick id } }');
  assert.equal(result.text, '{"u":{"age":42,"nick":"zed","id":"1"}}');
  assert.deepEqual(result.errors, []);
});

test('equal entities of a list are asked for once', async () => {
  const result = await people.run('{ us { age } }');
  assert.equal(result.text, '{"us":[{"age":42},{"age":0},{"age":42}]}');
  assert.equal(people.calls[1]?.entityCount, 2);
});

test('an alias that equals a key does not take its place', async () => {
  assert.equal((await people.run('{ u { id: nick age } }')).text, '{"u":{"id":"zed","age":42}}');
  assert.equal((await people.run('{ u { nick: id shout } }')).text, '{"u":{"nick":"1","shout":"ZED"}}');
});

test('a list of lists of entities is followed to its end', async () => {
  const result = await people.run('{ us { friends { nick friends { age nick } } } }', { times: 4 });
  assert.deepEqual(result.data, {
    us: [
      { friends: [{ nick: 'ann', friends: [{ age: 42, nick: 'zed' }] }] },
      { friends: [{ nick: 'zed', friends: [{ age: 0, nick: 'ann' }] }] },
      { friends: [{ nick: 'ann', friends: [{ age: 42, nick: 'zed' }] }] },
    ],
  });
});
