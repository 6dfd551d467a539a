import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composedSupergraph } from '../../test/plan/composed-supergraph.ts';
import type { EntityPath, FetchNode, Plan, PlanNode, RequiredSelection } from '../model/plan.ts';
import { apolloPlanner, type PlanOperation, Unplannable } from './apollo-planner.ts';
import { fetchesOf } from './plan-nodes.ts';
import { loadSupergraph } from './supergraph.ts';

type Subgraphs = Readonly<Record<string, string>>;

function planner(subgraphs: Subgraphs): PlanOperation {
  const enforced = new Set(['authenticated', 'requiresScopes', 'policy', 'context', 'cacheTag']);
  const result = loadSupergraph(composedSupergraph(subgraphs), { enforced });
  assert.ok(result.kind === 'loaded', JSON.stringify(result));
  return apolloPlanner(result.supergraph.plannerSdl);
}

function planned(subgraphs: Subgraphs, text: string, labels: readonly string[] = []): Plan {
  return planner(subgraphs)({ text, labels });
}

/** A plan as lines: what is asked where, of which entities, with what representation. */
function outline(node: PlanNode | undefined, indent = ''): readonly string[] {
  switch (node?.kind) {
    case undefined:
      return [];
    case 'fetch':
      return [indent + fetchLine(node)];
    case 'condition': {
      const inner = [
        ...outline(node.whenTrue, `${indent}  `),
        `${indent}else`,
        ...outline(node.whenFalse, `${indent}  `),
      ];
      return [`${indent}if ${node.variable}`, ...inner];
    }
    case 'sequence':
      return [`${indent}sequence`, ...node.steps.flatMap((step) => outline(step, `${indent}  `))];
    case 'parallel':
      return [`${indent}parallel`, ...node.branches.flatMap((branch) => outline(branch, `${indent}  `))];
  }
}

function fetchLine(fetch: FetchNode): string {
  const { entities } = fetch;
  const asked = fetch.document.replace(
    /^query.*?_entities\(representations:\$representations\)(.*)\}$/,
    '$1',
  );
  if (entities === undefined) return `${fetch.subgraph} ${asked}`;
  const requires = entities.requires.map(({ onType, selections }) => `${onType}(${required(selections)})`);
  return `${fetch.subgraph} ${entities.paths.map(pathText).join('+')} ${requires.join(' ')} ${asked}`;
}

function pathText(path: EntityPath): string {
  const stepText = (step: EntityPath[number]): string =>
    (step.kind === 'list' ? '@' : step.name) +
    (step.onTypes === undefined ? '' : `|${step.onTypes.join('|')}`);
  return path.map(stepText).join('.');
}

function required(selections: readonly RequiredSelection[]): string {
  const texts = selections.map((selection) => {
    const inner = selection.selections === undefined ? '' : `{${required(selection.selections)}}`;
    if (selection.kind === 'on') return `...${selection.onType}${inner}`;
    return (selection.readAs === selection.sendAs ? '' : `${selection.readAs}>`) + selection.sendAs + inner;
  });
  return texts.join(' ');
}

const people = {
  s1: `type Query { u: User us: [User!]! } type User @key(fields: "id") { id: ID! nick: String }`,
  s2: `type User @key(fields: "id") { id: ID! nick: String @external age(unit: String): Int shout: String @requires(fields: "nick") }`,
};

test('a plan says where entities stand, what represents them and what is asked', () => {
  assert.deepEqual(outline(planned(people, '{ us { age } }').root), [
    'sequence',
    '  s1 {us{__typename id}}',
    '  s2 us.@ User(__typename id) {...on User{age}}',
  ]);
});

test('fetches are named after operation and subgraph, without their position', () => {
  const { root } = planned(people, 'query Q($unit: String) { us { age(unit: $unit) } }');
  assert.ok(root?.kind === 'sequence');
  const [first, second] = root.steps;
  assert.ok(first?.kind === 'fetch' && second?.kind === 'fetch');
  assert.equal(first.operationName, 'Q__s1');
  assert.equal(first.document, 'query Q__s1{us{__typename id}}');
  assert.match(second.document, /^query Q__s2\(\$representations:\[_Any!\]!\$unit:String\)/);
  assert.deepEqual([first.variables, second.variables], [[], ['unit']]);
});

