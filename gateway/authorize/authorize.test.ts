import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  buildSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isObjectType,
  Kind,
  parse,
  validate,
  visit,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from 'graphql';
import { clientSchema, composeSupergraph } from '../../schema/compose/compose.ts';
import type { AuthorizedOperation, Operation, OperationHash } from '../model/operation.ts';
import { anonymous, type Principal } from '../model/principal.ts';
import { createAuthorizer, type Authorizer, type AuthorizeSettings } from './authorize.ts';

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@shareable", "@interfaceObject", "@inaccessible", "@context", "@fromContext", "@authenticated", "@requiresScopes", "@policy"])`;

interface Graph {
  readonly sdl: string;
  readonly schema: GraphQLSchema;
}

function compose(subgraphs: Readonly<Record<string, string>>): Graph {
  const composed = composeSupergraph(
    Object.entries(subgraphs).map(([name, sdl]) => ({
      name,
      routingUrl: `http://${name}.example/`,
      sdl,
      origin: { kind: 'inline', shown: name, lineOffset: 0, columnOffset: 0 },
    })),
  );
  assert.ok(composed.ok, JSON.stringify(composed));
  const schema = clientSchema(composed.sdl, 'supergraph');
  assert.ok(schema.ok);
  return { sdl: composed.sdl, schema: schema.value };
}

const settings: AuthorizeSettings = { enabled: true, mode: 'filter', dryRun: false, introspection: 'all' };

const authorizer = ({ sdl, schema }: Graph, changes: Partial<AuthorizeSettings> = {}): Authorizer =>
  createAuthorizer(parse(sdl), schema, { ...settings, ...changes });

const known = (scopes: readonly string[] = [], policies: readonly string[] = []): Principal => ({
  kind: 'known',
  subject: 'u1',
  issuer: 'i',
  scopes: new Set(scopes),
  roles: new Set(),
  policies: new Set(policies),
  claims: {},
  expiresAt: 0,
});

function operation({ schema }: Graph, text: string): Operation {
  const document = parse(text, { noLocation: true });
  assert.deepEqual(validate(schema, document), [], text);
  const [definition] = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  assert.ok(definition);
  return { hash: text as OperationHash, text, document, name: undefined, kind: definition.operation };
}

const authorizers = new Map<Graph, Authorizer>();

function allowed(graph: Graph, text: string, principal: Principal = anonymous): AuthorizedOperation {
  const access = authorizers.get(graph) ?? authorizer(graph);
  authorizers.set(graph, access);
  const decided = access.authorize(operation(graph, text), principal);
  assert.equal(decided.kind, 'allowed');
  const rest = decided.authorized.allowed;
  if (rest !== undefined) {
    assert.deepEqual(validate(graph.schema, rest.document), [], rest.text);
    assert.deepEqual(validate(graph.schema, parse(rest.text)), [], rest.text);
  }
  return decided.authorized;
}

/** Fields that the rest of an operation asks for, by name. */
function fetched(authorized: AuthorizedOperation): readonly string[] {
  const names = new Set<string>();
  if (authorized.allowed !== undefined)
    visit(authorized.allowed.document, { Field: (node: FieldNode) => void names.add(node.name.value) });
  return [...names];
}

const paths = (authorized: AuthorizedOperation): readonly string[] =>
  authorized.denials.map(({ path }) => path.join('.')).sort();

const graph = compose({
  people: `${federation}
    type Query {
      me: User @authenticated
      user(id: ID = "1"): User
      users: [User!]!
      actors: [Actor!]!
      actor(id: ID): Actor
      search(text: String): [SearchResult!]!
      panel: AdminPanel
      secretWord: Secret
      mood: Mood
      ping: String
    }
    type Mutation { erase(id: ID!): User @requiresScopes(scopes: [["admin"]]), note(text: String): User }
    interface Actor { id: ID! name: String contact: String }
    type User implements Actor @key(fields: "id") {
      id: ID!
      name: String
      contact: String @authenticated
      ssn: String @requiresScopes(scopes: [["pii:read"]])
      notes(first: Int): [String!] @requiresScopes(scopes: [["a", "b"], ["c"]])
      salary: Int! @policy(policies: [["payroll"]])
      friends: [User!]
      panel: AdminPanel
    }
    type Bot implements Actor @key(fields: "id") { id: ID! name: String contact: String }
    type AdminPanel @requiresScopes(scopes: [["admin"]]) { rootToken: String title: String }
    union SearchResult = User | Bot | AdminPanel
    scalar Secret @authenticated
    enum Mood @authenticated { GOOD BAD }
  `,
  risk: `${federation}
    type User @key(fields: "id") {
      id: ID!
      ssn: String @external
      riskScore: Int @requires(fields: "ssn") @requiresScopes(scopes: [["pii:read"]])
    }
  `,
});

