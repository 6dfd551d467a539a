import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema } from 'graphql';
import { completeness } from './complete-values.ts';

const schema = buildSchema(`
type Query { product: Product products: [[Product!]]! pet: Pet named: Named json: Json }
type Product implements Named { id: ID! name: String tags: [String!] maker: Maker! }
type Maker { name: String! }
interface Named { name: String }
type Dog implements Named { name: String barks: Boolean! }
type Cat implements Named { name: String meows: Boolean! }
union Pet = Dog | Cat
scalar Json
`);
const entities = (selection: string) =>
  `query($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`;

type Case = readonly [what: string, document: string, value: object, isComplete: boolean, type?: string];
const cases: readonly Case[] = [
  ['all of it', '{ product { id } }', { product: { id: '1' } }, true],
  ['null where it may be', '{ product { id name } }', { product: { id: '1', name: null } }, true],
  ['no product at all', '{ product { id } }', { product: null }, true],
  ['nothing', '{ product { id } }', {}, false],
  ['nothing in an object', '{ product { id } }', { product: {} }, false],
  ['null where it may not be', '{ product { id } }', { product: { id: null } }, false],
  ['no maker', '{ product { maker { name } } }', { product: { maker: null } }, false],
  ['a maker without a name', '{ product { maker { name } } }', { product: { maker: {} } }, false],
  ['a name that is inherited', '{ p: product { toString: name } }', { p: {} }, false],
  ['another name', '{ p: product { id } }', { product: { id: '1' } }, false],
  ['an alias', '{ p: product { key: id } }', { p: { key: '1' } }, true],
  ['no object', '{ product { id } }', { product: 'x' }, false],
  ['no type', '{ product { __typename id } }', { product: { id: '1' } }, false],
  ['a list of lists', '{ products { id } }', { products: [[{ id: '1' }], null] }, true],
  ['null in a list', '{ products { id } }', { products: [[{ id: '1' }, null]] }, false],
  ['a part in a list', '{ products { id } }', { products: [[{ id: '1' }, {}]] }, false],
  ['no list', '{ products { id } }', { products: { id: '1' } }, false],
  ['null for a list', '{ products { id } }', { products: null }, false],
  ['null among tags', '{ product { tags } }', { product: { tags: [null] } }, false],
  ['any JSON', '{ json }', { json: { a: null } }, true],
  [
    'what is skipped',
    'query($a: Boolean!) { product { id name @skip(if: $a) } }',
    { product: { id: '1' } },
    true,
  ],
  ['what is left out', '{ product { id ... @include(if: false) { name } } }', { product: { id: '1' } }, true],
  ['a part of what may be skipped', '{ product @skip(if: false) { id } }', { product: {} }, false],
  ['a fragment', '{ product { ...F } } fragment F on Product { id }', { product: {} }, false],
  [
    'another type\u2019s fields',
    '{ pet { __typename ... on Dog { barks } ... on Cat { meows } } }',
    { pet: { __typename: 'Cat', meows: true } },
    true,
  ],
  [
    'its own type\u2019s fields',
    '{ pet { __typename ... on Dog { barks } ... on Cat { meows } } }',
    { pet: { __typename: 'Cat', barks: true } },
    false,
  ],
  ['a type that is not told', '{ pet { ... on Dog { barks } } }', { pet: {} }, true],
  [
    'an interface\u2019s fields',
    '{ named { __typename ... on Named { name } } }',
    { named: { __typename: 'Dog' } },
    false,
  ],
  ['what the schema does not know', '{ other { id } }', { other: {} }, true],
  ['what the schema does not know, missing', '{ other { id } }', {}, false],
  ['an entity', entities('... on Product { name }'), { name: null }, true, 'Product'],
  ['nothing of an entity', entities('... on Product { name }'), {}, false, 'Product'],
  [
    'another entity',
    entities('... on Product { name } ... on Maker { name }'),
    { name: null },
    false,
    'Maker',
  ],
  ['an entity of an interface', entities('... on Named { name }'), {}, false, 'Dog'],
  ['an interface that is an object there', entities('... on Named { name }'), {}, false, 'Named'],
];
for (const [what, document, value, isComplete, type = 'Query'] of cases) {
  test(`${what}: ${isComplete ? 'complete' : 'not complete'}`, () => {
    assert.equal(completeness(schema, document)(value, type), isComplete);
  });
}
