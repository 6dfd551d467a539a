import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  buildClientSchema,
  getIntrospectionQuery,
  printSchema,
  validateSchema,
  type IntrospectionQuery,
} from 'graphql';
import { startClub, type Club } from './club.ts';

let club: Club;
before(async () => {
  club = await startClub({ config: { authorization: { directives: { introspection: 'allowed' } } } });
});
after(() => club.close());

async function schemaFor(claims?: Readonly<Record<string, unknown>>): Promise<string> {
  const token = claims === undefined ? undefined : club.issuer.token(claims);
  const { data, codes } = await club.ask(getIntrospectionQuery(), { token });
  assert.deepEqual(codes, []);
  const schema = buildClientSchema(data as IntrospectionQuery);
  assert.deepEqual(validateSchema(schema), []);
  return printSchema(schema);
}

const everything = { scope: 'admin a b c', policies: ['payroll'] };

test('who may see everything is shown everything', async () => {
  const text = await schemaFor(everything);
  for (const name of [
    'contact',
    'ssn',
    'salary',
    'auditLog',
    'wipe',
    'rootToken',
    'AdminPanel',
    'riskScore',
    'audience',
  ])
    assert.match(text, new RegExp(`\\b${name}\\b`), name);
});

test('who may see nothing protected is shown no protected field, no type behind it, no member of a union', async () => {
  const text = await schemaFor();
  for (const name of [
    'ssn',
    'salary',
    'auditLog',
    'wipe',
    'rootToken',
    'AdminPanel',
    'riskScore',
    'audience',
    'Card',
    'sealed',
  ])
    assert.doesNotMatch(text, new RegExp(`\\b${name}\\b`), name);
  assert.doesNotMatch(text, /(type User|interface Actor) [^}]*contact/);
  assert.match(text, /type Bot [^}]*contact/);
  for (const name of ['User', 'name', 'topReviews', 'Book'])
    assert.match(text, new RegExp(`\\b${name}\\b`), name);
});

test('what a grant opens is shown, and only that', async () => {
  const text = await schemaFor({ scope: 'c' });
  assert.match(text, /\bssn\b/);
  assert.match(text, /\bcontact\b/);
  assert.doesNotMatch(text, /\b(salary|auditLog|AdminPanel)\b/);
});

test('questions about a hidden type or by a fragment get what is shown, and callers are not mixed up', async () => {
  const query =
    '{ __type(name: "User") { ...f } hidden: __type(name: "AdminPanel") { name } } fragment f on __Type { fields { name } }';
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      club.ask(query, at % 2 === 0 ? {} : { token: club.issuer.token(everything) }),
    ),
  );
  for (const [at, { text, data }] of answers.entries()) {
    const { hidden } = data as { hidden: unknown };
    if (at % 2 === 0) {
      assert.equal(hidden, null);
      assert.doesNotMatch(text, /"(ssn|contact|salary)"/);
    } else assert.match(text, /"ssn".*AdminPanel/);
  }
});

test('a misspelt name is not mended with a hidden one', async () => {
  const { text } = await club.ask('{ user(id: 1) { salry } }');
  assert.doesNotMatch(text, /salary|Did you mean/);
});

test('data beside introspection is as ever', async () => {
  const answer = await club.ask('{ __schema { queryType { name } } user(id: 1) { name contact } }');
  assert.deepEqual(answer.data, {
    __schema: { queryType: { name: 'Query' } },
    user: { name: 'Name 1', contact: null },
  });
  assert.deepEqual(answer.codes, ['UNAUTHORIZED_FIELD_OR_TYPE']);
});
