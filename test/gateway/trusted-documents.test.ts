import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { composedClub, startClub, type Answer, type Club } from './club.ts';
import { clubSchemas } from './club-schemas.ts';

const names = 'query Names { users { id name } }';
const friends = 'query Friends($id: ID!) { user(id: $id) { ...U } }\nfragment U on User { friends { name } }';
const rename = 'mutation Rename { rename(id: 1, name: "x") { id } }';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const apollo = (operations: readonly object[]): string =>
  JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }, null, 2);

const manifest = apollo([
  { id: digest(names), name: 'Names', type: 'query', body: names },
  {
    id: 'friends',
    name: 'Friends',
    type: 'query',
    body: friends,
    clientName: 'web',
    clientVersions: ['2.*'],
  },
  { id: 'rename', name: 'Rename', type: 'mutation', body: rename },
]);

type Settings = Readonly<Record<string, unknown>>;

async function clubWith(
  t: TestContext,
  settings: Settings = {},
  files: Readonly<Record<string, string>> = { 'documents.json': manifest },
  config: Settings = {},
): Promise<{ readonly club: Club; readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-documents-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const local = Object.keys(files).filter((name) => name.endsWith('.json'));
  const club = await startClub({
    config: {
      persisted_queries: {
        enabled: true,
        local_manifests: local.map((name) => join(folder, name)),
        ...settings,
      },
      ...config,
    },
  });
  t.after(async () => {
    await club.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { club, folder };
}

const post = (
  club: Club,
  body: object,
  headers: Readonly<Record<string, string>> = {},
  path = '/graphql',
): Promise<Answer> =>
  club.send({
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const asWeb = (version: string) => ({
  'apollographql-client-name': 'web',
  'apollographql-client-version': version,
});
const persisted = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

async function until<T>(look: () => T | undefined | false): Promise<T> {
  const late = AbortSignal.timeout(30_000);
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    await sleep(20, undefined, { signal: late });
  }
}

test('a document is asked for by documentId, by its hash, by Apollo’s extension and by its address', async (t) => {
  const { club } = await clubWith(t);
  const id = digest(names);
  const asked = [
    post(club, { documentId: id }),
    post(club, { documentId: `sha256:${id}` }),
    post(club, { documentId: id, operationName: 'Names' }),
    post(club, persisted(id)),
    post(club, {}, {}, `/graphql/${id}`),
    club.send({ method: 'GET', path: `/graphql/${id}`, headers: { 'apollo-require-preflight': '1' } }),
    club.send({
      method: 'GET',
      path: `/graphql?documentId=${id}`,
      headers: { 'apollo-require-preflight': '1' },
    }),
  ];
  for (const answer of await Promise.all(asked)) {
    assert.equal(answer.status, 200, answer.text);
    assert.match(answer.text, /"name":"Name 1"/);
  }
  const line = await until(() => club.log.find((one) => one.includes('"msg":"request"')));
  assert.equal((JSON.parse(line) as { document: string }).document, id);
});

test('variables and the name of the client and its version decide, in headers or in the id', async (t) => {
  const { club } = await clubWith(t);
  const ask = (id: string, headers = {}) => post(club, { documentId: id, variables: { id: 1 } }, headers);
  for (const answer of [
    await ask('friends', asWeb('2.1')),
    await ask('web~2.0~friends'),
    await ask('web~2.0~friends', asWeb('2.0')),
  ]) {
    assert.equal(answer.status, 200, answer.text);
    assert.match(answer.text, /friends/);
  }
  for (const answer of [
    await ask('friends'),
    await ask('friends', asWeb('3.0')),
    await ask('friends', asWeb('20')),
    await ask('friends', { 'apollographql-client-name': 'ios', 'apollographql-client-version': '2.1' }),
    await ask('web~1.0~friends'),
    await ask('web~2.0~friends', { 'apollographql-client-name': 'ios' }),
    await ask('__proto__'),
    await ask('constructor'),
    await ask('x'.repeat(5000)),
    await post(club, persisted('friends')),
  ]) {
    assert.deepEqual([answer.status, answer.codes], [404, ['PERSISTED_QUERY_NOT_IN_LIST']], answer.text);
  }
  const both = await post(club, { documentId: 'friends', query: '{ ping }' }, asWeb('2.1'));
  assert.deepEqual([both.status, both.codes], [400, ['CANNOT_SEND_PQ_ID_AND_BODY']]);
});

test('a mutation is never run by GET, whatever names it', async (t) => {
  const { club } = await clubWith(t);
  const headers = { 'apollo-require-preflight': '1' };
  const answer = await club.send({ method: 'GET', path: '/graphql/rename', headers });
  assert.deepEqual([answer.status, answer.codes], [405, ['METHOD_NOT_ALLOWED']]);
  assert.equal((await club.send({ method: 'GET', path: '/graphql/rename' })).codes[0], 'CSRF_PREVENTED');
  assert.equal(club.asked().length, 0);
});

test('without a safelist every operation is answered, and those that no document says are marked in the log', async (t) => {
  const { club } = await clubWith(t, { log_unknown: true });
  assert.equal((await club.ask('{ ping }')).status, 200);
  assert.equal((await club.ask(`# words\n${names}`)).status, 200);
  const [unknown, known] = await until(() => {
    const lines = club.log.filter((one) => one.includes('"msg":"request"'));
    return lines.length < 2 ? undefined : lines.map((one) => JSON.parse(one) as Record<string, unknown>);
  });
  assert.deepEqual([unknown?.['warnings'], unknown?.['document']], [['QUERY_NOT_IN_SAFELIST'], undefined]);
  assert.deepEqual([known?.['warnings'], known?.['document']], [undefined, digest(names)]);
});

test('with a safelist only what a document says is asked of subgraphs', async (t) => {
  const { club } = await clubWith(t, { safelist: { enabled: true } });
  const spaced = `# a comment\nquery   Names{users,{id name}}`;
  const turned = friends.split('\n').reverse().join('\n');
  assert.equal((await club.ask(spaced)).status, 200);
  assert.equal((await club.ask(turned, { headers: asWeb('2.2'), variables: { id: 1 } })).status, 200);
  assert.equal((await post(club, { query: names, ...persisted(digest(names)) })).status, 200);
  assert.equal((await post(club, persisted(digest(names)))).status, 200);
  club.forget();
  const refused = [
    ...['{ ping }', `${names} query Other { ping }`, names.replace('name', 'n: name')],
    ...['query Names { users { id name ...F } } fragment F on User { contact }', friends],
  ];
  for (const query of refused) {
    for (let twice = 0; twice < 2; twice += 1) {
      const answer = await club.ask(query, { operationName: query.includes('Other') ? 'Other' : '' });
      assert.deepEqual([answer.status, answer.codes], [403, ['QUERY_NOT_IN_SAFELIST']], query);
    }
  }
  const registered = await post(club, { query: '{ ping }', ...persisted(digest('{ ping }')) });
  assert.equal(registered.status, 403);
  assert.deepEqual((await post(club, persisted(digest('{ ping }')))).codes, ['PERSISTED_QUERY_NOT_FOUND']);
  assert.deepEqual((await club.ask('{ __schema { queryType { name } } }')).codes, ['QUERY_NOT_IN_SAFELIST']);
  assert.equal(club.asked().length, 0);
});

test('with ids only no text is answered, also not one that a document says', async (t) => {
  const { club } = await clubWith(t, { safelist: { enabled: true, require_id: true } });
  for (const body of [
    { query: names },
    { query: '{' },
    { query: names, ...persisted(digest(names)) },
    { query: '{ __typename }' },
  ]) {
    const { status, codes } = await post(club, body);
    assert.deepEqual([status, codes], [400, ['PERSISTED_QUERY_ID_REQUIRED']]);
  }
  assert.equal((await post(club, { documentId: digest(names) })).status, 200);
});

test('questions about the schema, and callers with a scope, can be let through', async (t) => {
  const safelist = {
    enabled: true,
    require_id: true,
    allow_introspection: true,
    exempt_scopes: ['ask:anything'],
  };
  const { club } = await clubWith(t, { safelist });
  assert.equal((await club.ask('{ __schema { queryType { name } } }')).status, 200);
  for (const query of ['{ __schema { queryType { name } } ping }', '{ ...F } fragment F on Query { ping }'])
    assert.deepEqual((await club.ask(query)).codes, ['PERSISTED_QUERY_ID_REQUIRED']);
  const token = club.issuer.token({ scope: 'other ask:anything' });
  assert.equal((await club.ask('{ ping }', { token })).status, 200);
  const other = await club.ask('{ ping }', { token: club.issuer.token({ scope: 'other' }) });
  assert.deepEqual(other.codes, ['PERSISTED_QUERY_ID_REQUIRED']);
});

test('Relay’s manifests and folders are read, and a client can be given to a whole manifest', async (t) => {
  const { club, folder } = await clubWith(
    t,
    {},
    { 'relay.json': JSON.stringify({ e3b0c442: names }), 'ops/Friends.graphql': friends },
  );
  assert.equal((await post(club, { documentId: 'e3b0c442' })).status, 200);
  await club.close();
  const again = await startClub({
    config: {
      persisted_queries: {
        enabled: true,
        local_manifests: [{ path: join(folder, 'ops'), client: 'web', versions: ['2.0'] }],
      },
    },
  });
  t.after(() => again.close());
  const ask = (version: string) =>
    post(again, { documentId: 'Friends', variables: { id: 1 } }, asWeb(version));
  assert.equal((await ask('2.0')).status, 200);
  assert.equal((await ask('2.1')).status, 404);
});

test('the documents are planned before the first request, and follow their files; bad ones are told with their line', async (t) => {
  const { club, folder } = await clubWith(t);
  assert.ok(club.log.some((line) => line.includes('"msg":"documents planned"')));
  const file = join(folder, 'documents.json');
  const replace = (text: string): void => {
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  };
  replace(
    apollo([
      { id: 'a', body: names },
      { id: 'b', body: 'query {' },
    ]),
  );
  const told = await until(() => club.log.find((line) => line.includes('documents cannot be taken over')));
  assert.match(told, /documents\.json:9:5/);
  assert.equal((await post(club, { documentId: digest(names) })).status, 200);
  replace(apollo([{ id: 'fresh', body: names }]));
  await until(() => club.log.some((line) => line.includes('"msg":"documents taken over"')));
  assert.equal((await post(club, { documentId: 'fresh' })).status, 200);
  assert.equal((await post(club, { documentId: digest(names) })).status, 404);
});

test('a supergraph that breaks documents is told of before it takes over, and by config refused', async (t) => {
  const without = (club: Club): string =>
    composedClub(club.subgraphs, {
      ...clubSchemas,
      accounts: clubSchemas.accounts.replace('  friends: [User!]\n', ''),
    });
  const deploy = async (club: Club): Promise<string> => {
    const said = club.events.length;
    writeFileSync(`${club.supergraphFile}.new`, without(club));
    renameSync(`${club.supergraphFile}.new`, club.supergraphFile);
    return (await until(() => club.events[said])).kind;
  };
  const { club } = await clubWith(t);
  assert.equal(await deploy(club), 'taken');
  const warned = club.log.findIndex((line) => line.includes('do not fit the supergraph'));
  const taken = club.log.findLastIndex((line) => line.includes('supergraph taken over'));
  assert.ok(warned >= 0 && warned < taken);
  assert.match(club.log[warned] ?? '', /Friends of web: Cannot query field .*documents\.json:11:5/);
  const { club: strict } = await clubWith(t, { on_broken: 'refuse' });
  assert.equal(await deploy(strict), 'refused');
  const event = strict.events.at(-1);
  assert.ok(event?.kind === 'refused');
  assert.match(event.text, /error\[WEIR-K004\].*Friends of web/s);
  const answer = await post(strict, { documentId: 'friends', variables: { id: 1 } }, asWeb('2.1'));
  assert.equal(answer.status, 200);
});

test('documents that cannot be read keep the gateway from serving', async () => {
  await assert.rejects(
    startClub({
      config: { persisted_queries: { enabled: true, local_manifests: ['/nowhere/documents.json'] } },
    }),
    /WEIR-F001/,
  );
});
