import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildASTSchema, Kind, parse, validate } from 'graphql';
import type { Operation, OperationHash } from '../model/operation.ts';
import { createCosts, mostCost } from './cost.ts';

const shop = `
  schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@listSize"]) { query: Query mutation: Mutation }
  directive @link(url: String!, import: [String]) on SCHEMA
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  type Query {
    one: Item
    many: [Item]
    assumed: [Item] @listSize(assumedSize: 3)
    first(first: Int = 4, last: Int): [Item] @listSize(assumedSize: 7, slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
    strict(first: Int, last: Int): [Item] @listSize(slicingArguments: ["first", "last"])
    byInput(input: PageInput): [Item] @listSize(assumedSize: 6, slicingArguments: ["input.page.first"], requireOneSlicingArgument: false)
    byIds(ids: [ID!]): [Item] @listSize(slicingArguments: ["ids"])
    page(first: Int): Page @listSize(slicingArguments: ["first"], sizedFields: ["nodes", "inner.nodes"])
    media: [Media] @listSize(assumedSize: 2)
    named: Named
    grid: [[Item]] @listSize(assumedSize: 2)
    search(text: String @cost(weight: 5), filter: Filter): Item
    colour: Colour
    stamp: Stamp
    dear: Item @cost(weight: 50)
  }
  type Mutation { change: Item }
  type Item implements Named { id: ID name: String next: Item children: [Item] @listSize(assumedSize: 2) price: Money heavy: Int @cost(weight: 9) }
  type Money @cost(weight: 4) { amount: Int }
  type Page { nodes: [Item] inner: Inner other: [Item] }
  type Inner { nodes: [Item] }
  type Film implements Named { id: ID name: String cast: [Item] @listSize(assumedSize: 20) }
  interface Named { id: ID name: String }
  union Media = Item | Film
  input PageInput { page: Slice = { first: 8 } }
  input Slice { first: Int = 5 }
  input Filter { kind: Colour, deep: Filter, tag: String @cost(weight: 2), tags: [String] @cost(weight: 3) }
  enum Colour @cost(weight: 2) { RED }
  scalar Stamp @cost(weight: 3)
`;

const document = parse(shop);
const schema = buildASTSchema(document);
const costs = createCosts(document, schema, { listSize: 10 });

function operation(text: string): Operation {
  const parsed = parse(text, { noLocation: true });
  assert.deepEqual(validate(schema, parsed), []);
  const [definition] = parsed.definitions;
  assert.ok(definition?.kind === Kind.OPERATION_DEFINITION);
  return { hash: text as OperationHash, text, document: parsed, name: undefined, kind: definition.operation };
}

