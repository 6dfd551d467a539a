import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import { composeSupergraph } from '../../schema/compose/compose.ts';
import { startClub, type Club } from './club.ts';

/** Ways around authorization that other gateways had, and that are not a matter of the schema's or the query's form. */

let club: Club;
before(async () => {
  club = await startClub({ config: { batching: { enabled: true } } });
});
beforeEach(() => club.forget());
after(() => club.close());

const asked = (): string =>
  club
    .asked()
    .map(({ body }) => body)
    .join('\n');

const json = { 'content-type': 'application/json' };

test('each operation of a batch is decided by itself, and none borrows from another', async () => {
  const body = JSON.stringify([
    { query: '{ user(id: 1) { name contact } }' },
    { query: '{ user(id: 1) { name: contact } }' },
    { query: 'mutation { wipe }' },
    { query: '{ user(id: 1) { name } }' },
  ]);
  const { text } = await club.send({ headers: json, body });
  const answers = JSON.parse(text) as { data: unknown; errors?: { extensions: { code: string } }[] }[];
  assert.deepEqual(
    answers.map(({ errors = [] }) => errors.map(({ extensions }) => extensions.code)),
    [['UNAUTHORIZED_FIELD_OR_TYPE'], ['UNAUTHORIZED_FIELD_OR_TYPE'], ['UNAUTHORIZED_FIELD_OR_TYPE'], []],
  );
  assert.doesNotMatch(text, /canary|wiped/);
  assert.doesNotMatch(asked(), /wipe|contact/);
});

test('a persisted operation that an entitled caller stored opens nothing for others', async () => {
  const query = '{ user(id: 1) { name contact ssn } }';
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  const token = club.issuer.token({ scope: 'c' });
  const stored = await club.send({
    headers: { ...json, authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, extensions }),
  });
  assert.match(stored.text, /canary-contact.*canary-ssn/);
  club.forget();
  const byHash = await club.send({ headers: json, body: JSON.stringify({ extensions }) });
  assert.deepEqual(byHash.data, { user: { name: 'Name 1', contact: null, ssn: null } });
  assert.doesNotMatch(asked(), /contact|ssn/);
  const search = new URLSearchParams({ extensions: JSON.stringify(extensions) }).toString();
  const byGet = await club.send({
    method: 'GET',
    path: `/graphql?${search}`,
    headers: { 'apollo-require-preflight': '1' },
  });
  assert.deepEqual(byGet.data, byHash.data);
});

test('the plan of an entitled caller serves nobody else, whoever comes first', async () => {
  const token = club.issuer.token({ scope: 'admin a b c', policies: ['payroll'] });
  const query = '{ users { name contact ssn salary } }';
  for (let turn = 0; turn < 3; turn += 1) {
    assert.match((await club.ask(query, { token })).text, /canary-ssn/);
    club.forget();
    const { text } = await club.ask(query);
    assert.doesNotMatch(text, /canary|77777/);
    assert.doesNotMatch(asked(), /contact|ssn|salary/);
  }
});

describe('the log', () => {
  const entries = (): readonly Record<string, unknown>[] =>
    club.log
      .flatMap((text) => text.split('\n').filter((line) => line !== ''))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line['audit'] === 'authorization');

  test('has an entry for each denial: who, what, by which rule, in which request, and no value', async () => {
    club.log.length = 0;
    const token = club.issuer.token({ sub: 'mallory', note: 'claim-value' });
    await club.ask('query ($id: ID = "1") { user(id: $id) { name mail: contact ssn again: ssn } }', {
      token,
      variables: { id: 'variable-value' },
    });
    const [entry, ...others] = entries();
    assert.deepEqual(others, []);
    const { what, who, rule, outcome, path, request_id: request } = entry ?? {};
    assert.deepEqual(
      { what, who, outcome, path },
      { what: 'User.ssn', who: 'mallory', outcome: 'denied', path: 'user.ssn' },
    );
    assert.match(String(rule), /requiresScopes\(a & b \| c\)/);
    assert.ok(String(request).length > 0);
    assert.doesNotMatch(club.log.join(), /variable-value|claim-value|canary/);
  });

  test('names anonymous callers so', async () => {
    club.log.length = 0;
    await club.ask('{ user(id: 1) { contact } }');
    assert.deepEqual(
      entries().map(({ who, what }) => [who, what]),
      [['anonymous', 'User.contact']],
    );
  });

  test('tells in a dry run what would be denied, while nothing is', async () => {
    const dry = await startClub({ config: { authorization: { directives: { dry_run: true } } } });
    try {
      const { text, codes } = await dry.ask('{ user(id: 1) { contact } }');
      assert.match(text, /canary-contact/);
      assert.deepEqual(codes, []);
      assert.match(dry.log.join(), /"outcome":"would be denied","what":"User.contact"/);
    } finally {
      await dry.close();
    }
  });
});

test('a rule that may be that of an interface object holds for all implementations, and the log says so', async () => {
  const edit = (sdl: string): string =>
    sdl
      .replace(/(interface Media[^{]*)\{/, '$1 @authenticated {')
      .replace(/(type Book[^{]*)\{/, '$1 @authenticated {');
  const older = await startClub({ edit });
  try {
    const query = '{ medias { id ... on Book { pages } ... on Film { minutes } } }';
    const nobody = await older.ask(query);
    assert.deepEqual((JSON.parse(nobody.text) as { readonly data: unknown }).data, { medias: null });
    assert.deepEqual(older.asked(), []);
    const known = await older.ask(query, { token: older.issuer.token() });
    assert.match(known.text, /12.*90/);
    assert.ok(
      older.log.some((line) => /"coordinates":"Media".*does not tell whose rules/.test(line)),
      older.log.join(''),
    );
  } finally {
    await older.close();
  }
  assert.ok(!club.log.some((line) => line.includes('whose rules')));
});

describe('composition refuses', () => {
  const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@context", "@fromContext", "@authenticated"])`;
  const problems = (schemas: Readonly<Record<string, string>>): readonly (string | undefined)[] => {
    const composed = composeSupergraph(
      Object.entries(schemas).map(([name, sdl]) => ({
        ...{ name, routingUrl: `http://${name}.example/`, sdl: `${federation} ${sdl}` },
        origin: { kind: 'inline', shown: name, lineOffset: 0, columnOffset: 0 },
      })),
    );
    return composed.ok ? [] : composed.problems.map(({ origin }) => origin);
  };

  test('a field without a rule that requires a protected one', () => {
    assert.deepEqual(
      problems({
        people: 'type Query { u: User } type User @key(fields: "id") { id: ID! ssn: String @authenticated }',
        risk: 'type User @key(fields: "id") { id: ID! ssn: String @external risk: Int @requires(fields: "ssn") }',
      }),
      ['MISSING_TRANSITIVE_AUTH_REQUIREMENTS'],
    );
  });

  test('a field without a rule whose context argument comes from a protected one', () => {
    assert.deepEqual(
      problems({
        people: `type Query { u: User }
          type User @key(fields: "id") @context(name: "u") { id: ID! ssn: String @authenticated card: Card! }
          type Card @key(fields: "id") { id: ID! limit(ssn: String @fromContext(field: "$u { ssn }")): Int }`,
        other: 'type Card @key(fields: "id") { id: ID! x: Int }',
      }),
      ['MISSING_TRANSITIVE_AUTH_REQUIREMENTS'],
    );
  });

  test('a rule on an interface, which would say nothing of the types behind it', () => {
    assert.deepEqual(
      problems({
        people: 'type Query { a: A } interface A { x: Int @authenticated } type T implements A { x: Int }',
      }),
      ['AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE'],
    );
  });
});
