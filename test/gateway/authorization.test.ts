import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startClub, type Answer, type Club } from './club.ts';
import { secrets } from './club-schemas.ts';

let club: Club;
before(async () => {
  club = await startClub();
});
beforeEach(() => club.forget());
after(() => club.close());

const anySecret = new RegExp(`${Object.values(secrets).join('|')}|77777|"RED"|canary-hidden`);

/** Everything that crossed a wire because of the request: the answer and the subgraphs' requests. */
function everywhere(answer: Answer): string {
  return [answer.text, ...club.asked().map(({ body }) => body)].join('\n');
}

/** The name of a protected coordinate, the scope or claim that opens it, and queries that ask for it. */
const protectedThings: readonly {
  readonly what: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly query: string;
  /** Stands in the answer of who may, and in no request made for who may not. */
  readonly value: RegExp;
  readonly field: RegExp;
}[] = [
  { what: 'a field', claims: {}, query: '{ user(id: 1) { contact } }', value: /canary-contact/, field: /contact/ },
  { what: 'a field by scopes', claims: { scope: 'c' }, query: '{ user(id: 1) { ssn } }', value: /canary-ssn/, field: /ssn/ },
  { what: 'a field by policy', claims: { policies: ['payroll'] }, query: '{ user(id: 1) { salary } }', value: /77777/, field: /salary/ },
  { what: 'a field of a protected type', claims: {}, query: '{ user(id: 1) { card { number } } }', value: /canary-card/, field: /card|number/ },
  { what: 'a field of a protected scalar', claims: {}, query: '{ user(id: 1) { note } }', value: /canary-note/, field: /note/ },
  { what: 'a field of a protected enum', claims: {}, query: '{ user(id: 1) { clearance } }', value: /RED/, field: /clearance/ },
  { what: 'a root field', claims: { scope: 'admin' }, query: '{ auditLog }', value: /canary-audit/, field: /auditLog/ },
  { what: 'a mutation', claims: { scope: 'admin' }, query: 'mutation { wipe }', value: /wiped/, field: /wipe/ },
  { what: 'a member of a union', claims: { scope: 'admin' }, query: '{ search { ... on AdminPanel { rootToken } } }', value: /canary-root-token/, field: /rootToken/ },
  { what: 'a field of an interface, protected in one implementation', claims: {}, query: '{ actors { contact } }', value: /canary-contact/, field: /contact/ },
  { what: 'the same by id', claims: {}, query: '{ actor(id: "b1") { contact } }', value: /bot@club/, field: /contact/ },
  { what: 'a field of an interface object', claims: {}, query: '{ medias { audience } }', value: /canary-audience/, field: /audience/ },
  { what: 'the same on an implementation', claims: {}, query: '{ medias { ... on Book { audience } } }', value: /canary-audience/, field: /audience/ },
  { what: 'a field that needs a protected one', claims: { scope: 'a b' }, query: '{ user(id: 1) { riskScore } }', value: /10/, field: /riskScore|ssn/ },
  { what: 'a field that cannot be null', claims: {}, query: '{ user(id: 1) { strict { sealed } } }', value: /canary-sealed/, field: /sealed/ },
]; // prettier-ignore

for (const { what, claims, query, value, field } of protectedThings) {
  test(`${what} is for who may see it, and is neither answered nor fetched for others`, async () => {
    const tokens = [
      undefined,
      ...(Object.keys(claims).length > 0 ? [{ scope: 'other', policies: ['x'] }] : []),
    ];
    for (const others of tokens) {
      const token = others === undefined ? undefined : club.issuer.token(others);
      const answer = await club.ask(query, { token });
      assert.equal(answer.status, 200);
      assert.doesNotMatch(answer.text, anySecret);
      assert.doesNotMatch(
        club
          .asked()
          .map(({ body }) => body)
          .join('\n'),
        field,
      );
      assert.deepEqual(answer.codes, ['UNAUTHORIZED_FIELD_OR_TYPE']);
    }
    const entitled = await club.ask(query, { token: club.issuer.token(claims) });
    assert.deepEqual(entitled.codes, []);
    assert.match(entitled.text, value);
  });
}

test('a field protected in an older composition by its input alone is denied all the same', async () => {
  const rule = /(riskScore: Int @join__field\([^\n]*?\)) @requiresScopes\([^\n]*?\]\]\)/;
  const older = await startClub({
    edit: (sdl) => {
      assert.match(sdl, rule);
      return sdl.replace(rule, '$1');
    },
  });
  try {
    const answer = await older.ask('{ user(id: 1) { name riskScore } }');
    assert.deepEqual(answer.data, { user: { name: 'Name 1', riskScore: null } });
    assert.doesNotMatch(
      older
        .asked()
        .map(({ body }) => body)
        .join('\n'),
      /ssn/,
    );
  } finally {
    await older.close();
  }
});

