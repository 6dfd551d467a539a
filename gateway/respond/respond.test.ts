import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WeirError } from '../model/errors.ts';
import type { ClientError } from '../model/execution.ts';
import { refusal } from '../model/refusal.ts';
import { respond, type Outcome, type RespondSettings } from './respond.ts';
import type { ErrorVisibility } from './subgraph-errors.ts';

const settings: RespondSettings = {
  includeSubgraphErrors: { all: false, subgraphs: {} },
  unauthorized: 'errors',
};

function body(
  outcome: Partial<Outcome['result']>,
  given: Partial<RespondSettings> = {},
  denials: Outcome['denials'] = [],
) {
  const responder = respond({ ...settings, ...given });
  const result = { data: '{"a":1}', errors: [], valueCompletion: [], ...outcome };
  const answer = responder.answer(responder.executed({ result, denials, requestId: 'r1' }));
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['cache-control'], 'no-store');
  return JSON.parse(String(answer.body)) as {
    data?: unknown;
    errors?: ClientError[];
    extensions?: Record<string, unknown>;
  };
}

const subgraphError: ClientError = {
  message: 'connect ECONNREFUSED 10.0.0.7:5432 for user admin',
  path: ['a', 0],
  extensions: {
    code: 'BAD_USER_INPUT',
    service: 'reviews',
    stacktrace: ['at /srv/app.js'],
    argument: 'size',
  },
};

test('data without errors is passed on as it is, in nothing but data', () => {
  const responder = respond(settings);
  const result = { data: '{"b":1,"a":2}', errors: [], valueCompletion: [] };
  assert.equal(
    responder.answer(responder.executed({ result, denials: [], requestId: 'r' })).body,
    '{"data":{"b":1,"a":2}}',
  );
});

for (const [name, visibility, expected] of [
  [
    'false',
    false,
    { message: 'Subgraph errors redacted', path: ['a', 0], extensions: { code: 'BAD_USER_INPUT' } },
  ],
  ['true', true, subgraphError],
  [
    'redact_message',
    { redact_message: true, allow_extensions_keys: [] },
    { message: 'Subgraph errors redacted', path: ['a', 0], extensions: { code: 'BAD_USER_INPUT' } },
  ],
  [
    'allow',
    { redact_message: false, allow_extensions_keys: ['argument'] },
    { ...subgraphError, extensions: { argument: 'size', code: 'BAD_USER_INPUT' } },
  ],
  [
    'deny',
    { redact_message: true, deny_extensions_keys: ['stacktrace', 'service', 'code'] },
    {
      message: 'Subgraph errors redacted',
      path: ['a', 0],
      extensions: { argument: 'size', code: 'BAD_USER_INPUT' },
    },
  ],
] as const satisfies readonly (readonly [string, ErrorVisibility, ClientError])[]) {
  test(`a subgraph's error under ${name}`, () => {
    assert.deepEqual(
      body({ errors: [subgraphError] }, { includeSubgraphErrors: { all: visibility, subgraphs: {} } }).errors,
      [expected],
    );
  });
}

test('a rule for one subgraph comes before the rule for all', () => {
  const includeSubgraphErrors = { all: false, subgraphs: { reviews: true } };
  assert.equal(
    body({ errors: [subgraphError] }, { includeSubgraphErrors }).errors?.[0]?.message,
    subgraphError.message,
  );
  const other = { ...subgraphError, extensions: { ...subgraphError.extensions, service: 'constructor' } };
  assert.equal(
    body({ errors: [other] }, { includeSubgraphErrors }).errors?.[0]?.message,
    'Subgraph errors redacted',
  );
});

test('a subgraph that did not answer is told of without its name', () => {
  const error: ClientError = {
    message: 'Subgraph "reviews" x',
    extensions: { code: 'GATEWAY_TIMEOUT', service: 'reviews' },
  };
  assert.deepEqual(body({ errors: [error] }).errors, [
    {
      message: 'The request or one of its subgraph calls took too long.',
      extensions: { code: 'GATEWAY_TIMEOUT' },
    },
  ]);
});

test('a code that is a sentence is not passed on', () => {
  const error = { ...subgraphError, extensions: { code: 'at db.internal:5432', service: 'reviews' } };
  assert.equal(body({ errors: [error] }).errors?.[0]?.extensions.code, 'DOWNSTREAM_SERVICE_ERROR');
});

