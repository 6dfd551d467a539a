import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildASTSchema, parse } from 'graphql';
import { dropLog, tagsText } from './drop-log.ts';
import { schemaFacts, type SchemaFacts } from './schema-facts.ts';

/** A supergraph of one subgraph with these types, each an entity by its id. */
function factsOf(...types: readonly string[]): SchemaFacts {
  const document = parse(`
    directive @join__graph(name: String!, url: String!) on ENUM_VALUE
    directive @join__type(graph: join__Graph!, key: String) repeatable on OBJECT
    enum join__Graph { GOODS @join__graph(name: "goods", url: "http://goods") }
    type Query @join__type(graph: GOODS) { one: String }
    ${types.map((type) => `type ${type} @join__type(graph: GOODS, key: "id") { id: ID! }`).join('\n')}
  `);
  return schemaFacts({ document, schema: buildASTSchema(document), accessDirectives: new Set() });
}

/** A log of drops, and what became of what was read. */
function stage() {
  const done: string[] = [];
  const log = dropLog({
    drop: (tags, position) => done.push(`${String(position)} ${tags.join(' ')}`),
    forgetBefore: (position) => done.push(`all before ${String(position)}`),
    onStrange: (problem) => done.push(`strange: ${problem}`),
  });
  return { log, done };
}

const dropOf = (type: string) => ({ kind: 'type', subgraph: 'goods', type });
const event = (...types: readonly string[]): string => JSON.stringify(types.map(dropOf));

test('tags are dropped at once, with and without a schema', () => {
  const { log, done } = stage();
  log.read(tagsText(['t:goods:Product']), 1);
  log.serve(factsOf('Product'));
  log.read(tagsText(['t:goods:Product', 's:goods']), 2);
  assert.deepEqual(done, ['1 t:goods:Product', '2 t:goods:Product s:goods']);
});

test('events that came before the first schema are understood with it, and only once', () => {
  const { log, done } = stage();
  log.read(event('Product'), 1);
  log.read(event('Product'), 2);
  assert.equal(done.length, 0);
  log.serve(factsOf('Product'));
  log.serve(factsOf('Product', 'Review'));
  assert.deepEqual(done, ['1 t:goods:Product', '2 t:goods:Product']);
});

test('an event that this schema does not know is told, and understood by the next one', () => {
  const { log, done } = stage();
  log.serve(factsOf('Product'));
  log.read(event('Review'), 7);
  const [told, ...more] = done.splice(0);
  assert.match(told ?? '', /^strange: .*no type "Review"/);
  assert.deepEqual(more, []);
  log.serve(factsOf('Product', 'Review'));
  assert.deepEqual(done, ['7 t:goods:Review']);
});

test('one invalidation that nobody understands keeps none of its neighbours from being dropped', () => {
  const { log, done } = stage();
  log.serve(factsOf('Product'));
  log.read(event('Review', 'Product'), 3);
  assert.deepEqual(done.slice(1), ['3 t:goods:Product']);
});

test('more than can be remembered: what is as old as those without room is forgotten with the next schema', () => {
  const { log, done } = stage();
  for (let position = 1; position <= 10_002; position += 1) log.read(event('Product'), position);
  assert.equal(done.length, 0);
  log.serve(factsOf('Product'));
  assert.deepEqual(
    [done.length, ...done.slice(0, 2), done.at(-1)],
    [10_001, 'all before 2', '3 t:goods:Product', '10002 t:goods:Product'],
  );
  log.serve(factsOf('Product'));
  assert.equal(done.length, 10_001, 'and only once');
});

test('one that is too long to be remembered: what is as old as it is forgotten with the next schema', () => {
  const { log, done } = stage();
  const key = { id: 'x'.repeat(10_000) };
  log.read(JSON.stringify([{ kind: 'entity', subgraph: 'goods', type: 'Product', key }]), 1);
  log.read(event('Product'), 2);
  log.serve(factsOf('Product'));
  assert.deepEqual(done, ['all before 1', '2 t:goods:Product']);
});

for (const [what, text] of [
  ['nothing', ''],
  ['garbage', 'garbage'],
  ['half of an event', event('Product').slice(0, 20)],
  ['one invalidation without a list', JSON.stringify(dropOf('Product'))],
  ['tags that are no list', '{"tags":"t:goods:Product"}'],
  ['null', 'null'],
] as const) {
  test(`${what} in the log drops nothing and is told, with and without a schema`, () => {
    const { log, done } = stage();
    log.read(text, 1);
    log.serve(factsOf('Product'));
    log.read(text, 2);
    assert.deepEqual(done, Array(2).fill('strange: neither tags nor an array of invalidations'));
  });
}

test('an invalidation of no known kind is told, and again with each schema', () => {
  const { log, done } = stage();
  log.read('[{"kind":"everything"}]', 1);
  assert.equal(done.length, 0, 'a newer gateway may know it');
  log.serve(factsOf('Product'));
  log.serve(factsOf('Product'));
  assert.deepEqual(
    done.map((line) => line.slice(0, 8)),
    ['strange:', 'strange:'],
  );
});

test('of tags, what is no text is left out', () => {
  const { log, done } = stage();
  log.read('{"tags":["s:goods",1,null,{"a":1}]}', 4);
  assert.deepEqual(done, ['4 s:goods']);
});