test('an alias that equals a key gets an internal one', () => {
  const plan = planned(people, '{ u { id: nick age } }');
  assert.deepEqual(outline(plan.root), [
    'sequence',
    '  s1 {u{__typename id _w0:nick}}',
    '  s2 u User(__typename id) {...on User{age}}',
  ]);
  assert.deepEqual(plan.internalKeys, { 1: '_w0' });
});

test('an alias that equals a required field gets an internal one', () => {
  const plan = planned(people, '{ u { nick: id shout } }');
  assert.deepEqual(outline(plan.root), [
    'sequence',
    '  s1 {u{__typename id _w0:id nick}}',
    '  s2 u User(__typename id nick) {...on User{shout}}',
  ]);
});

test('fields that GraphQL merges get the same internal alias, wherever they stand', () => {
  const text = `{ u { ...A nick: id } us { nick: id x: id _w0: id } } fragment A on User { nick: id }`;
  const plan = planned(people, text);
  assert.deepEqual(plan.internalKeys, { 1: '_w1', 3: '_w1', 6: '_w1' });
  assert.deepEqual(outline(plan.root), ['s1 {u{_w1:id}us{_w1:id x:id _w0:id}}']);
});

test('an alias may not pose as __typename', () => {
  const plan = planned(people, '{ u { __typename: nick age } }');
  assert.deepEqual(plan.internalKeys, { 1: '_w0' });
});

const feed = {
  a: `type Query { feed: [Post] } type Post @key(fields: "id") { id: ID! comments(limit: Int): [Comment] } type Comment @key(fields: "id") { id: ID! authorId: ID }`,
  b: `type Post @key(fields: "id") { id: ID! comments(limit: Int): [Comment] @external author: Author @requires(fields: "comments(limit: 3) { authorId }") }
      type Comment @key(fields: "id") { id: ID! authorId: ID @external } type Author { id: ID }`,
};

for (const text of [
  '{ feed { author { id } comments(limit: 1) { id } } }',
  'query ($limit: Int = 1) { feed { author { id } comments(limit: $limit) { id } } }',
  'query ($limit: Int = 1) { feed { ...A ...B } } fragment A on Post { author { id } } fragment B on Post { comments(limit: $limit) { id } }',
]) {
  test(`what the client and @requires ask with different arguments stays apart: ${text}`, () => {
    const lines = outline(planned(feed, text).root);
    assert.match(lines[1] ?? '', /comments__r0:comments\(limit:3\)\{authorId\}/);
    assert.match(lines[1] ?? '', /_w0:comments\(limit:(1|\$limit)\)\{id\}/);
    assert.equal(
      lines[2],
      '  b feed.@ Post(__typename id comments__r0>comments{authorId}) {...on Post{author{id}}}',
    );
  });
}

const prices = {
  a: `type Query { products: [Product] } type Product @key(fields: "upc") { upc: ID! name: String }`,
  b: `type Product @key(fields: "upc") { upc: ID! price(currency: String!): Int weight: Int isExpensive: Boolean }`,
  c: `type Product @key(fields: "upc") { upc: ID! price(currency: String!): Int @external weight: Int @external
        usd: Int @requires(fields: "price(currency: \\"USD\\") weight") eur(x: Int): Int @requires(fields: "price(currency: \\"EUR\\")")
        heavy: Boolean @requires(fields: "weight") free: Int }`,
};

test('fields that require one input with different arguments are fetched side by side', () => {
  const plan = planned(prices, 'query ($x: Int) { products { upc usd eur(x: $x) heavy free isExpensive } }');
  const lines = outline(plan.root).map((line) => line.trim());
  const [eur = '', usd = ''] = lines.filter((line) => /__r\d>/.test(line));
  assert.match(lines[lines.indexOf(eur) - 1] ?? '', /parallel/);
  assert.match(eur, /price__r\d>price\) \{\.\.\.on Product\{heavy eur\(x:\$x\)\}\}$/);
  assert.match(usd, /price__r\d>price\) \{\.\.\.on Product\{usd\}\}$/);
  const split = fetchesOf(plan.root).filter((fetch) => /\{(heavy|usd)/.test(fetch.document));
  assert.deepEqual(
    split.map((fetch) => [fetch.variables, fetch.document.includes('$x:Int')]),
    [
      [['x'], true],
      [[], false],
    ],
  );
});

