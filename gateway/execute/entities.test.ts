import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answered, entityFetch, parallel, ran, rootFetch, sequence } from '../../test/execute/hand-made.ts';
import type { FetchNode, RequiredSelection } from '../model/plan.ts';

const schema = `
  interface Media { id: ID! rating: Float title: String }
  type Book implements Media { id: ID! rating: Float title: String pages: Int }
  type Film implements Media { id: ID! rating: Float title: String minutes: Int }
  type User { id: ID! name: String age: Int best: User posts: [Post!] }
  type Post { id: ID! title: String author: User price(currency: String): Int }
  type Query { me: User users: [User] posts: [Post!] medias: [Media!] t: T }
  type T { u: User us: [User!] prop: String }
  type Mutation { a: Int b: Int c: Int }
`;

const field = (
  name: string,
  more: Partial<Extract<RequiredSelection, { kind: 'field' }>> = {},
): RequiredSelection => ({
  kind: 'field',
  readAs: name,
  sendAs: name,
  selections: undefined,
  ...more,
});

const user = (id: unknown, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  __typename: 'User',
  id,
  ...more,
});
const data = (value: unknown): string => JSON.stringify({ data: value });
const entities = (...list: unknown[]): string => data({ _entities: list });
const ageOf: readonly [string, readonly string[], string] = ['User', ['id'], 'age'];