describe('a protected part of the schema', () => {
  const cases: readonly (readonly [string, string, Principal, string])[] = [
    ['field', '{ user { name contact } }', known(), 'contact'],
    ['root field', '{ ping me { name } }', known(), 'me'],
    ['object type', '{ ping panel { title } }', known(['admin']), 'panel'],
    ['object type below another', '{ user { id panel { title } } }', known(['admin']), 'panel'],
    ['scalar', '{ ping secretWord }', known(), 'secretWord'],
    ['enum', '{ ping mood }', known(), 'mood'],
    ['mutation', 'mutation { erase(id: 1) { name } note { name } }', known(['admin']), 'erase'],
    ['field by policy', '{ user { id salary } }', known([], ['payroll']), 'salary'],
    [
      'union member',
      '{ search { __typename ... on AdminPanel { rootToken } } }',
      known(['admin']),
      'rootToken',
    ],
    ['field needed by @requires', '{ user { id riskScore } }', known(['pii:read']), 'riskScore'],
  ];
  for (const [name, text, entitled, field] of cases) {
    test(`is not fetched for others, and is for who may see it: ${name}`, () => {
      const refused = allowed(graph, text);
      assert.ok(!fetched(refused).includes(field), refused.allowed?.text);
      assert.equal(refused.denials.length, 1);
      const granted = allowed(graph, text, entitled);
      assert.ok(fetched(granted).includes(field));
      assert.deepEqual(granted.denials, []);
      assert.equal(granted.allowed?.text, text);
    });
  }

  test('is refused to a caller with other grants', () => {
    assert.ok(
      !fetched(allowed(graph, '{ user { id ssn } }', known(['other'], ['pii:read']))).includes('ssn'),
    );
  });
});

describe('one protected field', () => {
  const shapes: readonly (readonly [string, string, string])[] = [
    ['plain', '{ user { ssn } }', 'user.ssn'],
    ['aliased', '{ u: user { name: ssn } }', 'u.name'],
    ['aliased as another public field', '{ user { id: ssn } }', 'user.id'],
    ['in an inline fragment', '{ user { ... on User { ssn } } }', 'user.ssn'],
    ['in a bare inline fragment', '{ user { ... { ssn } } }', 'user.ssn'],
    ['in a fragment on a supertype', '{ user { ... on Actor { ... on User { ssn } } } }', 'user.ssn'],
    ['in a named fragment', 'query { user { ...F } } fragment F on User { ssn }', 'user.ssn'],
    [
      'in nested fragments',
      '{ user { ...F } } fragment F on User { ...G } fragment G on User { ssn }',
      'user.ssn',
    ],
    ['in a list', '{ users { ssn } }', 'users.ssn'],
    ['deep', '{ user { friends { friends { ssn } } } }', 'user.friends.friends.ssn'],
    ['through an interface', '{ actors { ... on User { ssn } } }', 'actors.ssn'],
    ['through a union', '{ search { ... on User { ssn } } }', 'search.ssn'],
    ['in a named operation', 'query Q($i: ID = "2") { user(id: $i) { ssn } }', 'user.ssn'],
    ['in a mutation payload', 'mutation { note { ssn } }', 'note.ssn'],
    ['behind @include', '{ user { ssn @include(if: true) } }', 'user.ssn'],
    ['behind a variable', 'query ($x: Boolean!) { user { id ssn @skip(if: $x) } }', 'user.ssn'],
    ['after a byte-order mark and comments', '\uFEFF#c\n{ user { #d\n ssn } }', 'user.ssn'],
  ];
  for (const [name, text, path] of shapes) {
    test(`is refused ${name}, under the path the client sees`, () => {
      const authorized = allowed(graph, text);
      assert.doesNotMatch(authorized.allowed?.text ?? '', /ssn/);
      assert.deepEqual(paths(authorized), [path]);
      assert.equal(authorized.denials[0]?.coordinate, 'User.ssn');
    });
  }

  test('is reported at each place where its fragment is used', () => {
    const authorized = allowed(
      graph,
      '{ a: user { ...F } b: users { ...F } } fragment F on User { ssn name }',
    );
    assert.deepEqual(paths(authorized), ['a.ssn', 'b.ssn']);
    assert.equal(authorized.denied.size, 1);
  });

  test('below a refused one is not reported again', () => {
    assert.deepEqual(paths(allowed(graph, '{ ping me { ssn contact } }')), ['me']);
  });
});

