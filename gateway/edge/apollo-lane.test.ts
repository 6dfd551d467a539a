import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { buildSchema, print } from 'graphql';
import type { GraphQLRequest } from '../model/graphql-request.ts';
import type { GraphQLResponse } from '../model/graphql-response.ts';
import type { ClientError } from '../model/execution.ts';
import { refusal } from '../model/refusal.ts';
import { respond } from '../respond/respond.ts';
import { apolloLane, loadPlugins, type ApolloLane, type ApolloLaneSettings } from './edge.ts';

const schema = buildSchema('type Query { hello: String, other: Int } type Mutation { set: Int }');
const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const request: GraphQLRequest = {
  method: 'POST',
  query: 'query A { hello }',
  operationName: 'A',
  variables: { a: 1 },
  extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } },
  headers: { authorization: 'Bearer t', 'x-many': ['a', 'b'] },
  requestId: 'r1',
  signal: new AbortController().signal,
};

async function lane(t: TestContext, plugins: ApolloLaneSettings['plugins'] = []): Promise<ApolloLane> {
  const made = apolloLane({ plugins, logger: quiet });
  await made.schemaChanged(schema, 'supergraph');
  t.after(() => made.stop());
  return made;
}

const responder = respond({ includeSubgraphErrors: { all: true, subgraphs: {} }, unauthorized: 'errors' });
const shown: ClientError = {
  message: 'no "luck"\u2028',
  path: ['hello', 0, 'x'],
  extensions: {
    code: 'SUBREQUEST_HTTP_ERROR',
    service: 'a',
    http: { status: 503 },
    list: [1, null, { a: 'ü' }],
  },
};
const ran = (
  data: string,
  errors: readonly ClientError[] = [],
  valueCompletion: readonly ClientError[] = [],
) =>
  responder.executed({
    result: { data, errors, valueCompletion },
    denials: [],
    requestId: 'r1',
    headers: { 'x-served-by': ['a', 'b'] },
  });

const responses: readonly (readonly [string, GraphQLResponse])[] = [
  ['data', ran('{"hello":"w\\u0000ö","other":1.0}')],
  ['data in the order of the client, numbers as written', ran('{"b":1e3,"a":-0,"1":{"__proto__":[]}}')],
  ['null', ran('null', [shown])],
  [
    'data with errors of a subgraph that carry an http status',
    ran('{"hello":null}', [
      shown,
      { ...shown, extensions: { code: 'X', service: 'a', http: { status: 500, headers: {} } } },
    ]),
  ],
  ['data with value completion', ran('{"hello":null}', [], [shown])],
  ['a refusal', responder.refused(refusal('UNAUTHENTICATED', 'Who are you?'), 'r1')],
  [
    'a refusal by GraphQL',
    responder.refused(refusal('BAD_USER_INPUT', 'Variable "$a"…', { more: true }), 'r1'),
  ],
  ['an exception', responder.failed(new Error('hunter2'), 'r1')],
];

for (const [name, response] of responses) {
  test(`with and without Apollo Server the same bytes are answered: ${name}`, async (t) => {
    const made = await lane(t);
    const through = await made.answer({
      request,
      text: request.query ?? '',
      run: () => Promise.resolve(response),
    });
    const direct = responder.answer(response);
    assert.deepEqual({ ...through, body: String(through.body) }, { ...direct, body: String(direct.body) });
  });
}

test('plugins see the request and the operation, and may change status, headers and the answer', async (t) => {
  const seen: unknown[] = [];
  const made = await lane(t, [
    {
      requestDidStart: ({ contextValue, request: { http, operationName, variables, extensions } }) => {
        seen.push(
          contextValue.request.requestId,
          http?.headers.get('authorization'),
          operationName,
          variables,
          extensions,
        );
        return Promise.resolve({
          didResolveOperation: ({ document }) => Promise.resolve(void seen.push(print(document))),
          willSendResponse: ({ response }) => {
            assert.ok(response.body.kind === 'single');
            seen.push(JSON.parse(JSON.stringify(response.body.singleResult.data)));
            response.body.singleResult.extensions = { added: true };
            response.http.status = 202;
            response.http.headers.set('x-plugin', 'yes');
            return Promise.resolve();
          },
        });
      },
    },
  ]);
  const answer = await made.answer({
    request,
    text: 'query A { hello }',
    run: () => Promise.resolve(ran('{"hello":"w"}')),
  });
  assert.deepEqual(seen, ['r1', 'Bearer t', 'A', { a: 1 }, {}, 'query A {\n  hello\n}', { hello: 'w' }]);
  assert.equal(answer.status, 202);
  assert.equal(answer.headers['x-plugin'], 'yes');
  assert.equal(answer.body, '{"data":{"hello":"w"},"extensions":{"added":true}}');
});

test('a plugin that throws is answered as an error without a stack', async (t) => {
  const made = await lane(t, [{ requestDidStart: () => Promise.reject(new Error('hunter2')) }]);
  const answer = await made.answer({
    request,
    text: 'query A { hello }',
    run: () => Promise.resolve(ran('{}')),
  });
  assert.equal(answer.status, 500);
  assert.match(String(answer.body), /INTERNAL_SERVER_ERROR/);
  assert.doesNotMatch(String(answer.body), /hunter2|apollo-lane/);
});

test('a new supergraph is told to plugins and answers with its schema', async (t) => {
  const told: string[] = [];
  const made = await lane(t, [
    {
      serverWillStart: () =>
        Promise.resolve({
          schemaDidLoadOrUpdate: ({ coreSupergraphSdl }) => void told.push(coreSupergraphSdl ?? ''),
        }),
    },
  ]);
  await made.schemaChanged(buildSchema('type Query { later: Int }'), 'second');
  assert.deepEqual(told, ['supergraph', 'second']);
  const later = { ...request, operationName: undefined };
  const answer = await made.answer({
    request: later,
    text: '{ later }',
    run: () => Promise.resolve(ran('{"later":1}')),
  });
  assert.equal(answer.body, '{"data":{"later":1}}');
});

test('plugin modules are loaded from their paths, and all that cannot be are named', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'plugins-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const good = join(folder, 'good.mjs');
  const empty = join(folder, 'empty.mjs');
  writeFileSync(good, 'export const plugins = [{ requestDidStart: async () => undefined }];');
  writeFileSync(empty, 'export const other = 1;');
  const loaded = await loadPlugins([good]);
  assert.ok(loaded.ok);
  assert.equal(loaded.plugins.length, 1);
  const failed = await loadPlugins([join(folder, 'missing.mjs'), good, empty]);
  assert.ok(!failed.ok);
  assert.match(failed.problems[0] ?? '', /missing\.mjs cannot be loaded/);
  assert.match(failed.problems[1] ?? '', /empty\.mjs has to export a list "plugins"/);
});