test('each required input is read under its own key', () => {
  const lines = outline(planned(prices, '{ products { usd eur } }').root);
  const aliases = new Map(
    [...lines.join().matchAll(/(price__r\d):price\(currency:"(\w+)"\)/g)].map(([, key, of]) => [of, key]),
  );
  for (const [currency, field] of [
    ['EUR', 'eur'],
    ['USD', 'usd'],
  ] as const) {
    const end = `${aliases.get(currency)}>price) {...on Product{${field}}}`;
    assert.ok(
      lines.some((line) => line.endsWith(end)),
      lines.join('\n'),
    );
  }
});

test('inputs nested in one another are aliased at each level, and only asked types are represented', () => {
  const plan = planned(
    {
      a: `type Query { ns: [N] } interface N { id: ID! } type A implements N @key(fields: "id") { id: ID! } type B implements N @key(fields: "id") { id: ID! }`,
      b: `type A @key(fields: "id") { id: ID! dims(u: Int): D } type B @key(fields: "id") { id: ID! dims(u: Int): D } type D @shareable { size(q: Int): Int w: Int }`,
      c: `type A @key(fields: "id") { id: ID! dims(u: Int): D @external f: Int @requires(fields: "dims(u: 1) { size(q: 1) w }") g: Int @requires(fields: "dims(u: 1) { size(q: 2) }") }
          type B @key(fields: "id") { id: ID! dims(u: Int): D @external f: Int @requires(fields: "dims(u: 2) { size(q: 3) }") } type D @shareable { size(q: Int): Int w: Int }`,
    },
    '{ ns { ... on A { f g } ... on B { f } } }',
  );
  const lines = outline(plan.root).map((line) => line.trim().replaceAll(/__r\d/g, '__r'));
  assert.deepEqual(lines.slice(-3).sort(), [
    'c ns.@ A(__typename id dims__r>dims{size__r>size w}) {...on A{f}}',
    'c ns.@ A(__typename id dims__r>dims{size__r>size}) {...on A{g}}',
    'c ns.@ B(__typename id dims__r>dims{size__r>size}) {...on B{f}}',
  ]);
});

test('the way back after @requires uses a key that resolves', () => {
  const plan = planned(
    {
      a: `type A @key(fields: "id") @key(fields: "compositeId { one two }") @key(fields: "id compositeId { two three }") { id: ID! name: String! compositeId: C! }
          type C @shareable { one: ID! two: ID! three: ID! }`,
      b: `type Query { b: B } type B @key(fields: "id") { id: ID! a: [A!]! }
          type A @key(fields: "compositeId { one two }", resolvable: false) @key(fields: "id compositeId { two three }") { id: ID! compositeId: C! @shareable name: String! @external nameInB: String! @requires(fields: "name") }
          type C @shareable { one: ID! two: ID! three: ID! }`,
    },
    '{ b { id a { id name nameInB } } }',
  );
  assert.equal(
    outline(plan.root).at(-1),
    '  b b.a.@ A(__typename name id compositeId{two three}) {...on A{nameInB}}',
  );
});

const dead = {
  a: `interface Node @key(fields: "id") { id: ID! } type Query { a: Node b: B } type B { id: ID! }`,
  b: `type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! field: String }`,
};

for (const text of [
  '{ a { field } }',
  '{ a { field } b { id } }',
  '{ b { id } ...F } fragment F on Query { x: a { field } }',
]) {
  test(`a root field that the planner drops makes the operation unplannable: ${text}`, () => {
    assert.throws(() => planned(dead, text), Unplannable);
  });
}

test('a field is not dropped because all its selections are skipped', () => {
  assert.deepEqual(outline(planned(dead, '{ a { field @include(if: false) } b { id } }').root), [
    'a {a{__typename}b{id}}',
  ]);
});

test('a root field that is skipped is not missed', () => {
  assert.deepEqual(outline(planned(dead, '{ a @skip(if: true) { field } b { id } }').root), ['a {b{id}}']);
  const text = 'query ($v: Boolean!) { a @skip(if: $v) @include(if: $v) { field } b { id } }';
  assert.match(outline(planned(dead, text).root).join(), /b\{id\}/);
});