for (const plainRuns of [0, 5]) {
  const settings = { plainRuns };
  describe(plainRuns === 0 ? 'with generated code' : 'the plain way', () => {
    test('representations are sent once each and their answers go to every object', async () => {
      const result = await ran({
        schema,
        settings,
        query: '{ users { id age } }',
        plan: sequence(rootFetch('{users{__typename id}}'), entityFetch('users.@', ageOf)),
        answers: [data({ users: [user('1'), null, user('2'), user('1')] }), entities({ age: 5 }, { age: 0 })],
      });
      assert.equal(result.data, '{"users":[{"id":"1","age":5},null,{"id":"2","age":0},{"id":"1","age":5}]}');
      assert.deepEqual(result.sent[1], {
        representations: [
          { __typename: 'User', id: '1' },
          { __typename: 'User', id: '2' },
        ],
      });
    });

    test('a number and a string are different keys', async () => {
      const result = await ran({
        schema,
        settings,
        query: '{ users { age } }',
        plan: sequence(rootFetch('{users{__typename id}}'), entityFetch('users.@', ageOf)),
        answers: [data({ users: [user(1), user('1'), user(1)] }), entities({ age: 5 }, { age: 6 })],
      });
      assert.equal(result.data, '{"users":[{"age":5},{"age":6},{"age":5}]}');
    });

    test('an object that lacks a required field is left out; one whose field is null is asked for', async () => {
      const result = await ran({
        schema,
        settings,
        query: '{ users { age } }',
        plan: sequence(rootFetch('{users{__typename id}}'), entityFetch('users.@', ageOf)),
        answers: [
          data({ users: [{ __typename: 'User' }, user(null), { id: '3' }, user('4')] }),
          entities(null, { age: 4 }),
        ],
      });
      assert.equal(result.data, '{"users":[{"age":null},{"age":null},{"age":null},{"age":4}]}');
      assert.deepEqual(result.sent[1], {
        representations: [
          { __typename: 'User', id: null },
          { __typename: 'User', id: '4' },
        ],
      });
      // What the subgraph was asked for and does not know is null; what it could not be asked for is missing.
      assert.deepEqual(
        result.errors.map(({ message, path }) => [message, path]),
        [0, 2].map((index) => ['No subgraph gave a value for field User.age.', ['users', index, 'age']]),
      );
    });

    test('a field that no fetch of the plan asks for is missing, and that is said', async () => {
      const plan = rootFetch('{users{__typename id}}');
      const result = await ran({
        schema,
        settings,
        query: '{ users { id age } }',
        plan,
        answers: [data({ users: [user('1')] })],
      });
      assert.equal(result.data, '{"users":[{"id":"1","age":null}]}');
      assert.deepEqual(result.errors, [
        {
          message: 'No subgraph gave a value for field User.age.',
          path: ['users', 0, 'age'],
          extensions: { code: 'SUBREQUEST_HTTP_ERROR' },
        },
      ]);
    });

    test('nested required fields are sent as they are, lists and nulls among them', async () => {
      const requires = [
        {
          onType: 'Post',
          selections: [
            field('__typename'),
            field('author', {
              selections: [field('id'), field('best', { selections: [field('name', { sendAs: 'nick' })] })],
            }),
            field('prices', { selections: [field('amount')] }),
            field('tags'),
          ],
        },
      ];
      const post = {
        __typename: 'Post',
        author: { id: '1', best: { name: 'n', x: 1 } },
        prices: [{ amount: 1 }, null],
        tags: ['a"b'],
      };
      const result = await ran({
        schema,
        settings,
        query: '{ posts { title } }',
        plan: sequence(
          rootFetch('{posts{__typename}}'),
          entityFetch('posts.@', ['Post', [], 'title'], { input: { requires } }),
        ),
        answers: [
          data({ posts: [post, { ...post, author: { id: '2' } }, { ...post, author: null }] }),
          entities({ title: 'a' }, { title: 'c' }),
        ],
      });
      assert.deepEqual(result.sent[1], {
        representations: [
          {
            __typename: 'Post',
            author: { id: '1', best: { nick: 'n' } },
            prices: [{ amount: 1 }, null],
            tags: ['a"b'],
          },
          { __typename: 'Post', author: null, prices: [{ amount: 1 }, null], tags: ['a"b'] },
        ],
      });
      assert.equal(result.data, '{"posts":[{"title":"a"},{"title":null},{"title":"c"}]}');
    });

    test('a requirement on an interface is met by its types, under their own name or one the plan sets', async () => {
      const requires = [{ onType: 'Media', selections: [field('__typename'), field('id')] }];
      const inputRewrites = [
        {
          kind: 'setValue',
          path: [
            { kind: 'onType', typeName: 'Film' },
            { kind: 'key', name: '__typename' },
          ],
          value: 'Media',
        },
      ] as const;
      const result = await ran({
        schema,
        settings,
        query: '{ medias { id rating ... on Book { title } } }',
        plan: sequence(
          rootFetch('{medias{__typename id}}'),
          entityFetch('medias.@', ['Media', [], '__typename rating title'], {
            input: { requires, inputRewrites },
          }),
        ),
        answers: [
          data({
            medias: [
              { __typename: 'Book', id: '1' },
              { __typename: 'Film', id: '1' },
              { __typename: 'Media', id: '2' },
            ],
          }),
          // The interface's name in the answer must not replace what the objects are.
          entities(
            { __typename: 'Media', rating: 1, title: 'b' },
            { __typename: 'Media', rating: 2 },
            { __typename: 'Film', rating: 3 },
          ),
        ],
      });
      assert.deepEqual(result.sent[1], {
        representations: [
          { __typename: 'Book', id: '1' },
          { __typename: 'Media', id: '1' },
          { __typename: 'Media', id: '2' },
        ],
      });
      assert.equal(
        result.data,
        '{"medias":[{"id":"1","rating":1,"title":"b"},{"id":"1","rating":2},{"id":"2","rating":3}]}',
      );
    });

    test('several requirements that meet in one type are sent as one representation', async () => {
      const requires = [
        { onType: 'Book', selections: [field('__typename'), field('id')] },
        { onType: 'Media', selections: [field('__typename'), field('sku')] },
        { onType: 'Media', selections: [field('__typename'), field('missing')] },
      ];
      const result = await ran({
        schema,
        settings,
        query: '{ medias { rating } }',
        plan: sequence(
          rootFetch('{medias{__typename id sku}}'),
          entityFetch('medias.@', ['Media', [], 'rating'], { input: { requires } }),
        ),
        answers: [
          data({
            medias: [
              { __typename: 'Book', id: '1', sku: 's' },
              { __typename: 'Film', sku: 't' },
            ],
          }),
          entities({ rating: 1 }, { rating: 2 }),
        ],
      });
      assert.deepEqual(result.sent[1], {
        representations: [
          { __typename: 'Book', id: '1', sku: 's' },
          { __typename: 'Film', sku: 't' },
        ],
      });
      assert.equal(result.data, '{"medias":[{"rating":1},{"rating":2}]}');
    });

    test('large batches are cut and put together again', async () => {
      const ids = Array.from({ length: 7 }, (_, index) => String(index));
      const result = await ran({
        schema,
        settings: { ...settings, maxRepresentations: 3 },
        query: '{ users { age } }',
        plan: sequence(rootFetch('{users{__typename id}}'), entityFetch('users.@', ageOf)),
        answers: ({ body, entityCount }) => {
          if (entityCount === 0) return data({ users: ids.map((id) => user(id)) });
          const { variables } = JSON.parse(body) as { variables: { representations: { id: string }[] } };
          return entities(...variables.representations.map(({ id }) => ({ age: Number(id) })));
        },
      });
      assert.deepEqual(
        result.calls.map((call) => call.entityCount),
        [0, 3, 3, 1],
      );
      assert.deepEqual(JSON.parse(result.data), { users: ids.map((id) => ({ age: Number(id) })) });
    });

    test('several places of one fetch are asked for together', async () => {
      const result = await ran({
        schema,
        settings,
        query: '{ me { age } users { age best { age } } }',
        plan: sequence(
          rootFetch('{me{__typename id} users{__typename id best{__typename id}}}'),
          entityFetch(['me', 'users.@', 'users.@.best'], ageOf),
        ),
        answers: [
          data({ me: user('1'), users: [user('2', { best: user('1') }), user('3', { best: null })] }),
          entities({ age: 1 }, { age: 2 }, { age: 3 }),
        ],
      });
      assert.equal(
        result.data,
        '{"me":{"age":1},"users":[{"age":2,"best":{"age":1}},{"age":3,"best":null}]}',
      );
    });

    test('one entity in several places is extended in each', async () => {
      const result = await ran({
        schema,
        settings,
        query: '{ users { best { name age } } }',
        plan: sequence(
          rootFetch('{users{__typename id}}'),
          entityFetch('users.@', ['User', ['id'], 'best{__typename id name}']),
          entityFetch('users.@.best', ageOf),
        ),
        answers: [
          data({ users: [user('1'), user('1')] }),
          entities({ best: user('9', { name: 'b' }) }),
          entities({ age: 7 }),
        ],
      });
      assert.equal(result.data, '{"users":[{"best":{"name":"b","age":7}},{"best":{"name":"b","age":7}}]}');
    });

    test('type conditions of a path leave other types out', async () => {
      const fetch = entityFetch('medias.@', ['Book', ['id'], 'title']);
      const paths = [
        [
          { kind: 'field', name: 'medias', onTypes: undefined },
          { kind: 'list', onTypes: ['Book'] },
        ] as const,
      ];
      const requires = [{ onType: 'Media', selections: [field('__typename'), field('id')] }];
      const plan = {
        ...fetch,
        entities: { paths, requires, inputRewrites: [], contextRewrites: [] },
      } satisfies FetchNode;
      const result = await ran({
        schema,
        settings,
        query: '{ medias { title } }',
        plan: sequence(rootFetch('{medias{__typename id}}'), plan),
        answers: [
          data({
            medias: [
              { __typename: 'Film', id: '1' },
              { __typename: 'Book', id: '2' },
            ],
          }),
          entities({ title: 'b' }),
        ],
      });
      assert.equal(result.data, '{"medias":[{"title":null},{"title":"b"}]}');
    });

    test('names that every object inherits are ordinary keys of entities', async () => {
      const result = await ran({
        schema: 'type Query { a: A } type A { constructor: String toString: String __proto: String }',
        settings,
        query: '{ a { __proto__: constructor valueOf: toString } }',
        plan: sequence(
          rootFetch('{a{__typename hasOwnProperty}}'),
          entityFetch('a', ['A', ['hasOwnProperty'], '__proto__:constructor valueOf:toString']),
        ),
        answers: [
          '{"data":{"a":{"__typename":"A","hasOwnProperty":"k"}}}',
          '{"data":{"_entities":[{"__proto__":"p","valueOf":{}}]}}',
        ],
      });
      assert.equal(result.data, '{"a":{"__proto__":"p","valueOf":null}}');
      assert.deepEqual(result.sent[1], { representations: [{ __typename: 'A', hasOwnProperty: 'k' }] });
      const missing = await ran({
        schema: 'type Query { a: A } type A { x: String }',
        settings,
        query: '{ a { x } }',
        plan: sequence(rootFetch('{a{__typename}}'), entityFetch('a', ['A', ['constructor'], 'x'])),
        answers: [data({ a: { __typename: 'A' } })],
      });
      assert.equal(missing.calls.length, 1);
    });
  });
}