test('__typename of a protected union member stays usable', async () => {
  const { data } = await club.ask('{ search { __typename } }');
  assert.deepEqual(data, { search: [{ __typename: 'User' }, { __typename: 'AdminPanel' }] });
});

const shapes: Readonly<Record<string, string>> = {
  'an alias': '{ user(id: 1) { name: contact } }',
  'an alias of a safe name': '{ user(id: 1) { ping: contact id } }',
  'two aliases': '{ user(id: 1) { a: contact b: contact } }',
  'a fragment': '{ user(id: 1) { ...f } } fragment f on User { contact }',
  'a fragment in a fragment': '{ user(id: 1) { ...f } } fragment f on User { ...g } fragment g on User { contact }',
  'a fragment on the interface': '{ user(id: 1) { ... on Actor { contact } } }',
  'a fragment on the implementation': '{ actors { ... on User { contact } } }',
  'an inline fragment without type': '{ user(id: 1) { ... { contact } } }',
  'an included fragment': '{ user(id: 1) { ... @include(if: true) { contact } } }',
  'a nested object': '{ user(id: 1) { best { best { contact } } } }',
  'a list': '{ users { friends { contact } } }',
  'a named operation': 'query A { ping } query B { user(id: 1) { contact } }',
  'a mutation payload': 'mutation { rename(id: 1, name: "x") { contact } }',
  'an entity hop': '{ topReviews(first: 1) { author { contact } } }',
  'two entity hops': '{ topReviews(first: 1) { author { reviews { author { contact } } } } }',
  'a byte-order mark': '\uFEFF{ user(id: 1) { contact } }',
  'comments and commas': '{ user(id: 1),, { #contact\n contact #,\n } }',
  'the union': '{ search { ... on User { contact } } }',
  'the union by its interface': '{ search { ... on Actor { contact } } }',
}; // prettier-ignore

for (const [shape, query] of Object.entries(shapes)) {
  test(`a protected field is protected behind ${shape}`, async () => {
    const asked = shape === 'a named operation' ? { operationName: 'B' } : {};
    const answer = await club.ask(query, asked);
    assert.equal(answer.status, 200);
    assert.ok(answer.codes.includes('UNAUTHORIZED_FIELD_OR_TYPE'));
    assert.doesNotMatch(answer.text, anySecret);
    assert.doesNotMatch(
      club
        .asked()
        .map(({ body }) => body)
        .join('\n'),
      /contact/,
    );
    const entitled = await club.ask(query, { ...asked, token: club.issuer.token() });
    assert.match(entitled.text, /canary-contact/);
  });
}

const enough = ['a b', 'b a', 'c', 'x a y b'];
const tooLittle = [
  '', 'a', 'b', 'ab', 'a,b', 'A B', 'C', 'c,', 'cc', 'a\tb', 'a\nb', '["a","b"]', 'a|b', 'read:c',
]; // prettier-ignore

for (const scope of enough) {
  test(`[["a","b"],["c"]] is met by the scopes "${scope}"`, async () => {
    const { text } = await club.ask('{ user(id: 1) { ssn } }', { token: club.issuer.token({ scope }) });
    assert.match(text, /canary-ssn/);
  });
}
for (const scope of tooLittle) {
  test(`[["a","b"],["c"]] is not met by the scopes ${JSON.stringify(scope)}`, async () => {
    const answer = await club.ask('{ user(id: 1) { ssn } }', { token: club.issuer.token({ scope }) });
    assert.doesNotMatch(everywhere(answer), /canary-ssn|\bssn\b(?!")/);
    assert.equal(answer.status, 200);
  });
}

test('60 callers at once, half of them nobody, each get what is theirs', async () => {
  const query = '{ users { contact } medias { audience } }';
  const token = club.issuer.token();
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) => club.ask(query, index % 2 === 0 ? { token } : {})),
  );
  for (const [index, { text }] of answers.entries()) {
    if (index % 2 === 0) assert.match(text, /canary-contact.*canary-audience/);
    else assert.doesNotMatch(text, anySecret);
  }
});

test('60 callers at once each are themselves to the subgraph', async () => {
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      club.ask('{ me { id } }', { token: club.issuer.token({ sub: `s${String(index)}` }) }),
    ),
  );
  assert.deepEqual(
    answers.map(({ data }) => data),
    answers.map((_, index) => ({ me: { id: `s${String(index)}` } })),
  );
});