describe('scopes', () => {
  const text = '{ user { id notes } }';
  for (const [held, granted] of [
    [['a', 'b'], true],
    [['c'], true],
    [['a', 'b', 'c'], true],
    [['c', 'x'], true],
    [[], false],
    [['a'], false],
    [['b'], false],
    [['a', 'x'], false],
    [['A', 'B'], false],
    [['C'], false],
    [['ab'], false],
    [['a,b'], false],
    [['a b'], false],
    [['cc'], false],
    [['c*'], false],
    [['*'], false],
    [['a:b'], false],
    [['notes'], false],
  ] as const) {
    test(`[${held.join(' | ')}] ${granted ? 'opens' : 'does not open'} (a and b) or c`, () => {
      assert.equal(fetched(allowed(graph, text, known(held))).includes('notes'), granted);
    });
  }

  test('are the sum of what two subgraphs ask for', () => {
    const merged = compose({
      a: `${federation} type Query { t: T } type T @key(fields: "id") { id: ID! x: Int @shareable @requiresScopes(scopes: [["a"]]) }`,
      b: `${federation} type T @key(fields: "id") { id: ID! x: Int @shareable @requiresScopes(scopes: [["b"]]) }`,
    });
    for (const [held, granted] of [
      [['a'], false],
      [['b'], false],
      [['a', 'b'], true],
    ] as const)
      assert.equal(fetched(allowed(merged, '{ t { id x } }', known(held))).includes('x'), granted);
  });

  test('that cannot be read are granted to nobody', () => {
    const broken = `schema @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY) { query: Query }
      directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION
      type Query { a: Int @requiresScopes(scopes: [[1]]) b: Int @requiresScopes(scopes: []) c: Int @requiresScopes d: Int @requiresScopes(scopes: "s") e: Int }`;
    const odd: Graph = {
      sdl: broken,
      schema: buildSchema('type Query { a: Int b: Int c: Int d: Int e: Int }'),
    };
    assert.deepEqual(fetched(allowed(odd, '{ a b c d e }', known(['1', 's']))), ['d', 'e']);
  });
});