for (const value of ['""', '0', 'false', 'null', '"x"', '{"__proto__":1}']) {
  test(`a renamed key keeps the value ${value}`, async () => {
    const outputRewrites = [
      { kind: 'renameKey', path: [{ kind: 'key', name: 'f__alias_0' }], to: 'f' },
    ] as const;
    const result = await ran({
      schema: 'scalar J type Query { a: A f: J } type A { f: J }',
      query: '{ f a { f } }',
      plan: sequence(
        rootFetch('{f__alias_0:f a{__typename id}}', { outputRewrites }),
        entityFetch('a', ['A', ['id'], 'f__alias_0:f'], { outputRewrites }),
      ),
      answers: [
        `{"data":{"f__alias_0":${value},"a":{"__typename":"A","id":1}}}`,
        `{"data":{"_entities":[{"f__alias_0":${value}}]}}`,
      ],
    });
    assert.equal(result.data, `{"f":${value},"a":{"f":${value}}}`);
  });
}

test('answers of two subgraphs about one object are united, lists place by place, and no value gives way to null', async () => {
  const result = await ran({
    schema,
    query: '{ me { id name age best { id name } posts { id title } } }',
    plan: parallel(
      rootFetch('{me{id name best{id} posts{id}}}'),
      rootFetch('{me{age name best{name} posts{title}}}'),
    ),
    answers: [
      data({ me: { id: '1', name: 'n', best: { id: '2' }, posts: [{ id: 'a' }, { id: 'b' }] } }),
      data({
        me: { age: 3, name: null, best: { name: 'm' }, posts: [{ title: 'A' }, { title: 'B' }], evil: 1 },
      }),
    ],
  });
  assert.equal(
    result.data,
    '{"me":{"id":"1","name":"n","age":3,"best":{"id":"2","name":"m"},"posts":[{"id":"a","title":"A"},{"id":"b","title":"B"}]}}',
  );
});

