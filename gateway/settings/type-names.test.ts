import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'graphql';
import { composedSupergraph } from '../../test/plan/composed-supergraph.ts';
import { parseConfig } from '../config/config.ts';
import { unknownTypes } from './type-names.ts';

const document = parse(
  composedSupergraph({
    catalog: `
      type Query { products(filter: Filter): [Product] any: Thing version: String since: Date }
      type Product @key(fields: "id") { id: ID! name: String }
      type Category { name: String }
      union Thing = Product | Category
      input Filter { name: String }
      scalar Date`,
    'user-reviews': `
      type Product @key(fields: "id") { id: ID! reviews: [Review] }
      type Review { body: String }`,
  }),
);

function unknownIn(subgraph: string, sdl = document) {
  const text = `response_cache: { subgraph: ${subgraph} }`;
  const loaded = parseConfig({ file: 'gateway.yaml', text }, '.', {});
  assert.ok(loaded.ok, loaded.ok ? '' : loaded.text);
  return unknownTypes(loaded.config, sdl).map(({ key, near }) => [key, near]);
}

test('times for types that are not there are told of, with the type that may be meant', () => {
  assert.deepEqual(
    unknownIn('{ all: { types: { Prodct: { ttl: 1m }, Product: { ttl: 1m }, Xylophone: { ttl: 1m } } } }'),
    [
      ['response_cache.subgraph.all.types.Prodct', 'Product'],
      ['response_cache.subgraph.all.types.Xylophone', undefined],
    ],
  );
});

test('under a subgraph its own types count, by the name that it has', () => {
  assert.deepEqual(
    unknownIn(`{ subgraphs: {
      catalog: { types: { Produckt: { ttl: 1m }, Category: { ttl: 1m }, Review: { ttl: 1m } } },
      user-reviews: { types: { Reviw: { ttl: 1m }, Review: { ttl: 1m }, Product: { ttl: 1m } } } } }`),
    [
      ['response_cache.subgraph.subgraphs.catalog.types.Produckt', 'Product'],
      ['response_cache.subgraph.subgraphs.catalog.types.Review', undefined],
      ['response_cache.subgraph.subgraphs.user-reviews.types.Reviw', 'Review'],
    ],
  );
});

test('whatever a root field may be is a type; inputs and types of the specifications are none', () => {
  const types = ['Thing', 'String', 'Date', 'Query', 'Filter', 'join__FieldSet', 'join__Graph'];
  const all = `{ types: { ${types.map((name) => `${name}: { ttl: 1m }`).join(', ')} } }`;
  assert.deepEqual(
    unknownIn(`{ all: ${all}, subgraphs: { catalog: ${all} } }`).map(([key]) => key),
    ['all', 'subgraphs.catalog'].flatMap((place) =>
      ['Filter', 'join__FieldSet', 'join__Graph'].map(
        (name) => `response_cache.subgraph.${place}.types.${name}`,
      ),
    ),
  );
});

test('a subgraph that is not there is told of by itself, and no time at all is none of it', () => {
  assert.deepEqual(unknownIn('{ subgraphs: { nobody: { types: { Produckt: { ttl: 1m } } } } }'), []);
  assert.deepEqual(unknownIn('{ subgraphs: { catalog: { ttl: 1m } } }'), []);
});

test('a type of which a supergraph does not say who has it may be anywhere', () => {
  const sdl = parse(`
    directive @join__graph(name: String!) on ENUM_VALUE
    enum join__Graph { ONE @join__graph(name: "one") TWO @join__graph(name: "two") }
    type Shared { a: Int }`);
  assert.deepEqual(
    unknownIn('{ subgraphs: { one: { types: { Shared: { ttl: 1m }, Shred: { ttl: 1m } } } } }', sdl),
    [['response_cache.subgraph.subgraphs.one.types.Shred', 'Shared']],
  );
});