describe('interfaces', () => {
  test("a field asks for what every implementation's field asks for", () => {
    assert.deepEqual(fetched(allowed(graph, '{ actors { id contact } actor { contact } }')), [
      'actors',
      'id',
      'actor',
      '__typename',
    ]);
    assert.ok(fetched(allowed(graph, '{ actors { contact } }', known())).includes('contact'));
  });

  test('the open implementation stays open', () => {
    const authorized = allowed(graph, '{ actors { ... on Bot { contact } ... on User { contact } } }');
    assert.match(authorized.allowed?.text ?? '', /on Bot \{\s*contact/);
    assert.doesNotMatch(authorized.allowed?.text ?? '', /on User/);
  });

  test('__typename stays usable beside a refused member of a union', () => {
    const authorized = allowed(graph, '{ search { ... on AdminPanel { rootToken } } }');
    assert.deepEqual(fetched(authorized), ['search', '__typename']);
    assert.deepEqual(paths(authorized), ['search.rootToken']);
  });

  test('a rule that an older composition left on the interface alone holds for all its implementations', () => {
    const schemaText =
      'interface I { x: Int y: Int } type A implements I { x: Int y: Int } type B implements I { x: Int y: Int }';
    const old: Graph = {
      schema: buildSchema(
        `type Query { i: I j: J a: K } ${schemaText} interface J { z: Int } type K implements J { z: Int }`,
      ),
      sdl: `schema @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY) { query: Query }
        directive @authenticated on FIELD_DEFINITION | INTERFACE
        type Query { i: I j: J a: K }
        ${schemaText.replace('x: Int', 'x: Int @authenticated')}
        interface J @authenticated { z: Int } type K implements J { z: Int }`,
    };
    assert.deepEqual(fetched(allowed(old, '{ i { y ... on A { x } ... on B { x } } a { z } }')), ['i', 'y']);
  });

  test('a rule on an @interfaceObject field holds on the interface and on each implementation', () => {
    const media = compose({
      books: `${federation} type Query { medias: [Media!] book: Book }
        interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String }`,
      stats: `${federation} type Media @interfaceObject @key(fields: "id") { id: ID! audience: Int @authenticated }`,
    });
    for (const text of [
      '{ medias { id audience } }',
      '{ medias { id ... on Book { audience } } }',
      '{ book { id audience } }',
    ]) {
      assert.ok(!fetched(allowed(media, text)).includes('audience'), text);
      assert.ok(fetched(allowed(media, text, known())).includes('audience'), text);
    }
  });
});

describe('fields computed from protected ones', () => {
  test('are protected too when an older composition did not say so', () => {
    // As composed before federation 2.9.4: the rule stands on the required field alone.
    const old = {
      ...graph,
      sdl: graph.sdl.replace(/(riskScore: Int @join__field\([^)]*\)) @requiresScopes\([^)]*\)/, '$1'),
    };
    assert.notEqual(old.sdl, graph.sdl);
    const authorized = allowed(old, '{ user { id riskScore } }');
    assert.ok(!fetched(authorized).includes('riskScore'));
    assert.match(authorized.denials[0]?.requirement ?? '', /pii:read/);
    assert.ok(fetched(allowed(old, '{ user { id riskScore } }', known(['pii:read']))).includes('riskScore'));
  });

  test('through several steps and nested objects are found', () => {
    const sdl = `schema @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY) { query: Query }
      directive @authenticated on FIELD_DEFINITION
      type Query { t: T }
      type T { a: Int @join__field(graph: A, requires: "b") b: Int @join__field(graph: B, requires: "u { ... on U { c } a: d }") u: U }
      type U { c: Int @authenticated d: Int }`;
    const schema = buildSchema('type Query { t: T } type T { a: Int b: Int u: U } type U { c: Int d: Int }');
    assert.deepEqual(fetched(allowed({ sdl, schema }, '{ t { a b u { d } } }')), ['t', 'u', 'd']);
  });

  test('by @fromContext are found', () => {
    const sdl = `schema @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY) @link(url: "https://specs.apollo.dev/context/v0.1", for: SECURITY) { query: Query }
      directive @authenticated on FIELD_DEFINITION
      directive @context(name: String!) repeatable on OBJECT
      type Query { t: T }
      type T @context(name: "A__user") { secret: Int @authenticated u: U }
      type U { id: ID! price: Int @join__field(graph: A, contextArguments: [{ context: "A__user", name: "s", type: "Int", selection: "{ secret }" }]) }`;
    const schema = buildSchema(
      'type Query { t: T } type T { secret: Int u: U } type U { id: ID! price: Int }',
    );
    assert.deepEqual(fetched(allowed({ sdl, schema }, '{ t { u { id price } } }')), ['t', 'u', 'id']);
    assert.ok(fetched(allowed({ sdl, schema }, '{ t { u { id price } } }', known())).includes('price'));
  });

  test('from a field set that cannot be read are seen by nobody', () => {
    const sdl = `directive @authenticated on FIELD_DEFINITION
      type Query { a: Int @authenticated b: Int @join__field(graph: A, requires: "{{{") c: Int }`;
    const schema = buildSchema('type Query { a: Int b: Int c: Int }');
    assert.deepEqual(fetched(allowed({ sdl, schema }, '{ a b c }', known())), ['a', 'c']);
  });
});

