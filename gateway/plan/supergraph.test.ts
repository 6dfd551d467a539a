import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composedSupergraph } from '../../test/plan/composed-supergraph.ts';
import { activeLabels, loadSupergraph, type LoadedSupergraph, type Supergraph } from './plan.ts';

const all = new Set(['authenticated', 'requiresScopes', 'policy', 'context', 'cacheTag']);

function loaded(sdl: string, enforced: ReadonlySet<string> = all): Supergraph {
  const result = loadSupergraph(sdl, { enforced });
  assert.ok(result.kind === 'loaded', JSON.stringify(result));
  return result.supergraph;
}

function problemsOf(result: LoadedSupergraph) {
  assert.ok(result.kind === 'refused');
  return result.problems;
}

const link = '@link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)';
const guarded = composedSupergraph({
  a: `type Query { u: User @authenticated s: Int @requiresScopes(scopes: [["read"]]) p: Int @policy(policies: [["x"]]) }
      type User @key(fields: "id") { id: ID! secret: String @inaccessible }`,
  b: `type User @key(fields: "id") { id: ID! age: Int }`,
});

test('the client schema has neither join directives nor what is inaccessible', () => {
  const { apiSchema, subgraphs, id } = loaded(guarded);
  assert.deepEqual(Object.keys(apiSchema.getQueryType()?.getFields() ?? {}).sort(), ['p', 's', 'u']);
  assert.equal(apiSchema.getType('join__Graph'), undefined);
  const user = apiSchema.getType('User');
  assert.ok(user !== undefined && 'getFields' in user && !('secret' in user.getFields()));
  assert.deepEqual(
    [...subgraphs],
    [
      ['a', 'http://a.test/graphql'],
      ['b', 'http://b.test/graphql'],
    ],
  );
  assert.match(id, /^[0-9a-f]{64}$/);
});

test('the planner gets no access rules, the full document keeps them', () => {
  const { plannerSdl, sdl, features } = loaded(guarded);
  for (const word of ['authenticated', 'requiresScopes', 'policy']) {
    assert.ok(sdl.includes(`@${word}`));
    assert.ok(!plannerSdl.includes(word), word);
    assert.equal(features.get(word)?.directive, word);
  }
  assert.ok(!plannerSdl.includes('Scope'));
});