test('an answer that others hold too is not changed', async () => {
  const shared = answered(data({ users: [user('1')] }));
  const held =
    shared.kind === 'answered'
      ? { kind: shared.kind, data: shared.data, errors: [], headers: {}, mayNeedEscape: false }
      : shared;
  const before = JSON.stringify(held);
  const result = await ran({
    schema,
    query: '{ users { id age } }',
    plan: sequence(rootFetch('{users{__typename id}}'), entityFetch('users.@', ageOf)),
    answers: [held, entities({ age: 5 })],
  });
  assert.equal(result.data, '{"users":[{"id":"1","age":5}]}');
  assert.equal(JSON.stringify(held), before);
});

test('values from ancestors go with the entities below them, one call per set of values', async () => {
  const contextRewrites = [
    {
      path: [{ kind: 'parent' }, { kind: 'onType', typeName: 'T' }, { kind: 'key', name: 'prop' }],
      variable: 'ctx',
    },
    {
      path: [{ kind: 'parent' }, { kind: 'onType', typeName: 'User' }, { kind: 'key', name: 'name' }],
      variable: 'ctx',
    },
  ] as const;
  const result = await ran({
    schema,
    query: 'query($v: Int) { t { us { age } u { best { age } } } users { best { age } } }',
    plan: sequence(
      rootFetch(
        '{t{__typename prop us{__typename id} u{__typename id name best{__typename id}}}users{__typename id name best{__typename id}}}',
      ),
      entityFetch(['t.us.@', 't.u.best', 'users.@.best'], ageOf, {
        variables: ['v'],
        input: { contextRewrites },
      }),
    ),
    variables: { v: 1 },
    answers: ({ body, entityCount }) => {
      if (entityCount === 0) {
        return data({
          t: {
            __typename: 'T',
            prop: 'p',
            us: [user('1'), user('2'), user('1')],
            u: user('3', { name: 'n', best: user('1') }),
          },
          users: [user('4', { name: 'p', best: user('5') }), user('6', { best: user('1') })],
        });
      }
      const { variables } = JSON.parse(body) as {
        variables: { ctx: string | null; representations: { id: string }[] };
      };
      return entities(
        ...variables.representations.map(({ id }) => ({
          age: Number(id) * (variables.ctx === 'p' ? 10 : variables.ctx === null ? 1 : 100),
        })),
      );
    },
  });
  assert.equal(
    result.data,
    '{"t":{"us":[{"age":10},{"age":20},{"age":10}],"u":{"best":{"age":100}}},"users":[{"best":{"age":50}},{"best":{"age":1}}]}',
  );
  assert.deepEqual(
    result.sent.slice(1).map(({ ctx, v }) => [ctx, v]),
    [
      ['p', 1],
      ['n', 1],
      [null, 1],
    ],
  );
});