for (const [how, query] of Object.entries({
  alone: 'mutation { wipe }',
  'under an alias': 'mutation { rename: wipe }',
  'in a fragment': 'mutation { ...f } fragment f on Mutation { wipe }',
  'after a public one': 'mutation { rename(id: 1, name: "x") { id } wipe }',
  'before a public one': 'mutation { wipe rename(id: 1, name: "x") { id } }',
})) {
  test(`a protected mutation ${how} is not executed`, async () => {
    const { text } = await club.ask(query);
    assert.doesNotMatch(text, /wiped/);
    assert.doesNotMatch(
      club
        .asked()
        .map(({ body }) => body)
        .join('\n'),
      /wipe/,
    );
  });
}

test('a denied field that cannot be null makes its parent null', async () => {
  const { data } = await club.ask('{ user(id: 1) { name strict { open sealed } } }');
  assert.deepEqual(data, { user: { name: 'Name 1', strict: null } });
});

test('nothing protected appears in any request that an anonymous query causes', async () => {
  const answer = await club.ask(
    `{ me { name } auditLog users { name contact ssn salary clearance note card { number } riskScore strict { sealed } }
      medias { title audience rating } search { ... on AdminPanel { rootToken } } actors { contact } }`,
  );
  assert.doesNotMatch(everywhere(answer), anySecret);
  assert.doesNotMatch(
    club.asked().map(({ query }) => query).join('\n'),
    /\b(me|auditLog|contact|ssn|salary|clearance|note|card|riskScore|sealed|audience|rootToken)\b/,
  ); // prettier-ignore
});

for (const [what, query, variables] of [
  ['field', '{ user(id: 1) { hidden } }', {}],
  ['enum value as literal', '{ echo(level: TOP) }', {}],
  ['enum value as variable', 'query ($l: Level) { echo(level: $l) }', { l: 'TOP' }],
  ['input field as literal', '{ echo(input: { hiddenKey: "x" }) }', {}],
  ['input field as variable', 'query ($i: EchoInput) { echo(input: $i) }', { i: { hiddenKey: 'x' } }],
] as const) {
  test(`an inaccessible ${what} is unknown to every caller`, async () => {
    const token = club.issuer.token({ scope: 'admin a b c', policies: ['payroll'] });
    const answer = await club.ask(query, { token, variables });
    assert.equal(answer.status, 400);
    assert.deepEqual(club.asked(), []);
    assert.doesNotMatch(answer.text, /canary/);
  });
}

test('an inaccessible field is not in the published schema', async () => {
  const { text } = await club.ask('{ __schema { types { name fields { name } inputFields { name } enumValues { name } } } }');
  assert.doesNotMatch(text, /"hidden"|hiddenKey|"TOP"|join__|_Any|_service/);
}); // prettier-ignore

test('a denial leaves the public part, keeps joins working, and has one error each', async () => {
  const answer = await club.ask('{ topReviews(first: 1) { body author { name contact ssn } media { title audience rating } } }');
  assert.deepEqual(answer.data, {
    topReviews: [
      {
        body: 'review 0',
        author: { name: 'Name 1', contact: null, ssn: null },
        media: { title: 'A Book', audience: null, rating: 4.5 },
      },
    ],
  });
  assert.deepEqual(answer.codes, Array.from({ length: 3 }, () => 'UNAUTHORIZED_FIELD_OR_TYPE'));
}); // prettier-ignore

test('only protected fields: nothing is fetched and every one is told of', async () => {
  const answer = await club.ask('{ auditLog me { id } }');
  assert.deepEqual(answer.data, { auditLog: null, me: null });
  assert.equal(answer.codes.length, 2);
  assert.deepEqual(club.asked(), []);
});

test('answers stay the same with or without __typename, on types and on their interfaces', async () => {
  const without = await club.ask('{ medias { id title rating ... on Book { pages reviews { body } } } }');
  const within = await club.ask(
    '{ medias { __typename id title rating ... on Book { __typename pages reviews { __typename body } } } }',
  );
  const onInterface = await club.ask(
    '{ medias { ... on Media { id title ... on Media { rating } ... on Book { pages reviews { body } } } } }',
  );
  const strip = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (key, one: unknown) => (key === '__typename' ? undefined : one)));
  assert.deepEqual(without.codes, []);
  assert.deepEqual(strip(within.data), without.data);
  assert.deepEqual(onInterface.data, without.data);
  assert.deepEqual((within.data as { medias: { __typename: string }[] }).medias.map((one) => one.__typename), ['Book', 'Film']);
}); // prettier-ignore