describe('names by @link', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'the usual one',
      '@link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)',
      'authenticated',
    ],
    [
      'a new name of the link',
      '@link(url: "https://specs.apollo.dev/authenticated/v0.1", as: "auth")',
      'auth',
    ],
    [
      'a renamed import',
      '@link(url: "https://specs.apollo.dev/authenticated/v0.1", import: [{ name: "@authenticated", as: "@login" }])',
      'login',
    ],
    ['no link at all', '@link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)', 'authenticated'],
  ];
  for (const [name, link, directive] of cases) {
    test(`${name} is enforced`, () => {
      const sdl = `schema ${link} { query: Query } directive @${directive} on FIELD_DEFINITION type Query { a: Int @${directive} b: Int }`;
      const schema = buildSchema('type Query { a: Int b: Int }');
      assert.deepEqual(fetched(allowed({ sdl, schema }, '{ a b }')), ['b']);
    });
  }

  test('renamed and composed by subgraphs are enforced', () => {
    const renamed = compose({
      a: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{ name: "@authenticated", as: "@login" }, { name: "@policy", as: "@rule" }])
        type Query { a: Int @login b: Int @rule(policies: [["p"]]) c: Int }`,
    });
    assert.match(renamed.sdl, /@login/);
    assert.deepEqual(fetched(allowed(renamed, '{ a b c }')), ['c']);
    assert.deepEqual(fetched(allowed(renamed, '{ a b c }', known([], ['p']))), ['a', 'b', 'c']);
  });

  test("someone else's directive of the same name means nothing here", () => {
    const sdl = `schema @link(url: "https://other.example/own/v1.0", import: ["@policy"]) { query: Query } directive @policy on FIELD_DEFINITION type Query { a: Int @policy }`;
    assert.deepEqual(fetched(allowed({ sdl, schema: buildSchema('type Query { a: Int }') }, '{ a }')), ['a']);
  });
});

describe('the rest of an operation', () => {
  test('that is empty is not run at all', () => {
    assert.equal(allowed(graph, '{ me { name } }').allowed, undefined);
    assert.equal(allowed(graph, 'mutation { x: erase(id: 1) { name } }').allowed, undefined);
    assert.equal(
      allowed(graph, 'mutation { ...F } fragment F on Mutation { erase(id: 1) { name } }').allowed,
      undefined,
    );
  });

  test('has no fragment and no variable left that nothing uses', () => {
    const text =
      'query Q($a: Int, $b: ID) { user(id: $b) { id notes(first: $a) } me { ...F } } fragment F on User { name }';
    assert.equal(
      allowed(graph, text).allowed?.text.replaceAll(/\s+/g, ' '),
      'query Q($b: ID) { user(id: $b) { id } }',
    );
  });

  test('has a hash of its own, equal for callers with the same rest', () => {
    const text = '{ user { id contact ssn } }';
    const one = operation(graph, text);
    const access = authorizer(graph);
    const decide = (principal: Principal): AuthorizedOperation => {
      const decided = access.authorize(one, principal);
      assert.equal(decided.kind, 'allowed');
      return decided.authorized;
    };
    const [nobody, user, same, all] = [
      decide(anonymous),
      decide(known()),
      decide(known(['zzz'])),
      decide(known(['pii:read'])),
    ];
    assert.equal(user, same, 'a known case costs no new decision');
    assert.equal(new Set([nobody.shape, user.shape, all.shape]).size, 3);
    assert.equal(new Set([nobody.allowed?.hash, user.allowed?.hash, all.allowed?.hash]).size, 3);
    assert.equal(all.allowed, one);
  });

  test('is judged anew for another parse of the same text', () => {
    const access = authorizer(graph);
    const text = '{ user { id ssn } }';
    for (const one of [operation(graph, text), operation(graph, text)]) {
      const decided = access.authorize(one, anonymous);
      assert.equal(decided.kind, 'allowed');
      const inDocument: FieldNode[] = [];
      visit(one.document, { Field: (node: FieldNode) => void inDocument.push(node) });
      assert.ok([...decided.authorized.denied].every((node) => inDocument.includes(node)));
    }
  });
});

describe('settings', () => {
  const text = '{ user { id ssn } }';

  test('mode reject refuses the whole operation', () => {
    const decided = authorizer(graph, { mode: 'reject' }).authorize(operation(graph, text), anonymous);
    assert.equal(decided.kind, 'rejected');
    assert.equal(decided.error.code, 'UNAUTHORIZED_FIELD_OR_TYPE');
    assert.doesNotMatch(decided.error.message, /ssn|pii/);
    const fine = authorizer(graph, { mode: 'reject' }).authorize(operation(graph, text), known(['pii:read']));
    assert.equal(fine.kind, 'allowed');
  });

  test('dry run reports and refuses nothing', () => {
    const decided = authorizer(graph, { dryRun: true, mode: 'reject' }).authorize(
      operation(graph, text),
      anonymous,
    );
    assert.equal(decided.kind, 'allowed');
    assert.equal(decided.authorized.allowed?.text, text);
    assert.equal(decided.authorized.denied.size, 0);
    assert.deepEqual(paths(decided.authorized), ['user.ssn']);
  });

  test('disabled directives refuse and report nothing', () => {
    const decided = authorizer(graph, { enabled: false }).authorize(operation(graph, text), anonymous);
    assert.equal(decided.kind, 'allowed');
    assert.deepEqual(decided.authorized.denials, []);
  });
});

test('fragments whose paths double with every level are decided in bounded time and denials', () => {
  const levels = 24;
  const fragments = Array.from(
    { length: levels },
    (_, level) =>
      `fragment F${level} on User { a: friends { ...F${level + 1} } b: friends { ...F${level + 1} } }`,
  );
  const text = `{ user { ...F0 } } ${fragments.join(' ')} fragment F${levels} on User { ssn name }`;
  // Validated elsewhere: the rule on overlapping fields is not what is looked at here.
  const document = parse(text, { noLocation: true });
  const one: Operation = { hash: text as OperationHash, text, document, name: undefined, kind: 'query' };
  const decided = authorizer(graph).authorize(one, anonymous);
  assert.equal(decided.kind, 'allowed');
  assert.equal(decided.authorized.denials.length, 1_000);
  assert.equal(decided.authorized.denied.size, 1);
});

describe('random operations', () => {
  const callers = [anonymous, known(), known(['a', 'b', 'pii:read']), known(['admin', 'c'], ['payroll'])];

  test('leave a valid rest that asks for nothing the caller may not see', () => {
    for (let run = 0; run < 300; run += 1) {
      const principal = callers[run % callers.length] ?? anonymous;
      const text = randomOperation(graph.schema, numbers(run));
      const authorized = allowed(graph, text, principal);
      const names = fetched(authorized);
      const has = (scope: string): boolean => principal.kind === 'known' && principal.scopes.has(scope);
      const isMet = (name: string, met: boolean): void =>
        assert.ok(met || !names.includes(name), `${name} in ${text}`);
      for (const name of ['me', 'mood', 'secretWord']) isMet(name, principal.kind === 'known');
      for (const name of ['ssn', 'riskScore']) isMet(name, has('pii:read'));
      for (const name of ['panel', 'title', 'rootToken']) isMet(name, has('admin'));
      isMet('notes', has('c') || (has('a') && has('b')));
      isMet('salary', principal.kind === 'known' && principal.policies.has('payroll'));
      assert.equal(authorized.denied.size === 0, authorized.denials.length === 0);
    }
  });

  test('are left as they are for who may see everything', () => {
    const everyone = known(['a', 'b', 'c', 'admin', 'pii:read'], ['payroll']);
    for (let run = 0; run < 100; run += 1) {
      const text = randomOperation(graph.schema, numbers(run));
      assert.equal(allowed(graph, text, everyone).allowed?.text, text);
    }
  });
});

/** Endless whole numbers, the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}

/** A valid query made of random choices: nested fields under unique aliases, inline and named fragments. */
function randomOperation(schema: GraphQLSchema, next: () => number): string {
  let aliases = 0;
  const fragments: string[] = [];
  const choose = <T>(options: readonly T[]): T => {
    const option = options[next() % options.length];
    assert.ok(option !== undefined);
    return option;
  };
  const related = (type: GraphQLCompositeType): GraphQLCompositeType =>
    isAbstractType(type) ? choose(schema.getPossibleTypes(type)) : type;
  const select = (type: GraphQLCompositeType, depth: number): string => {
    const count = choose([1, 1, 2, 2, 3]);
    return `{ ${Array.from({ length: count }, () => selection(type, depth)).join(' ')} }`;
  };
  const selection = (type: GraphQLCompositeType, depth: number): string => {
    const form = choose(['field', 'field', 'field', 'inline', 'named', 'bare']);
    if (depth > 0 && form === 'inline') return inline(type, depth);
    if (depth > 0 && form === 'bare') return `... ${select(type, depth - 1)}`;
    if (depth > 0 && form === 'named') return named(type, depth);
    return field(type, depth);
  };
  const inline = (type: GraphQLCompositeType, depth: number): string => {
    const on = related(type);
    return `... on ${on.name} ${select(on, depth - 1)}`;
  };
  const named = (type: GraphQLCompositeType, depth: number): string => {
    const name = `F${fragments.length}`;
    const index = fragments.push('') - 1;
    const on = related(type);
    fragments[index] = `fragment ${name} on ${on.name} ${select(on, depth - 1)}`;
    return `...${name}`;
  };
  const field = (type: GraphQLCompositeType, depth: number): string => {
    aliases += 1;
    if (!('getFields' in type)) return `a${aliases}: __typename`;
    const fields = Object.values(type.getFields()).filter(
      (one) => depth > 0 || isLeafType(getNamedType(one.type)),
    );
    const one = choose(fields);
    const returned = getNamedType(one.type);
    return `a${aliases}: ${one.name}${isCompositeType(returned) ? ` ${select(returned, depth - 1)}` : ''}`;
  };
  const root = schema.getQueryType();
  assert.ok(isObjectType(root));
  return `${select(root, 4)} ${fragments.join(' ')}`.trim();
}