for (const text of [
  '{ __typename }',
  '{ __schema { types { name } } t: __type(name: "User") { name } }',
  '{ ...F } fragment F on Query { __schema { types { name } } }',
]) {
  test(`nothing is fetched for ${text}`, () => {
    assert.deepEqual(planned(people, text), { root: undefined, internalKeys: {} });
  });
}

test('introspection beside data is left out, and counted when fields are numbered', () => {
  const plan = planned(people, '{ __schema { types { name } } u { id: nick } }');
  assert.deepEqual(outline(plan.root), ['s1 {u{_w0:nick}}']);
  assert.deepEqual(plan.internalKeys, { 4: '_w0' });
});

test('a variable with a name the planner uses for its own is refused, where the two would meet', () => {
  assert.throws(
    () => planned(people, 'query ($representations: String) { u { age(unit: $representations) } }'),
    Unplannable,
  );
  const harmless = planned(
    people,
    'query ($representations: Boolean!) { u { nick @include(if: $representations) } }',
  );
  assert.match(outline(harmless.root).join(), /representations/);
});

test('each combination of conditions has a plan of its own, free of conditions', () => {
  const text = 'query ($v: Boolean!, $w: Boolean!) { u { age @include(if: $v) @skip(if: $w) } }';
  assert.deepEqual(outline(planned(people, text).root), [
    'if v',
    '  if w',
    '    s1 {u{__typename}}',
    '  else',
    '    sequence',
    '      s1 {u{__typename id}}',
    '      s2 u User(__typename id) {...on User{age}}',
    'else',
    '  s1 {u{__typename}}',
  ]);
});

test('conditions beyond the first few stay in the plan', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const fields = names.map((name) => `${name}: nick @include(if: $${name})`).join(' ');
  const text = `query (${names.map((name) => `$${name}: Boolean!`).join(' ')}) { u { ${fields} } }`;
  const fetches = fetchesOf(planned(people, text).root);
  assert.equal(fetches.length, 16);
  for (const { document } of fetches) assert.match(document, /@include\(if:\$e\)/);
});

test('a field that is asked for in several places and fragments is asked of the subgraph once', () => {
  const text =
    '{ u { nick } ...F u { ... on User { age nick } } } fragment F on Query { u { age ...G } } fragment G on User { nick }';
  assert.deepEqual(outline(planned(people, text).root), [
    'sequence',
    '  s1 {u{__typename id nick}}',
    '  s2 u User(__typename id) {...on User{age}}',
  ]);
});

const chain = {
  s0: 'type Query { q: T } type T @key(fields: "id") { id: ID! a: Int @external b: Int @requires(fields: "a") }',
  s1: 'type T @key(fields: "id") { id: ID! a: Int }',
  s2: 'type T @key(fields: "id") { id: ID! b: Int @external c: Int @requires(fields: "b") }',
};

test('what a required field itself requires is fetched before it', () => {
  assert.deepEqual(outline(planned(chain, '{ q { c } }').root), [
    'sequence',
    '  s0 {q{__typename id}}',
    '  s1 q T(__typename id) {...on T{a}}',
    '  s0 q T(__typename a id) {...on T{b}}',
    '  s2 q T(__typename b id) {...on T{c}}',
  ]);
});

test('what a subgraph knows as external only is not asked of it', () => {
  const parts = {
    s0: 'type Query { q: T } type T @key(fields: "id") { id: ID! a: Int @external b: Int @requires(fields: "a") }',
    s1: 'type T @key(fields: "id") { id: ID! a: Int b: Int @external x: Int @external c: Int @requires(fields: "b x") }',
    s2: 'type T @key(fields: "id") { id: ID! x: Int }',
  };
  const [root] = fetchesOf(planned(parts, '{ q { c } }').root);
  assert.equal(root?.document, '{q{__typename id}}');
});

test('what a subgraph knows as external only is not asked of it on the way to another key either', () => {
  const parts = {
    s0: 'type Query { q: T } type T @key(fields: "n") { n: ID! }',
    s1: 'type T @key(fields: "k") { k: ID! f: Int r: Int @external last: Int @requires(fields: "r") }',
    s3: 'type T @key(fields: "n") @key(fields: "k") { n: ID! k: ID! f: Int @external r: Int @requires(fields: "f") }',
  };
  assert.deepEqual(outline(planned(parts, '{ q { last } }').root), [
    'sequence',
    '  s0 {q{__typename n}}',
    '  s3 q T(__typename n) {...on T{__typename k}}',
    '  s1 q T(__typename k) {...on T{f}}',
    '  s3 q T(__typename k f) {...on T{r}}',
    '  s1 q T(__typename r k) {...on T{last}}',
  ]);
});

