import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildASTSchema, isInterfaceType, isObjectType, parse } from 'graphql';
import { accessRules } from '../authorize/access-rules.ts';
import { documentFacts } from './document-facts.ts';
import { tagHeader } from './http-headers.ts';
import { schemaFacts, type SchemaFacts } from './schema-facts.ts';

/** A supergraph as composition writes it, with what `more` adds to the types of the second subgraph. */
function factsOf(more = ''): SchemaFacts {
  const document = parse(`
    directive @join__graph(name: String!, url: String!) on ENUM_VALUE
    directive @join__type(graph: join__Graph!, key: String) repeatable on OBJECT | INTERFACE | UNION
    directive @join__field(graph: join__Graph) repeatable on FIELD_DEFINITION
    directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT
    directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION
    enum CacheControlScope { PUBLIC PRIVATE }
    enum join__Graph { A @join__graph(name: "a", url: "http://a") B @join__graph(name: "b", url: "http://b") }
    type Query @join__type(graph: A) @join__type(graph: B) {
      product: Product @join__field(graph: A) @cacheControl(maxAge: 60)
      plain: Product @join__field(graph: A)
      hinted: Hinted @join__field(graph: A)
      mine: Hinted @join__field(graph: A) @cacheControl(maxAge: 30, scope: PRIVATE)
      list: Page @join__field(graph: A) @cacheControl(maxAge: 20)
      number: Int @join__field(graph: A)
      secret: Hinted @join__field(graph: A) @requiresScopes(scopes: [["x"]])
      other: Int @join__field(graph: B) ${more}
    }
    type Product @join__type(graph: A, key: "id") { id: ID! price: Int @cacheControl(maxAge: 5) parts: [Product] }
    type Hinted @join__type(graph: A) @cacheControl(maxAge: 90) { id: ID! }
    type Page @join__type(graph: A) @cacheControl(inheritMaxAge: true) { nodes: [Hinted] }
  `);
  const accessDirectives = new Set(['requiresScopes']);
  return schemaFacts({ document, schema: buildASTSchema(document), accessDirectives });
}

const facts = factsOf();
const hint = (query: string) => documentFacts(facts, 'a', query).schemaHint;

const hints: readonly (readonly [what: string, query: string, expected: object])[] = [
  ['a field that says it', '{ product { id } }', { least: 60, complete: 60, isPrivate: false, isOwn: true }],
  [
    'the type, where the field is silent',
    '{ hinted { id } }',
    { least: 90, complete: 90, isPrivate: false, isOwn: true },
  ],
  ['the field before its type', '{ mine { id } }', { least: 30, complete: 30, isPrivate: true, isOwn: true }],
  [
    'the least of several',
    '{ product { id price } hinted { id } }',
    { least: 5, complete: 5, isPrivate: false, isOwn: true },
  ],
  ['nobody', '{ plain { id } }', { least: undefined, complete: undefined, isPrivate: false, isOwn: true }],
  [
    'nobody for a part: then the whole has none',
    '{ product { id } plain { id } }',
    { least: 60, complete: 0, isPrivate: false, isOwn: true },
  ],
  [
    'nobody for an object inside',
    '{ product { parts { id } } }',
    { least: 60, complete: 0, isPrivate: false, isOwn: true },
  ],
  [
    'a type that inherits',
    '{ list { nodes { id } } }',
    { least: 20, complete: 20, isPrivate: false, isOwn: true },
  ],
  [
    'nobody for a root field of a scalar',
    '{ product { id } number }',
    { least: 60, complete: 0, isPrivate: false, isOwn: true },
  ],
  [
    'the type of an entity',
    'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Product { price } } }',
    { least: 5, complete: 0, isPrivate: false, isOwn: true },
  ],
];
for (const [what, query, expected] of hints) {
  test(`@cacheControl: the time of ${what}`, () => {
    assert.deepEqual(hint(query), expected);
  });
}

test('what access directives guard is known, whatever it is called', () => {
  assert.equal(documentFacts(facts, 'a', '{ innocent: secret { id } }').isProtected, true);
  assert.equal(documentFacts(facts, 'a', '{ secret: hinted { id } }').isProtected, false);
});

