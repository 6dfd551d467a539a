import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildSchema, Kind, parse, visit } from 'graphql';
import { clientSchema, composeSupergraph } from '../../schema/compose/compose.ts';
import type { Operation, OperationHash } from '../model/operation.ts';
import { anonymous, type Principal } from '../model/principal.ts';
import { createAuthorizer } from './authorize.ts';

const known = (...scopes: readonly string[]): Principal => ({
  ...{ kind: 'known', subject: 'u1', issuer: 'i', claims: {}, expiresAt: 0 },
  ...{ scopes: new Set(scopes), roles: new Set(), policies: new Set() },
});

const head = `
  schema @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY) { query: Query }
  directive @authenticated on FIELD_DEFINITION | INTERFACE | OBJECT
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | INTERFACE | OBJECT
  type Query { medias: [Media] book: Book film: Film other: Other }
`;

interface Rules {
  readonly face?: string;
  readonly book?: string;
  readonly film?: string;
  readonly faceTitle?: string;
  readonly bookTitle?: string;
  readonly filmTitle?: string;
  readonly more?: string;
  /** `isInterfaceObject: true` in some graph. */
  readonly hasObject?: boolean;
}

const supergraph = ({
  face = '',
  book = '',
  film = '',
  hasObject = false,
  ...rest
}: Rules): string => `${head}
  interface Media @join__type(graph: SHOP) @join__type(graph: STATS, key: "id"${hasObject ? ', isInterfaceObject: true' : ''}) ${face} {
    id: ID! title: String @join__field(graph: SHOP) ${rest.faceTitle ?? ''} hits: Int @join__field(graph: STATS)
  }
  type Book implements Media ${book} { id: ID! title: String ${rest.bookTitle ?? ''} hits: Int @join__field }
  type Film implements Media ${film} { id: ID! title: String ${rest.filmTitle ?? ''} hits: Int @join__field }
  ${rest.more ?? 'type Other { id: ID! }'}
`;

const settings = { enabled: true, mode: 'filter', dryRun: false, introspection: 'all' } as const;

const clientOf = (sdl: string) =>
  buildSchema(sdl.replace(/ @(link|join__\w+)(\([^)]*\))?/g, ''), { assumeValidSDL: true });

/** What is left of an operation, field by field. */
function seen(sdl: string, text: string, principal: Principal = anonymous): readonly string[] {
  const operation: Operation = {
    ...{ hash: text as OperationHash, text, document: parse(text), name: undefined, kind: 'query' },
  };
  const decided = createAuthorizer(parse(sdl), clientOf(sdl), settings).authorize(operation, principal);
  assert.equal(decided.kind, 'allowed');
  const names: string[] = [];
  const { allowed } = decided.authorized;
  if (allowed !== undefined)
    visit(allowed.document, { [Kind.FIELD]: (node) => void names.push(node.name.value) });
  return names;
}

const film = '{ film { title } }';
const book = '{ book { title } }';