test('a renamed access rule is removed too, and known under its new name', () => {
  const { plannerSdl, features } = loaded(
    composedSupergraph({
      a: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: [{ name: "@authenticated", as: "@signedIn" }, { name: "@requiresScopes", as: "@needs" }])
          type Query { u: Int @signedIn s: Int @needs(scopes: [["read"]]) }`,
    }),
  );
  assert.equal(features.get('authenticated')?.directive, 'signedIn');
  assert.equal(features.get('requiresScopes')?.directive, 'needs');
  assert.doesNotMatch(plannerSdl, /signedIn|needs|Scope/);
});

test('a rule imported under another name by hand is removed by that name', () => {
  const renamed = guarded
    .replaceAll('@authenticated', '@only')
    .replace(
      link,
      link.replace('for:', 'as: "auth", import: [{ name: "@authenticated", as: "@only" }], for:'),
    );
  const { plannerSdl, features } = loaded(renamed);
  assert.equal(features.get('authenticated')?.directive, 'only');
  assert.doesNotMatch(plannerSdl, /@only|authenticated/);
});

test('a scalar of a removed feature stays while a field uses it', () => {
  const { plannerSdl } = loaded(
    guarded.replace(/type User\b[^{]*\{/, (head) => `${head}\n  scope: requiresScopes__Scope`),
  );
  assert.match(plannerSdl, /scalar requiresScopes__Scope/);
});

test('a feature that nobody enforces is refused with its name, address and place', () => {
  const [problem, ...others] = problemsOf(
    loadSupergraph(guarded, { enforced: new Set(['requiresScopes', 'policy']) }),
  );
  assert.equal(others.length, 0);
  assert.equal(problem?.code, 'UNSUPPORTED_LINKED_FEATURE');
  assert.match(
    problem.message,
    /"authenticated" \(https:\/\/specs\.apollo\.dev\/authenticated\/v0\.1\) for: SECURITY/,
  );
  const line = guarded.split('\n')[(problem.line ?? 0) - 1] ?? '';
  assert.match(
    line.slice((problem.column ?? 0) - 1),
    /^@?link\(url: "https:\/\/specs\.apollo\.dev\/authenticated/,
  );
});

for (const [what, replaced] of [
  ['of an unknown specification', '@link(url: "https://example.com/vault/v1.0", for: SECURITY)'],
  ['for execution', '@link(url: "https://example.com/vault/v1.0", for: EXECUTION)'],
  [
    'whose name only looks like a known one',
    '@link(url: "https://example.com/authenticated/v0.1", for: SECURITY)',
  ],
  ['of a later version', '@link(url: "https://specs.apollo.dev/authenticated/v0.9", for: SECURITY)'],
] as const) {
  test(`a feature ${what} is refused`, () => {
    const [problem] = problemsOf(loadSupergraph(guarded.replace(link, replaced), { enforced: all }));
    assert.equal(problem?.code, 'UNSUPPORTED_LINKED_FEATURE');
  });
}

test('an access rule without an enforcer is refused even when its link does not say what it is for', () => {
  const sdl = guarded.replace(link, '@link(url: "https://specs.apollo.dev/authenticated/v0.1")');
  const [problem] = problemsOf(loadSupergraph(sdl, { enforced: new Set(['requiresScopes', 'policy']) }));
  assert.equal(problem?.code, 'UNSUPPORTED_LINKED_FEATURE');
});

test('unresolvable keys come last in the supergraph of the planner', () => {
  const { plannerSdl } = loaded(
    composedSupergraph({
      a: `type Query { a: A } type A @key(fields: "x", resolvable: false) @key(fields: "y") { x: ID! @shareable y: ID! @shareable }`,
      b: `type A @key(fields: "x") @key(fields: "y") { x: ID! @shareable y: ID! @shareable z: Int }`,
    }),
  );
  const keys = /type A([^{]*)\{/.exec(plannerSdl)?.[1] ?? '';
  assert.ok(keys.indexOf('resolvable: false') > keys.lastIndexOf('graph: B'), keys);
});

for (const [what, sdl, pattern] of [
  ['is not GraphQL', 'type Query {', /Expected Name/],
  ['is no supergraph', 'type Query { a: Int }', /not a composed supergraph/],
  ['is empty', '', /Unexpected <EOF>/],
  ['uses an unknown type', guarded.replace(/type User\b[^{]*\{/, (head) => `${head}\n  odd: Odd`), /Odd/],
] as const) {
  test(`a text that ${what} is refused, not thrown at`, () => {
    const [problem] = problemsOf(loadSupergraph(sdl, { enforced: all }));
    assert.equal(problem?.code, 'SUPERGRAPH_INVALID');
    assert.match(problem.message, pattern);
  });
}

test('an unknown version of the join specification is refused', () => {
  const [problem] = problemsOf(loadSupergraph(guarded.replace('join/v0.5', 'join/v0.9'), { enforced: all }));
  assert.match(problem?.message ?? '', /join\/v0\.9/);
});

test('a syntax error has its place', () => {
  const [problem] = problemsOf(loadSupergraph('type Query {\n  a: }', { enforced: all }));
  assert.deepEqual([problem?.line, problem?.column], [2, 6]);
});

test('labels of progressive overrides are listed, and drawn for each request', () => {
  const { overrideLabels } = loaded(
    composedSupergraph({
      a: `type Query { u: User } type User @key(fields: "id") { id: ID! age: Int name: String }`,
      b: `type User @key(fields: "id") { id: ID! age: Int @override(from: "a", label: "percent(25)") name: String @override(from: "a", label: "beta") }`,
    }),
  );
  assert.deepEqual(overrideLabels, ['beta', 'percent(25)']);
  assert.deepEqual([...activeLabels(overrideLabels, () => 0.24, new Set())], ['percent(25)']);
  assert.deepEqual([...activeLabels(overrideLabels, () => 0.25, new Set(['beta', 'other']))], ['beta']);
});