test('what hangs on a mutation field comes before the next one of the same subgraph', () => {
  assert.deepEqual(outline(planned(kinds, 'mutation { x: n y: n m { age } n }').root), [
    'sequence',
    '  a mutation{x:n y:n m{__typename id}}',
    '  b m User(__typename id) {...on User{age}}',
    '  a mutation{n}',
  ]);
});

const faces = {
  s1: 'type T implements I & J @key(fields: "id") { id: ID! } type U implements I @key(fields: "id") { id: ID! } interface I @key(fields: "id") { id: ID! } interface J { id: ID! }',
  s2: 'type Query { all: [I] } type I @interfaceObject @key(fields: "id") { id: ID! rating: Int }',
};

test('a fragment on another abstract type finds its way from an interface object', () => {
  assert.deepEqual(outline(planned(faces, '{ all { ... on J { id } } }').root), [
    'sequence',
    '  s2 {all{__typename id}}',
    '  s1 all.@ I(__typename id) {...on I{__typename}}',
  ]);
});

const kinds = {
  a: `type Query { u: User } type Mutation { m: User n: Int } type Subscription { s: User } type User @key(fields: "id") { id: ID! }`,
  b: `type User @key(fields: "id") { id: ID! age: Int } type Mutation { k: Int }`,
};

test('mutations are one sequence in the order of the document', () => {
  assert.deepEqual(outline(planned(kinds, 'mutation { m { age } k n }').root), [
    'sequence',
    '  a mutation{m{__typename id}}',
    '  b m User(__typename id) {...on User{age}}',
    '  b mutation{k}',
    '  a mutation{n}',
  ]);
});

test('a subscription is a sequence that begins with the subscribing fetch', () => {
  const { root } = planned(kinds, 'subscription { s { age } }');
  assert.ok(root?.kind === 'sequence' && root.steps[0]?.kind === 'fetch');
  assert.equal(root.steps[0].operationKind, 'subscription');
  assert.equal(root.steps.length, 2);
});

const media = {
  a: `type Query { medias: [Media] } interface Media @key(fields: "id") { id: ID! }
      type Book implements Media @key(fields: "id") { id: ID! x: Int } type Film implements Media @key(fields: "id") { id: ID! x: String }`,
  b: `type Media @key(fields: "id") @interfaceObject { id: ID! rating: Int }`,
};

test('representations for an interface object are sent under its name', () => {
  const { root } = planned(media, '{ medias { ... on Book { rating } } }');
  assert.ok(root?.kind === 'sequence');
  const last = root.steps.at(-1);
  assert.ok(last?.kind === 'fetch');
  assert.deepEqual(last.entities?.inputRewrites, [
    {
      kind: 'setValue',
      path: [
        { kind: 'onType', typeName: 'Book' },
        { kind: 'key', name: '__typename' },
      ],
      value: 'Media',
    },
  ]);
});

test('fields of one name that cannot be merged are renamed on the way back', () => {
  const { root } = planned(media, '{ medias { ... on Book { x } ... on Film { x } } }');
  assert.ok(root?.kind === 'fetch');
  assert.equal(root.document, '{medias{__typename ...on Book{x}...on Film{x__alias_0:x}}}');
  assert.deepEqual(root.outputRewrites, [
    {
      kind: 'renameKey',
      path: [
        { kind: 'key', name: 'medias' },
        { kind: 'onType', typeName: 'Film' },
        { kind: 'key', name: 'x__alias_0' },
      ],
      to: 'x',
    },
  ]);
});