/** Rules that stand on an interface alone, as older compositions leave them there. */
const guarded = parse(`
  directive @join__graph(name: String!, url: String!) on ENUM_VALUE
  directive @join__type(graph: join__Graph!, key: String) repeatable on OBJECT | INTERFACE | UNION
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE
  enum join__Graph { A @join__graph(name: "a", url: "http://a") }
  type Query @join__type(graph: A) { book: Book item: Item shelf: Shelf vault: Vault any: Any free: Free }
  interface Item @join__type(graph: A) { id: ID! secret: String @requiresScopes(scopes: [["x"]]) }
  interface Locked @join__type(graph: A) @requiresScopes(scopes: [["x"]]) { id: ID! }
  type Book implements Item @join__type(graph: A, key: "id") { id: ID! secret: String }
  type Vault implements Locked & Item @join__type(graph: A, key: "id") { id: ID! secret: String }
  union Any @join__type(graph: A) = Vault | Free
  type Shelf @join__type(graph: A) { books: [Book] vaults: [Vault] }
  type Free @join__type(graph: A) { id: ID! }
`);

const entitiesOf = (type: string, field: string): string =>
  `query($representations:[_Any!]!){_entities(representations:$representations){...on ${type}{${field}}}}`;

test('an access rule on an interface guards what implements it, as it does where rules are enforced', () => {
  const schema = buildASTSchema(guarded);
  const accessDirectives = new Set(['requiresScopes']);
  const own = schemaFacts({ document: guarded, schema, accessDirectives });
  const isProtected = (text: string) => documentFacts(own, 'a', text).isProtected;
  const rules = accessRules(guarded, schema);
  assert.equal(isProtected('{item{id ...on Book{secret}}}'), true);
  assert.equal(isProtected('{shelf{books{id}}}'), false);
  assert.equal(isProtected('{any{__typename}}'), true);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(isObjectType(type) || isInterfaceType(type)) || type.name.startsWith('__')) continue;
    for (const field of Object.keys(type.getFields())) {
      const text: string = type.name === 'Query' ? `{${field}{__typename}}` : entitiesOf(type.name, field);
      const isEnforced = rules.requirementOf(type.name, field).size > 0;
      if (isEnforced) assert.equal(isProtected(text), true, `${type.name}.${field}`);
    }
  }
  assert.equal(isProtected(entitiesOf('Book', 'secret')), true);
  assert.equal(isProtected(entitiesOf('Book', 'id')), false);
  assert.equal(isProtected(entitiesOf('Vault', 'id')), true);
});

test('a key changes with the schema of its own subgraph alone, and not with the name of the operation', () => {
  const changed = factsOf('@cacheControl(maxAge: 1)');
  const id = (from: SchemaFacts, subgraph: string, query: string) => documentFacts(from, subgraph, query).id;
  assert.equal(id(facts, 'a', '{ hinted { id } }'), id(changed, 'a', '{ hinted { id } }'));
  assert.notEqual(id(facts, 'b', '{ other }'), id(changed, 'b', '{ other }'));
  assert.equal(id(facts, 'a', 'query One { hinted { id } }'), id(facts, 'a', 'query Two { hinted { id } }'));
  assert.notEqual(id(facts, 'a', '{ hinted { id } }'), id(facts, 'a', '{ mine { id } }'));
});

test('tags for networks: by comma or by space, never cut within one, types before all', () => {
  const tags = [
    's:goods',
    't:goods:Product',
    'e:goods:Product:id=["1"]',
    'c:goods:page-1',
    'c:goods:two words',
  ];
  assert.deepEqual(tagHeader('Cache-Tag', tags), { 'cache-tag': 'goods,goods.Product,page-1' });
  assert.deepEqual(tagHeader('Surrogate-Key', tags), { 'surrogate-key': 'goods goods.Product page-1' });
  const many = Array.from({ length: 3_000 }, (_, at) => `c:goods:tag-${String(at)}`);
  assert.deepEqual(tagHeader('Cache-Tag', [...tags, ...many]), { 'cache-tag': 'goods,goods.Product' });
  assert.deepEqual(tagHeader('Cache-Tag', []), {});
  const odd = ['c:goods:a,b', 'c:goods:a b', 'c:goods:ü'];
  assert.deepEqual(tagHeader('Cache-Tag', ['s:goods', ...odd]), { 'cache-tag': 'goods' });
  assert.deepEqual(tagHeader('xkey', ['s:goods', ...odd]), { xkey: 'goods a,b' });
});