test('variables go out as given: absent, null and strange names included', async () => {
  const variables = JSON.parse('{"__proto__":{"x":1},"n":null,"unused":1}') as Record<string, unknown>;
  const result = await ran({
    schema,
    query: '{ me { id } }',
    plan: rootFetch('query Q{me{id}}', {
      operationName: 'Q',
      variables: ['__proto__', 'n', 'absent', 'constructor'],
    }),
    variables,
    answers: [data({ me: null })],
  });
  assert.equal(
    result.calls[0]?.body,
    '{"query":"query Q{me{id}}","operationName":"Q","variables":{"__proto__":{"x":1},"n":null}}',
  );
});

test('a condition of the plan picks its branch', async () => {
  const plan = sequence(rootFetch('{me{__typename id}}'), {
    kind: 'condition',
    variable: 'old',
    whenTrue: entityFetch('me', ageOf),
    whenFalse: undefined,
  });
  const query = 'query($old: Boolean!) { me { id age @include(if: $old) } }';
  const answers = [data({ me: user('1') }), entities({ age: 9 })];
  assert.equal(
    (await ran({ schema, query, plan, answers, variables: { old: true } })).data,
    '{"me":{"id":"1","age":9}}',
  );
  const without = await ran({ schema, query, plan, answers, variables: { old: false } });
  assert.equal(without.data, '{"me":{"id":"1"}}');
  assert.equal(without.calls.length, 1);
});

test('mutations run one after the other', async () => {
  const log: string[] = [];
  const step = (name: string): FetchNode => rootFetch(`mutation{${name}}`, { operationKind: 'mutation' });
  const result = await ran({
    schema,
    query: 'mutation { a b c }',
    plan: sequence(step('a'), step('b'), step('c')),
    answers: async ({ body }) => {
      const name = /mutation\{(.)\}/.exec(body)?.[1] ?? '';
      log.push(`${name} starts`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${name} ends`);
      return name === 'b' ? '{"data":null,"errors":[{"message":"no","path":["b"]}]}' : data({ [name]: 1 });
    },
  });
  assert.deepEqual(log, ['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
  assert.equal(result.data, '{"a":1,"b":null,"c":1}');
  assert.deepEqual(result.errors[0]?.path, ['b']);
});

test('objects of abstract types are asked for their type where the plan forgot it', async () => {
  const result = await ran({
    schema,
    query: '{ medias { ... on Book { pages } } }',
    plan: rootFetch('{medias{...on Book{__typename pages}...F}} fragment F on Film{id}'),
    answers: [data({ medias: [{ __typename: 'Book', pages: 3 }] })],
  });
  assert.ok(result.calls[0]?.body.includes('{medias{__typename ...on Book{__typename pages}...F}}'));
  assert.equal(result.data, '{"medias":[{"pages":3}]}');
});