test('context arguments say where their value stands, and are no variables of the client', () => {
  const context = {
    a: `type Query { t: T! } type T @key(fields: "id") @context(name: "c") { id: ID! us: [U!]! prop: String! }
        type U @key(fields: "id") { id: ID! f(a: String @fromContext(field: "$c { prop }")): Int! }`,
    b: `type U @key(fields: "id") { id: ID! h: Int }`,
  };
  const { root } = planned(context, '{ t { prop: id us { f } } }');
  assert.ok(root?.kind === 'sequence');
  const last = root.steps.at(-1);
  assert.ok(last?.kind === 'fetch');
  assert.deepEqual(last.variables, []);
  assert.deepEqual(last.entities?.contextRewrites, [
    {
      path: [{ kind: 'parent' }, { kind: 'onType', typeName: 'T' }, { kind: 'key', name: 'prop' }],
      variable: 'contextualArgument_1_0',
    },
  ]);
  assert.match(outline(root)[1] ?? '', /prop _w0:id/);
});

test('a progressive override moves a field when its label holds', () => {
  const moving = {
    a: `type Query { u: User } type User @key(fields: "id") { id: ID! age: Int }`,
    b: `type User @key(fields: "id") { id: ID! age: Int @override(from: "a", label: "percent(10)") }`,
  };
  const plan = planner(moving);
  assert.deepEqual(outline(plan({ text: '{ u { age } }', labels: [] }).root), ['a {u{age}}']);
  assert.match(outline(plan({ text: '{ u { age } }', labels: ['percent(10)'] }).root).join(), /b u User/);
});

const shop = {
  accounts: `type Query { me: User users: [User] } type User @key(fields: "id") { id: ID! name: String username: String @shareable }`,
  inventory: `type Product @key(fields: "upc") { upc: String! weight: Int @external price: Int @external inStock: Boolean shippingEstimate: Int @requires(fields: "price weight") }`,
  products: `type Query { topProducts(first: Int = 5): [Product] } type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
  reviews: `type Review @key(fields: "id") { id: ID! body: String author: User @provides(fields: "username") product: Product }
            type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] } type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
};

test('equal fetches of one wave are one, with what follows them', () => {
  const text = `fragment User on User { id username name } fragment Review on Review { id body }
    fragment Product on Product { inStock name price shippingEstimate upc weight }
    query Q { users { ...User reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } } }
      topProducts { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } }`;
  const lines = outline(planned(shop, text).root);
  const fetches = lines.filter((line) => line.includes('{'));
  assert.equal(fetches.length, 13, lines.join('\n'));
  assert.equal(fetches.filter((line) => line.includes('.product+users.')).length, 3);
});

const stores = {
  a: `type Query { products: [Product] other: [Product] } type Product @key(fields: "upc") { upc: ID! }`,
  b: `type Product @key(fields: "upc") { upc: ID! price: Int }`,
  c: `type Product @key(fields: "upc") { upc: ID! price: Int @external shipping: Int @requires(fields: "price") inStock: Boolean }`,
};

test('a fetch that nothing hangs on goes along with a later one from the same subgraph', () => {
  assert.deepEqual(outline(planned(stores, '{ products { inStock shipping } }').root), [
    'sequence',
    '  a {products{__typename upc}}',
    '  b products.@ Product(__typename upc) {...on Product{price}}',
    '  parallel',
    '    c products.@ Product(__typename price upc) {...on Product{shipping}}',
    '    c products.@ Product(__typename upc) {...on Product{inStock}}',
  ]);
});

const library = {
  a: `type Query { all: [Media] } union Media = Book | Film
    type Book { author: Person } type Film { director: Person } type Person @key(fields: "id") { id: ID! }`,
  b: `type Person @key(fields: "id") { id: ID! name: String age: Int }`,
};

test('with type-conditioned fetching a path says of which types the entities are', () => {
  const text = '{ all { ... on Book { p: author { name } } ... on Film { p: director { age } } } }';
  const sdl = composedSupergraph(library);
  const loaded = loadSupergraph(sdl, { enforced: new Set() });
  assert.ok(loaded.kind === 'loaded');
  const fetches = (typeConditionedFetching: boolean): readonly string[] => {
    const plan = apolloPlanner(loaded.supergraph.plannerSdl, { typeConditionedFetching });
    return outline(plan({ text, labels: [] }).root).filter((line) => line.includes(' b '));
  };
  assert.deepEqual(fetches(false), ['  b all.@.p Person(__typename id) {...on Person{name age}}']);
  assert.deepEqual(fetches(true), [
    '    b all.@|Book.p Person(__typename id) {...on Person{name}}',
    '    b all.@|Film.p Person(__typename id) {...on Person{age}}',
  ]);
});