describe('a rule on an interface that an implementation has too', () => {
  const alike = { face: '@authenticated', book: '@authenticated' };

  test('is a sum, and leaves the other implementations open', () => {
    assert.deepEqual(seen(supergraph(alike), film), ['film', 'title']);
    assert.deepEqual(seen(supergraph(alike), book), []);
    assert.deepEqual(seen(supergraph(alike), '{ medias { title } }'), []);
  });

  test('holds for all of them where it may be that of an interface object', () => {
    const sdl = supergraph({ ...alike, hasObject: true });
    for (const text of [film, '{ medias { ... on Film { title } } }', '{ film { hits } }']) {
      assert.ok(!seen(sdl, text).includes('title') && !seen(sdl, text).includes('hits'), text);
      assert.deepEqual(seen(sdl, text, known()).length, 2, text);
    }
  });

  test("holds for all of them on an interface object's own field", () => {
    const sdl = supergraph({ hasObject: true }).replaceAll('hits: Int', 'hits: Int @authenticated');
    const [first, ...others] = sdl.split('hits: Int @authenticated @join__field }');
    const filmOpen = [first, others.join('hits: Int @join__field }')].join(
      'hits: Int @authenticated @join__field }',
    );
    assert.match(filmOpen, /type Film .* hits: Int @join__field \}/);
    assert.deepEqual(seen(filmOpen, '{ film { title hits } }'), ['film', 'title']);
  });

  test('is told of where it holds for want of knowing, and nowhere else', () => {
    const inDoubt = (rules: Rules): readonly string[] => {
      const sdl = supergraph(rules);
      return createAuthorizer(parse(sdl), clientOf(sdl), settings).inDoubt;
    };
    assert.deepEqual(inDoubt({ ...alike, hasObject: true }), ['Media']);
    assert.deepEqual(inDoubt(alike), []);
    assert.deepEqual(inDoubt({ ...alike, film: '@authenticated', hasObject: true }), [], 'nobody lacks it');
    assert.deepEqual(inDoubt({ face: '@authenticated', hasObject: true }), [], 'surely its own');
    assert.deepEqual(
      inDoubt({ faceTitle: '@authenticated', bookTitle: '@authenticated', hasObject: true }),
      [],
    );
  });

  test('is the sum of a field that the interface object does not have', () => {
    const sdl = supergraph({ faceTitle: '@authenticated', bookTitle: '@authenticated', hasObject: true });
    assert.deepEqual(seen(sdl, film), ['film', 'title']);
    assert.deepEqual(seen(sdl, book), ['book', '__typename']);
  });

  test('is its own where it asks for more or less than the implementations do', () => {
    for (const [face, ofBook] of [
      ['[["a"]]', '[["b"]]'],
      ['[["a", "b"]]', '[["b"]]'],
      ['[["a"]]', '[["a", "b"]]'],
      ['[["a"], ["b"]]', '[["a"]]'],
    ]) {
      const sdl = supergraph({
        face: `@requiresScopes(scopes: ${face ?? ''})`,
        book: `@requiresScopes(scopes: ${ofBook ?? ''})`,
      });
      assert.deepEqual(seen(sdl, film, known()), [], `${String(face)} ${String(ofBook)}`);
      assert.deepEqual(seen(sdl, film, known('a', 'b')), ['film', 'title']);
    }
  });

  test('is a sum however it is written', () => {
    const sdl = supergraph({
      face: '@requiresScopes(scopes: [["c", "b"], ["b", "a"]])',
      book: '@requiresScopes(scopes: [["a"], ["b", "c"], ["c", "b", "a"]])',
      more: `type Other implements Media @requiresScopes(scopes: [["b"]]) { id: ID! title: String hits: Int @join__field }`,
    });
    assert.deepEqual(seen(sdl, film), ['film', 'title']);
    assert.deepEqual(seen(sdl, '{ other { title } }', known('a')), []);
  });

  test('is its own wherever a composition shows that it makes no sums', () => {
    const gap = 'interface Face { x: Int } type Other implements Face { id: ID! x: Int @authenticated }';
    assert.deepEqual(seen(supergraph({ ...alike, more: gap }), film), []);
    const external = gap.replace('Int @auth', 'Int @join__field(graph: SHOP, external: true) @auth');
    assert.deepEqual(seen(supergraph({ ...alike, more: external }), film), ['film', 'title']);
  });
});

describe('our composition', () => {
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject", "@authenticated"])`;
  const compose = (stats: string) =>
    composeSupergraph(
      Object.entries({
        shop: `${link} type Query { book: Book film: Film medias: [Media] }
          interface Media @key(fields: "id") { id: ID! title: String }
          type Book implements Media @key(fields: "id") @authenticated { id: ID! title: String }
          type Film implements Media @key(fields: "id") { id: ID! title: String }`,
        stats: `${link} ${stats}`,
      }).map(([name, sdl]) => ({
        ...{ name, routingUrl: `http://${name}.example/`, sdl },
        origin: { kind: 'inline', shown: `${name}.graphql`, lineOffset: 0, columnOffset: 0 },
      })),
    );
  const stats = 'type Media @key(fields: "id") @interfaceObject { id: ID! hits: Int }';

  test('refuses a rule on the type of an interface object, with its place and what to write instead', () => {
    const composed = compose(stats.replace('{ id', '@authenticated { id'));
    assert.ok(!composed.ok);
    const [problem] = composed.problems;
    assert.equal(problem?.code, 'WEIR-C115');
    assert.equal(problem.places[0]?.location.file, 'stats.graphql');
    assert.match(problem.fix ?? '', /on each field of the @interfaceObject/);
  });

  test('says that rules on interfaces are sums, so that beside an interface object nobody is refused too much', () => {
    const composed = compose(stats);
    assert.ok(composed.ok);
    const client = clientSchema(composed.sdl, 'supergraph');
    assert.ok(client.ok);
    const left = (sdl: string): string | undefined => {
      const text = '{ film { title hits } book { title } medias { hits } }';
      const operation: Operation = {
        ...{ hash: text as OperationHash, text, document: parse(text), name: undefined, kind: 'query' },
      };
      const decided = createAuthorizer(parse(sdl), client.value, settings).authorize(operation, anonymous);
      assert.equal(decided.kind, 'allowed');
      return decided.authorized.allowed?.text.replaceAll(/\s+/g, ' ');
    };
    assert.equal(left(composed.sdl), '{ film { title hits } }');
    assert.equal(left(composed.sdl.replace(/^#.*\n/, '')), undefined, 'as another composer leaves it');
  });
});