for (const [what, text, variables, cost] of [
  ['a scalar is free, an object weighs 1', '{ one { id name } }', {}, 1],
  [
    '__typename and introspection are free',
    '{ __typename __schema { types { name } } one { __typename } }',
    {},
    1,
  ],
  ['a mutation weighs 10 more', 'mutation { change { id } }', {}, 11],
  ['a list without a rule has the usual length', '{ many { id } }', {}, 10],
  ['an assumed length', '{ assumed { id } }', {}, 3],
  ['lists multiply', '{ assumed { children { id } } }', {}, 3 * (1 + 2)],
  [
    'weights of a type, and of a field in its place',
    '{ one { price { amount } heavy } dear { id } }',
    {},
    1 + 4 + 9 + 50,
  ],
  ['enums and scalars with a weight', '{ colour stamp }', {}, 5],
  ['a slicing argument', '{ first(first: 20) { id } }', {}, 20],
  ['its default', '{ first { id } }', {}, 4],
  ['the larger of two', '{ first(first: 2, last: 30) { id } }', {}, 30],
  ['a slicing variable', 'query ($n: Int) { first(first: $n) { id } }', { n: 12 }, 12],
  [
    'a variable that is not given: the default of the argument',
    'query ($n: Int) { first(first: $n) { id } }',
    {},
    4,
  ],
  ['null: the assumed length', '{ first(first: null) { id } }', {}, 7],
  ['null as a variable: the assumed length', 'query ($n: Int) { first(first: $n) { id } }', { n: null }, 7],
  ['a negative length: the assumed one', '{ first(first: -5) { id } }', {}, 7],
  ['a negative length beside another: the larger', '{ first(first: -5, last: 2) { id } }', {}, 7],
  ['none', '{ first(first: 0) { id } }', {}, 0],
  ['a huge one', '{ first(first: 2147483647) { id } }', {}, 2_147_483_647],
  ['inside of an input object', '{ byInput(input: { page: { first: 9 } }) { id } }', {}, 9 + 2],
  ['inside of an input object, its defaults', '{ byInput(input: { page: {} }) { id } }', {}, 5 + 2],
  ['inside of an input object, the default of the outer one', '{ byInput(input: {}) { id } }', {}, 8 + 1],
  [
    'inside of a variable',
    'query ($i: PageInput) { byInput(input: $i) { id } }',
    { i: { page: { first: 11 } } },
    11 + 2,
  ],
  [
    'a variable inside of a literal',
    'query ($n: Int) { byInput(input: { page: { first: $n } }) { id } }',
    { n: 13 },
    13 + 2,
  ],
  ['no input object at all: the assumed length', '{ byInput { id } }', {}, 6],
  ['the length of a list argument', '{ byIds(ids: ["a", "b", "c"]) { id } }', {}, 3],
  ['the length of a list variable', 'query ($i: [ID!]) { byIds(ids: $i) { id } }', { i: ['a', 'b'] }, 2],
  [
    'sized fields, at any depth',
    '{ page(first: 6) { nodes { id } inner { nodes { id } } } }',
    {},
    1 + 6 + 1 + 6,
  ],
  ['another list beside sized fields', '{ page(first: 6) { other { id } } }', {}, 1 + 10],
  ['lists of lists: the usual length inside', '{ grid { id } }', {}, 20],
  [
    'the dearest type of a union',
    '{ media { ... on Item { id } ... on Film { cast { id } } } }',
    {},
    2 * (1 + 20),
  ],
  ['of an interface', '{ named { name ... on Item { price { amount } } } }', {}, 1 + 4],
  ['weights of arguments', '{ search(text: "x") { id } }', {}, 6],
  [
    'of input objects and their fields',
    '{ search(filter: { kind: RED, tag: "a", tags: ["b", "c"] }) { id } }',
    {},
    1 + 1 + 2 + 2 + 3 + 6,
  ],
  [
    'the same as a variable',
    'query ($f: Filter) { search(filter: $f) { id } }',
    { f: { kind: 'RED', tag: 'a', tags: ['b', 'c'] } },
    1 + 1 + 2 + 2 + 3 + 6,
  ],
  ['the same field twice counts once', '{ one { price { amount } } one { price { amount } id } }', {}, 5],
  ['under another name it counts again', '{ a: one { id } b: one { id } }', {}, 2],
  [
    'what is left out does not count',
    'query ($v: Boolean!) { one @include(if: $v) { id } dear @skip(if: $v) { id } }',
    { v: true },
    1,
  ],
  [
    'what is asked for does',
    'query ($v: Boolean!) { one @include(if: $v) { id } dear @skip(if: $v) { id } }',
    { v: false },
    50,
  ],
] as const) {
  test(`the estimate: ${what}`, () => {
    assert.equal(costs.of(operation(text)).estimate(variables).cost, cost);
  });
}

test('lists of huge lists stay a number', () => {
  const text = `{ first(first: 2147483647) { ${'next { '.repeat(3)} children { id } ${'} '.repeat(3)} } ${Array.from({ length: 40 }, (_, n) => `a${String(n)}: first(first: 2147483647) { children { children { children { id } } } }`).join(' ')} }`;
  const { cost } = costs.of(operation(text)).estimate({});
  assert.ok(Number.isFinite(cost) && cost <= mostCost && cost > 2_147_483_647);
});