test("the gateway's own errors pass as they are, with the request id beside them", () => {
  const error: ClientError = { message: 'Too slow.', extensions: { code: 'GATEWAY_TIMEOUT' } };
  const answer = body({ errors: [error] });
  assert.deepEqual(answer.errors, [error]);
  assert.deepEqual(answer.extensions, { trace_id: 'r1' });
});

test('20,000 errors with long messages and large extensions stay a small answer that says how many there were', () => {
  const large = {
    ...subgraphError,
    message: 'm'.repeat(5000),
    extensions: { ...subgraphError.extensions, deep: 'x'.repeat(100_000) },
  };
  for (const all of [true, false]) {
    const answer = body(
      { errors: Array.from({ length: 20_000 }, () => large) },
      { includeSubgraphErrors: { all, subgraphs: {} } },
    );
    assert.ok(JSON.stringify(answer).length < 65_536);
    assert.match(answer.errors?.at(-1)?.message ?? '', /^\d+ more errors are not shown\.$/);
  }
});

test('extensions nested too deeply to be written leave the code', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`) as unknown;
  const error = { ...subgraphError, extensions: { code: 'X', service: 'reviews', deep } };
  const answer = body({ errors: [error] }, { includeSubgraphErrors: { all: true, subgraphs: {} } });
  assert.deepEqual(answer.errors?.[0]?.extensions, { code: 'X' });
});

const denials = [
  {
    coordinate: 'User.email',
    path: ['me', 'mail'],
    requirement: '@requiresScopes(scopes: [["secret"]])',
    when: [],
  },
];
const denied = {
  message: 'Unauthorized field or type',
  path: ['me', 'mail'],
  extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
};

test('refused fields are told as errors, in extensions, or not at all, and never with what they need', () => {
  assert.deepEqual(body({}, {}, denials).errors, [denied]);
  const apart = body({}, { unauthorized: 'extensions' }, denials);
  assert.equal(apart.errors, undefined);
  assert.deepEqual(apart.extensions, { authorizationErrors: [denied] });
  assert.deepEqual(body({}, { unauthorized: 'disabled' }, denials), { data: { a: 1 } });
});

test('values that broke the schema are told in extensions.valueCompletion', () => {
  const completion: ClientError = { message: 'null', path: ['a'], extensions: { code: 'INVALID_NULL' } };
  assert.deepEqual(body({ valueCompletion: [completion] }), {
    data: { a: 1 },
    extensions: { valueCompletion: [completion] },
  });
});

test('a refusal has no data, its status, and says whether GraphQL itself refused', () => {
  const responder = respond(settings);
  const parse = responder.answer(responder.refused(refusal('GRAPHQL_PARSE_FAILED', 'no'), 'r1'));
  assert.equal(parse.status, 400);
  assert.equal(parse.refusedByGraphQL, true);
  assert.equal(
    parse.body,
    '{"errors":[{"message":"no","extensions":{"code":"GRAPHQL_PARSE_FAILED"}}],"extensions":{"trace_id":"r1"}}',
  );
  const depth = responder.refused(refusal('MAX_DEPTH_LIMIT', 'no'), 'r1');
  assert.equal(depth.refusedByGraphQL, false);
});

test('an exception is answered without its message, a coded error with its own', () => {
  const responder = respond(settings);
  const unknown = responder.failed(new Error('password is hunter2'), 'r1');
  assert.equal(unknown.status, 500);
  assert.doesNotMatch(JSON.stringify(unknown), /hunter2/);
  const known = responder.failed(
    new WeirError('SCHEMA_NOT_READY', 'Not yet.', { cause: new Error('hunter2') }),
    'r1',
  );
  assert.equal(known.status, 503);
  assert.deepEqual(known.errors, [{ message: 'Not yet.', extensions: { code: 'SCHEMA_NOT_READY' } }]);
});

test('a long body is made once for all who get the same response, in UTF-8 whatever it holds', () => {
  const responder = respond(settings);
  for (const letter of ['x', 'é', '語']) {
    const data = `{"a":"${letter.repeat(20_000)}"}`;
    const response = responder.executed({
      result: { data, errors: [], valueCompletion: [] },
      denials: [],
      requestId: 'r1',
    });
    const { body } = responder.answer(response);
    assert.equal(Buffer.from(body).toString('utf8'), `{"data":${data}}`);
    assert.equal(responder.answer(response).body, body);
  }
});
