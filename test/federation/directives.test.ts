import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { federation, type RunOptions, type SubgraphParts } from '../execute/federation.ts';
import { splitShop } from '../execute/shop.ts';

const names = [
  '@key', '@requires', '@external', '@provides', '@shareable', '@override', '@interfaceObject', '@inaccessible',
  '@context', '@fromContext',
]; // prettier-ignore

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(names)})`;

type Value = Record<string, unknown>;

/** A subgraph whose root fields answer with the given values, and whose types are resolved by functions. */
function subgraph(
  sdl: string,
  roots: Value = {},
  types: Record<string, Record<string, unknown>> = {},
): SubgraphParts {
  const Query = Object.fromEntries(Object.entries(roots).map(([name, value]) => [name, () => value]));
  return {
    sdl: `${link}\n${sdl}`,
    resolvers: { ...(Object.keys(Query).length > 0 ? { Query } : {}), ...types },
  };
}

/** Finds an entity among values by the fields a representation has of one of the keys. */
const found =
  (values: readonly Value[], ...keys: readonly string[]) =>
  (reference: Value): Value | null => {
    const key = keys.find((name) => reference[name] !== undefined);
    if (key === undefined) throw new Error(`A reference without a key: ${JSON.stringify(reference)}`);
    const text = JSON.stringify(reference[key]);
    return values.find((value) => JSON.stringify(value[key]) === text) ?? null;
  };

const same = (reference: Value): Value => reference;

interface Rule {
  readonly title: string;
  readonly parts: Readonly<Record<string, SubgraphParts>>;
  readonly asked: readonly (readonly [query: string, data: unknown, options?: RunOptions])[];
}

const rules: readonly Rule[] = [
  {
    title: 'a nested key leads to another subgraph',
    parts: {
      a: subgraph(
        'type Query { p: P } type P @key(fields: "at { x y }") { at: At name: String } type At @shareable { x: Int y: Int }',
        { p: { at: { x: 1, y: 2 }, name: 'n' } },
      ),
      b: subgraph(
        'type P @key(fields: "at { x y }") { at: At size: Int } type At @shareable { x: Int y: Int }',
        {},
        { P: { __resolveReference: found([{ at: { x: 1, y: 2 }, size: 7 }], 'at') } },
      ),
    },
    asked: [
      ['{ p { size } }', { p: { size: 7 } }],
      ['{ p { at { y } size name } }', { p: { at: { y: 2 }, size: 7, name: 'n' } }],
    ],
  },
  {
    title: 'a key that two subgraphs do not share is found through a third, which has both',
    parts: {
      a: subgraph('type Query { u: U } type U @key(fields: "id") { id: ID! }', { u: { id: '1' } }),
      b: subgraph(
        'type U @key(fields: "id") @key(fields: "mail") { id: ID! mail: String! }',
        {},
        { U: { __resolveReference: found([{ id: '1', mail: 'm' }], 'id', 'mail') } },
      ),
      c: subgraph(
        'type U @key(fields: "mail") { mail: String! level: Int }',
        {},
        { U: { __resolveReference: found([{ mail: 'm', level: 3 }], 'mail') } },
      ),
    },
    asked: [['{ u { level } }', { u: { level: 3 } }]],
  },
  {
    title: 'fields that require one input with different arguments each get their own',
    parts: {
      a: subgraph(
        'type Query { p: P } type P @key(fields: "id") { id: ID! price(currency: String!): Int }',
        { p: { id: '1' } },
        {
          P: {
            __resolveReference: same,
            price: (_: unknown, { currency }: { currency: string }) => ({ USD: 1, EUR: 2, YEN: 3 })[currency],
          },
        },
      ),
      b: subgraph(
        `type P @key(fields: "id") { id: ID! price(currency: String!): Int @external
          usd: String @requires(fields: "price(currency: \\"USD\\")") eur: String @requires(fields: "price(currency: \\"EUR\\")") }`,
        {},
        {
          P: {
            __resolveReference: same,
            usd: ({ price }: Value) => `${String(price)}$`,
            eur: ({ price }: Value) => `${String(price)}€`,
          },
        },
      ),
    },
    asked: [
      ['{ p { usd eur } }', { p: { usd: '1$', eur: '2€' } }],
      ['{ p { eur price(currency: "YEN") usd } }', { p: { eur: '2€', price: 3, usd: '1$' } }],
    ],
  },
  {
    title: 'what a required field itself requires is there before it',
    parts: {
      a: subgraph(
        'type Query { t: T } type T @key(fields: "id") { id: ID! one: Int @external two: Int @requires(fields: "one") }',
        { t: { id: '1' } },
        { T: { __resolveReference: same, two: ({ one }: Value) => Number(one) * 2 } },
      ),
      b: subgraph(
        'type T @key(fields: "id") { id: ID! one: Int }',
        {},
        {
          T: { __resolveReference: same, one: () => 5 },
        },
      ),
      c: subgraph(
        'type T @key(fields: "id") { id: ID! two: Int @external three: Int @requires(fields: "two") }',
        {},
        { T: { __resolveReference: same, three: ({ two }: Value) => Number(two) + 1 } },
      ),
    },
    asked: [
      ['{ t { three } }', { t: { three: 11 } }],
      ['{ t { three two one } }', { t: { three: 11, two: 10, one: 5 } }],
    ],
  },
  {
    title: 'a field is not lost with a skipped one that shares its fetch and its inputs',
    parts: {
      a: subgraph(
        'type Query { t: T } type T @key(fields: "id") { id: ID! one: Int }',
        { t: { id: '1', one: 1 } },
        { T: { __resolveReference: () => ({ id: '1', one: 1 }) } },
      ),
      b: subgraph(
        'type T @key(fields: "id") { id: ID! one: Int @external two: Int @requires(fields: "one") three: Int }',
        {},
        { T: { __resolveReference: same, two: ({ one }: Value) => Number(one) + 1, three: () => 3 } },
      ),
    },
    asked: [
      [
        'query ($no: Boolean!) { t { two @include(if: $no) three } }',
        { t: { three: 3 } },
        { variables: { no: false } },
      ],
      [
        'query ($no: Boolean!) { t @include(if: $no) { id } t { two three } }',
        { t: { two: 2, three: 3 } },
        { variables: { no: false } },
      ],
    ],
  },
  {
    title: '@override takes a field from another subgraph',
    parts: {
      a: subgraph(
        'type Query { t: T } type T @key(fields: "id") { id: ID! f: String }',
        { t: { id: '1', f: 'old' } },
        { T: { __resolveReference: () => ({ id: '1', f: 'old' }) } },
      ),
      b: subgraph(
        'type T @key(fields: "id") { id: ID! f: String @override(from: "a") }',
        {},
        {
          T: { __resolveReference: () => ({ id: '1', f: 'new' }) },
        },
      ),
    },
    asked: [['{ t { f } }', { t: { f: 'new' } }]],
  },
  {
    title: 'a progressive @override takes a field while its label holds',
    parts: {
      a: subgraph('type Query { t: T } type T @key(fields: "id") { id: ID! f: String g: String }', {
        t: { id: '1', f: 'old', g: 'old' },
      }),
      b: subgraph(
        `type T @key(fields: "id") { id: ID! f: String @override(from: "a", label: "percent(25)")
          g: String @override(from: "a", label: "team:flag") }`,
        {},
        { T: { __resolveReference: () => ({ id: '1', f: 'new', g: 'new' }) } },
      ),
    },
    asked: [
      ['{ t { f g } }', { t: { f: 'old', g: 'old' } }],
      ['{ t { f g } }', { t: { f: 'new', g: 'old' } }, { labels: ['percent(25)'] }],
      ['{ t { f g } }', { t: { f: 'old', g: 'new' } }, { labels: ['team:flag'] }],
    ],
  },
  {
    title: 'a union has in each subgraph only the members that are known there',
    parts: {
      a: subgraph(
        'type Query { any: [U] } union U = X | Y type X @key(fields: "id") { id: ID! } type Y @shareable { y: Int }',
        { any: [{ __typename: 'X', id: '1' }, { __typename: 'Y', y: 2 }, null] },
      ),
      b: subgraph(
        'type Query { more: U } union U = X | Z type X @key(fields: "id") { id: ID! x: Int } type Z { z: Int }',
        { more: { __typename: 'Z', z: 3 } },
        { X: { __resolveReference: () => ({ id: '1', x: 1 }) } },
      ),
    },
    asked: [
      [
        '{ any { ...U } more { ...U } } fragment U on U { ... on Z { z } ... on X { x } ... on Y { y } __typename }',
        {
          any: [{ x: 1, __typename: 'X' }, { y: 2, __typename: 'Y' }, null],
          more: { z: 3, __typename: 'Z' },
        },
      ],
    ],
  },
  {
    title: 'a hidden field is a key and an input, but no answer',
    parts: {
      a: subgraph(
        'type Query { t: T } type T @key(fields: "secret") { secret: ID! @inaccessible one: Int @inaccessible }',
        { t: { secret: 's', one: 4 } },
      ),
      b: subgraph(
        'type T @key(fields: "secret") { secret: ID! one: Int @external two: Int @requires(fields: "one") }',
        {},
        { T: { __resolveReference: same, two: ({ secret, one }: Value) => (secret === 's' ? one : null) } },
      ),
    },
    asked: [['{ t { two secret: two } }', { t: { two: 4, secret: 4 } }]],
  },
  {
    title:
      'an interface object gives what needs no input also where the input of another field is not asked for',
    parts: {
      a: subgraph(
        `type Query { all: [I!]! } interface I @key(fields: "id") { id: ID! name: String }
          type X implements I @key(fields: "id") { id: ID! name: String } type Y implements I @key(fields: "id") { id: ID! name: String }`,
        {
          all: [
            { __typename: 'X', id: '1', name: 'x' },
            { __typename: 'Y', id: '2', name: 'y' },
          ],
        },
      ),
      b: subgraph(
        `type I @interfaceObject @key(fields: "id") { id: ID! size: Int name: String @external loud: String @requires(fields: "name") }`,
        {},
        {
          I: {
            __resolveReference: same,
            size: ({ id }: Value) => Number(id),
            loud: ({ name }: Value) => String(name).toUpperCase(),
          },
        },
      ),
    },
    asked: [
      ['{ all { size ... on X { loud } } }', { all: [{ size: 1, loud: 'X' }, { size: 2 }] }],
      [
        '{ all { size loud } }',
        {
          all: [
            { size: 1, loud: 'X' },
            { size: 2, loud: 'Y' },
          ],
        },
      ],
    ],
  },
  {
    title: 'what an interface object requires of one type is not sent for others, of which no key is known',
    parts: {
      a: subgraph(
        `type Query { all: [I!]! } interface I @key(fields: "id") { id: ID! name: String }
          type X implements I @key(fields: "id") { id: ID! name: String } type Y implements I @key(fields: "id") { id: ID! name: String }`,
        {
          all: [
            { __typename: 'X', id: '1', name: 'x' },
            { __typename: 'Y', id: '2', name: 'y' },
          ],
        },
      ),
      b: subgraph(
        `type I @interfaceObject @key(fields: "id") { id: ID! size: Int name: String @external loud: String @requires(fields: "name") }`,
        {},
        {
          I: {
            __resolveReference: same,
            size: ({ id }: Value) => Number(id),
            loud: ({ name }: Value) => String(name).toUpperCase(),
          },
        },
      ),
    },
    asked: [
      ['{ all { ... on X { size loud } } }', { all: [{ size: 1, loud: 'X' }, {}] }],
      ['{ all { name ... on X { loud } } }', { all: [{ name: 'x', loud: 'X' }, { name: 'y' }] }],
    ],
  },
  {
    title: 'fragments that exclude each other ask for no type of an interface object',
    parts: {
      a: subgraph(
        `interface I @key(fields: "id") { id: ID! } union U = Y
          type X implements I @key(fields: "id") { id: ID! } type Y implements I @key(fields: "id") { id: ID! }`,
      ),
      b: subgraph(
        'type Query { all: [I] } type I @interfaceObject @key(fields: "id") { id: ID! size: Int }',
        { all: [{ id: '1', size: 1 }] },
      ),
      c: subgraph('type X @key(fields: "id") { id: ID! } union U = X'),
    },
    asked: [['{ all { ... on X { ... on U { ... on Y { size } } } size } }', { all: [{ size: 1 }] }]],
  },
  {
    title: 'a context value of an ancestor reaches the argument that asks for it',
    parts: {
      a: subgraph(
        `type Query { people: [Person] } type Person @key(fields: "id") @context(name: "person") { id: ID! locale: String! city: City }
          type City @key(fields: "id") { id: ID! label(locale: String @fromContext(field: "$person { locale }")): String }`,
        {
          people: [
            { id: '1', locale: 'de', city: { id: 'c' } },
            { id: '2', locale: 'fr', city: { id: 'c' } },
          ],
        },
        {
          City: {
            __resolveReference: same,
            label: ({ id }: Value, { locale }: Value) => `${String(id)}-${String(locale)}`,
          },
        },
      ),
    },
    asked: [
      [
        '{ people { city { label } } }',
        { people: [{ city: { label: 'c-de' } }, { city: { label: 'c-fr' } }] },
      ],
    ],
  },
];

for (const { title, parts, asked } of rules) {
  describe(title, () => {
    const graph = federation(parts);
    for (const [query, data, options = {}] of asked) {
      test(`${query} ${JSON.stringify(options)}`, async () => {
        for (const plainRuns of [0, 5]) {
          const result = await graph.run(query, { ...options, settings: { plainRuns } });
          assert.equal(result.text, JSON.stringify(data));
          assert.deepEqual([result.errors, result.valueCompletion], [[], []]);
        }
      });
    }
  });
}

test('what a field provides is not fetched again', async () => {
  const graph = federation({
    a: subgraph(
      'type Query { r: R } type R { user: U @provides(fields: "name") } type U @key(fields: "id") { id: ID! name: String @external }',
      { r: { user: { id: '1', name: 'n' } } },
    ),
    b: subgraph(
      'type U @key(fields: "id") { id: ID! name: String @shareable age: Int }',
      {},
      {
        U: { __resolveReference: () => ({ id: '1', name: 'n', age: 5 }) },
      },
    ),
  });
  assert.equal((await graph.run('{ r { user { name } } }')).text, '{"r":{"user":{"name":"n"}}}');
  assert.equal(graph.calls.length, 1);
  assert.equal((await graph.run('{ r { user { age name } } }')).text, '{"r":{"user":{"age":5,"name":"n"}}}');
  assert.equal(graph.calls.length, 2);
});

test('a shared field is taken from where the rest is', async () => {
  const part = 'type T @key(fields: "id") { id: ID! name: String @shareable';
  const graph = federation({
    a: subgraph(`type Query { a: T } ${part} }`, { a: { id: '1', name: 'n' } }),
    b: subgraph(
      `type Query { b: T } ${part} age: Int }`,
      { b: { id: '1', name: 'n', age: 2 } },
      {
        T: { __resolveReference: () => ({ id: '1', name: 'n', age: 2 }) },
      },
    ),
  });
  assert.equal((await graph.run('{ a { name } }')).text, '{"a":{"name":"n"}}');
  assert.equal((await graph.run('{ b { name age } }')).text, '{"b":{"name":"n","age":2}}');
  assert.deepEqual(
    graph.calls.map((call) => call.subgraph),
    ['b'],
  );
});

test('a hidden enum value is null for clients, and that is said', async () => {
  const graph = federation({
    a: subgraph('type Query { all: [E] one: E! } enum E { A B @inaccessible }', {
      all: ['A', 'B'],
      one: 'A',
    }),
  });
  const result = await graph.run('{ all one }');
  assert.equal(result.text, '{"all":["A",null],"one":"A"}');
  assert.deepEqual(
    result.valueCompletion.map(({ path }) => path),
    [['all', 1]],
  );
});

test('mutations run one after the other, whichever subgraphs they are in, with what hangs on each', async () => {
  const log: string[] = [];
  const logged = (name: string) => async () => {
    await new Promise((resolve) => setImmediate(resolve));
    log.push(name);
    return { id: name };
  };
  const part = (name: string, other: string): SubgraphParts =>
    subgraph(
      `type Query { ${name}: Int } type Mutation { ${name}1: T ${name}2: T } type T @key(fields: "id") { id: ID! ${name}At: Int }`,
      {},
      {
        Mutation: { [`${name}1`]: logged(`${name}1`), [`${name}2`]: logged(`${name}2`) },
        T: {
          __resolveReference: same,
          [`${name}At`]: ({ id }: Value) => log.push(`${name} of ${String(id)} (${other})`),
        },
      },
    );
  const graph = federation({ a: part('a', 'b'), b: part('b', 'a') });
  const result = await graph.run('mutation { b1 { aAt } a2 { id bAt } a1 { aAt } b2 { id } }');
  assert.deepEqual(log, ['b1', 'a of b1 (b)', 'a2', 'b of a2 (a)', 'a1', 'a of a1 (b)', 'b2']);
  assert.deepEqual(result.data, {
    b1: { aAt: 2 },
    a2: { id: 'a2', bAt: 4 },
    a1: { aAt: 6 },
    b2: { id: 'b2' },
  });
});

describe('an interface object', () => {
  const shop = splitShop();
  for (const [query, data] of [
    [
      '{ medias { id ... on Book { __typename rating } } }',
      {
        medias: [
          { id: 'm1', __typename: 'Book', rating: 4.5 },
          { id: 'm2', __typename: 'Book', rating: 0 },
          { id: 'm3' },
        ],
      },
    ],
    [
      '{ topReviews(first: 3) { media { __typename rating ... on Film { minutes } } } }',
      {
        topReviews: [
          { media: { __typename: 'Book', rating: 4.5 } },
          { media: { __typename: 'Book', rating: 0 } },
          { media: { __typename: 'Film', rating: null, minutes: 90 } },
        ],
      },
    ],
    ['{ topReviews(first: 1) { media { rating } } }', { topReviews: [{ media: { rating: 4.5 } }] }],
  ] as const) {
    test(`answers ${query}`, async () => {
      const result = await shop.run(query);
      assert.equal(result.text, JSON.stringify(data));
      assert.deepEqual([result.errors, result.valueCompletion], [[], []]);
    });
  }

  test('of a type that could not be found out is null where that matters, and only there', async () => {
    const options: RunOptions = {
      caller: (call, context) =>
        call.subgraph === 'catalog'
          ? Promise.resolve({ kind: 'answered', data: null, errors: [{ message: 'Down.', path: undefined, extensions: undefined }], headers: {}, mayNeedEscape: false })
          : shop.caller(call, context),
    }; // prettier-ignore
    const result = await shop.run(
      '{ topReviews(first: 1) { media { rating } other: media { rating ... on Film { minutes } } } }',
      options,
    );
    assert.equal(result.text, '{"topReviews":[{"media":{"rating":4.5},"other":null}]}');
    assert.equal(result.errors[0]?.message, 'Down.');
  });
});