for (const [what, text, variables, unsliced] of [
  ['none given', '{ strict { id } }', {}, ['Query.strict']],
  ['two given', '{ strict(first: 1, last: 1) { id } }', {}, ['Query.strict']],
  [
    'one given as a variable without a value',
    'query ($n: Int) { strict(first: $n) { id } }',
    {},
    ['Query.strict'],
  ],
  ['one', '{ strict(last: 1) { id } }', {}, []],
  ['one as a variable', 'query ($n: Int) { strict(first: $n) { id } }', { n: 1 }, []],
] as const) {
  test(`requireOneSlicingArgument: ${what}`, () => {
    assert.deepEqual(costs.of(operation(text)).estimate(variables).unsliced, unsliced);
  });
}

test('what an answer cost, by its data', () => {
  const cost = costs.of(
    operation(
      '{ many { id price { amount } children { heavy } } media { __typename ... on Film { cast { id } } } }',
    ),
  );
  const count = cost.counting((node) => (node.alias ?? node.name).value);
  const data = {
    many: [
      { id: 1, price: { amount: 1 }, children: [{ heavy: 1 }, null] },
      { id: 2, price: null, children: null },
    ],
    media: [{ __typename: 'Item' }, { __typename: 'Film', cast: [{}, {}] }],
  };
  assert.equal(count(data, {}), 1 + 4 + (1 + 9) + 1 + (1 + 1 + 2));
  assert.equal(count({ many: null }, {}), 0);
});

test('each field has its share, and the shares are the whole', () => {
  const { cost, parts } = costs
    .of(operation('{ dear { id } assumed { children { price { amount } } } }'))
    .shares({});
  assert.equal(cost, 50 + 3 * (1 + 2 * (1 + 4)));
  assert.deepEqual(
    parts.map(({ name, cost: share, items }) => [name, share, items]),
    [
      ['dear', 50, undefined],
      ['assumed', 33, 3],
    ],
  );
  assert.deepEqual(parts[1]?.parts[0]?.parts[0]?.cost, 3 * 2 * 4);
});

for (const [what, link, directive] of [
  [
    'imported under another name',
    '@link(url: "https://specs.apollo.dev/cost/v0.1", import: [{ name: "@cost", as: "@weight" }])',
    'weight',
  ],
  ['of a link with another name', '@link(url: "https://specs.apollo.dev/cost/v0.1", as: "price")', 'price'],
  ['without a link', '', 'cost'],
] as const) {
  test(`@cost ${what} is read`, () => {
    const sdl =
      parse(`schema ${link} { query: Query } directive @link(url: String!, as: String, import: [Any]) on SCHEMA
      scalar Any directive @${directive}(weight: Int!) on FIELD_DEFINITION type Query { a: Int @${directive}(weight: 7) }`);
    const own = createCosts(sdl, buildASTSchema(sdl, { assumeValid: true }), { listSize: 1 });
    assert.equal(own.of(unchecked('{ a }')).estimate({}).cost, 7);
  });
}

function unchecked(text: string): Operation {
  return { hash: text as OperationHash, text, document: parse(text), name: undefined, kind: 'query' };
}

test('fragments that double at each level are weighed once each, on many types too', () => {
  const levels = 30;
  const text = `{ media { ...f0 } } ${Array.from({ length: levels }, (_, n) => `fragment f${String(n)} on Item { a: next { ...f${String(n + 1)} } b: next { ...f${String(n + 1)} } c: children { ...f${String(n + 1)} } }`).join(' ')} fragment f${String(levels)} on Item { id }`;
  assert.equal(costs.of(operation(text)).estimate({}).cost, mostCost);
});
