import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { brotliCompressSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import { buildSchema, execute } from 'graphql';
import { serverAudits } from 'graphql-http';
import { request as http } from 'undici';
import { documents } from '../documents/documents.ts';
import type { GraphQLAnswerer, GraphQLRequest } from '../model/graphql-request.ts';
import { respond } from '../respond/respond.ts';
import { createEdge, type Edge, type EdgeHooks, type EdgeRefusal, type EdgeSettings } from './edge.ts';

const settings: EdgeSettings = {
  listen: { host: '127.0.0.1', port: 0 },
  graphqlPath: '/graphql',
  healthPath: '/health',
  sandbox: undefined,
  cors: { allowAnyOrigin: false, policies: [] },
  csrf: { enabled: true, requiredHeaders: ['x-apollo-operation-name', 'apollo-require-preflight'] },
  batching: { enabled: false, maximumSize: 3 },
  maxRequestBytes: 4096,
  json: { maxDepth: 200, maxKeys: 50_000 },
  maxHeaderBytes: 16_384,
  headersTimeoutMs: 10_000,
  bodyTimeoutMs: 10_000,
  requestTimeoutMs: 10_000,
  concurrencyLimit: 100,
};

const schema = buildSchema('type Query { hello(name: String): String } type Mutation { hello: String }');

/** Documents, graphql-js and respond: a small gateway over a plain schema. */
function answerer(): GraphQLAnswerer {
  const store = documents({
    maxTokens: 1000,
    introspection: true,
    suggestions: false,
    apq: { enabled: true, limit: 10 },
    cache: { maxOperations: 100, maxBytes: 1_000_000 },
    admit: () => ({ ok: true, warnings: [] }),
  });
  const responder = respond({ includeSubgraphErrors: { all: false, subgraphs: {} }, unauthorized: 'errors' });
  return async (request) => {
    const prepared = store.known(request, schema) ?? (await store.prepare(request, schema));
    if (!prepared.ok) return responder.answer(responder.refused(prepared.refusal, request.requestId));
    const variables = store.variables(prepared.operation, request.variables, schema);
    if (!variables.ok) return responder.answer(responder.refused(variables.refusal, request.requestId));
    const { data } = await execute({
      schema,
      document: prepared.operation.document,
      rootValue: { hello: ({ name }: { name?: string }) => name ?? 'world' },
      variableValues: variables.values,
    });
    const result = { data: JSON.stringify(data), errors: [], valueCompletion: [] };
    return responder.answer(responder.executed({ result, denials: [], requestId: request.requestId }));
  };
}

async function edge(
  t: TestContext,
  given: Partial<EdgeSettings> = {},
  hooks: Partial<EdgeHooks> = {},
): Promise<Edge> {
  const made = await createEdge(
    { ...settings, ...given },
    { answer: answerer(), isReady: () => true, refused: () => undefined, ...hooks },
  );
  t.after(() => made.close());
  return made;
}

const json = { 'content-type': 'application/json' };
const post = (body: unknown, headers: Record<string, string> = {}) => ({
  method: 'POST' as const,
  url: '/graphql',
  headers: { ...json, ...headers },
  payload: typeof body === 'string' ? body : JSON.stringify(body),
});

function codeOf(text: string): unknown {
  const { errors, data } = JSON.parse(text) as {
    errors?: { extensions: { code: string } }[];
    data?: unknown;
  };
  assert.equal(data, undefined);
  return errors?.[0]?.extensions.code;
}

test('the public audit of GraphQL over HTTP has nothing to say, with csrf protection on and its header sent', async (t) => {
  const { url } = await (await edge(t)).listen();
  const fetchFn = (address: string, init: RequestInit = {}) =>
    fetch(address, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), 'apollo-require-preflight': '1' },
    });
  const audits = serverAudits({ url: `${url}/graphql`, fetchFn });
  assert.equal(audits.length, 61);
  const wrong: unknown[] = [];
  for (const audit of audits) {
    const result = await audit.fn();
    if (result.status !== 'ok') wrong.push([audit.name, result.reason]);
  }
  assert.deepEqual(wrong, []);
});

test('an answer names its request and keeps browsers from guessing', async (t) => {
  const server = await edge(t);
  const answer = await server.inject(post({ query: '{ hello }' }));
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.body, '{"data":{"hello":"world"}}');
  assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
  assert.equal(answer.headers['x-content-type-options'], 'nosniff');
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.equal(answer.headers['x-powered-by'], undefined);
  assert.match(String(answer.headers['x-request-id']), /^[0-9a-f-]{36}$/);
});

test('a plain request id of the client is kept, any other replaced', async (t) => {
  const server = await edge(t);
  const kept = await server.inject(post({ query: '{ hello }' }, { 'x-request-id': 'abc-1.2' }));
  assert.equal(kept.headers['x-request-id'], 'abc-1.2');
  for (const odd of ['a b', 'x'.repeat(65), '<script>', 'a\tb']) {
    const replaced = await server.inject(post({ query: '{ hello }' }, { 'x-request-id': odd }));
    assert.match(String(replaced.headers['x-request-id']), /^[0-9a-f-]{36}$/);
  }
});

for (const [accept, type] of [
  ['application/graphql-response+json', 'application/graphql-response+json'],
  ['application/json', 'application/json'],
  ['application/json, application/graphql-response+json', 'application/graphql-response+json'],
  ['application/graphql-response+json;q=0.5, application/json', 'application/json'],
  [
    'application/graphql-response+json; charset=utf-8, application/json;q=0.9',
    'application/graphql-response+json',
  ],
  ['text/html, */*;q=0.1', 'application/json'],
  ['APPLICATION/*', 'application/json'],
] as const) {
  test(`accept ${accept} is answered in ${type}`, async (t) => {
    const answer = await (await edge(t)).inject(post({ query: '{ hello }' }, { accept }));
    assert.equal(answer.headers['content-type'], `${type}; charset=utf-8`);
  });
}

for (const accept of ['text/html', 'application/json;q=0', 'x'.repeat(10_000)]) {
  test(`accept ${accept.slice(0, 30)} is answered 406`, async (t) => {
    const answer = await (await edge(t)).inject(post({ query: '{ hello }' }, { accept }));
    assert.equal(answer.statusCode, 406);
    assert.equal(codeOf(answer.body), 'NOT_ACCEPTABLE');
  });
}

const invalid = { query: '{ nothing }' };
for (const [accept, status] of [
  ['application/json', 200],
  ['application/graphql-response+json', 400],
  ['*/*', 400],
] as const) {
  test(`an invalid operation is ${String(status)} for a client that accepts ${accept}`, async (t) => {
    const answer = await (await edge(t)).inject(post(invalid, { accept }));
    assert.equal(answer.statusCode, status);
    assert.equal(codeOf(answer.body), 'GRAPHQL_VALIDATION_FAILED');
  });
}

function neverAsked(): EdgeHooks['answer'] {
  return () => assert.fail('nothing must be executed');
}

const url = `/graphql?query=${encodeURIComponent('{ hello }')}`;
for (const [name, options] of [
  ['a GET without a header', { method: 'GET', url }],
  ['a GET with an empty header', { method: 'GET', url, headers: { 'apollo-require-preflight': '' } }],
  [
    'a GET with an odd content type',
    { method: 'GET', url, headers: { 'content-type': 'application/json-x' } },
  ],
  [
    'a form',
    {
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'query={hello}',
    },
  ],
  [
    'a multipart form',
    { method: 'POST', url, headers: { 'content-type': 'multipart/form-data; boundary=x' }, payload: '--x--' },
  ],
  [
    'text',
    { method: 'POST', url, headers: { 'content-type': 'text/plain' }, payload: '{"query":"{ hello }"}' },
  ],
  [
    'text that mentions JSON',
    {
      method: 'POST',
      url,
      headers: { 'content-type': 'text/plain; application/json' },
      payload: '{"query":"{ hello }"}',
    },
  ],
  [
    'a body without a type',
    { method: 'POST', url, headers: {}, payload: Buffer.from('{"query":"{ hello }"}') },
  ],
] as const) {
  test(`csrf: ${name} is refused and not executed`, async (t) => {
    const answer = await (await edge(t, {}, { answer: neverAsked() })).inject(options);
    assert.equal(answer.statusCode, 400);
    assert.equal(codeOf(answer.body), 'CSRF_PREVENTED');
  });
}

test('csrf: a GET with a required header or a JSON content type is answered', async (t) => {
  const server = await edge(t);
  for (const headers of [{ 'x-apollo-operation-name': 'x' }, json]) {
    assert.equal((await server.inject({ method: 'GET', url, headers })).body, '{"data":{"hello":"world"}}');
  }
});

test('with csrf protection off a plain GET is answered', async (t) => {
  const server = await edge(t, { csrf: { enabled: false, requiredHeaders: [] } });
  assert.equal((await server.inject({ method: 'GET', url })).statusCode, 200);
});

for (const [name, options, status, code] of [
  ['a body that is not JSON', post('{'), 400, 'BAD_REQUEST'],
  ['no body', post(''), 400, 'BAD_REQUEST'],
  ['a number', post('5'), 400, 'BAD_REQUEST'],
  ['null', post('null'), 400, 'BAD_REQUEST'],
  ['query as a list', post({ query: ['{ hello }'] }), 400, 'BAD_REQUEST'],
  ['an empty query', post({ query: '' }), 400, 'BAD_REQUEST'],
  ['query only as __proto__', post('{"__proto__":{"query":"{ hello }"}}'), 400, 'BAD_REQUEST'],
  ['variables as text', post({ query: '{ hello }', variables: '{}' }), 400, 'BAD_REQUEST'],
  [
    'variables nested 400 deep',
    post(`{"query":"{ hello }","variables":${'{"a":'.repeat(400)}1${'}'.repeat(400)}}`),
    400,
    'MAX_JSON_DEPTH_LIMIT',
  ],
  ['a batch', post([{ query: '{ hello }' }]), 400, 'BATCHING_NOT_ENABLED'],
  ['a nested batch', post([[{ query: '{ hello }' }]]), 400, 'BATCHING_NOT_ENABLED'],
  [
    'a larger body than allowed',
    post({ query: `{ hello } # ${'x'.repeat(5000)}` }),
    413,
    'PAYLOAD_TOO_LARGE',
  ],
  [
    'another charset',
    post({ query: '{ hello }' }, { 'content-type': 'application/json; charset=utf-7' }),
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  [
    'a charset of 4 kB',
    post({ query: '{ hello }' }, { 'content-type': `application/json; charset=${'x'.repeat(4000)}` }),
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  [
    'another type with a csrf header',
    post('query={hello}', {
      'content-type': 'application/x-www-form-urlencoded',
      'apollo-require-preflight': '1',
    }),
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  [
    'an unknown content encoding',
    post({ query: '{ hello }' }, { 'content-encoding': 'zstd' }),
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  [
    'two content encodings',
    post({ query: '{ hello }' }, { 'content-encoding': 'gzip, gzip' }),
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  [
    'a body that is not what its encoding says',
    post({ query: '{ hello }' }, { 'content-encoding': 'gzip' }),
    400,
    'BAD_REQUEST',
  ],
  [
    'a mutation by GET',
    { method: 'GET', url: '/graphql?query=mutation{hello}', headers: json },
    405,
    'METHOD_NOT_ALLOWED',
  ],
  ['a GET without query', { method: 'GET', url: '/graphql', headers: json }, 400, 'BAD_REQUEST'],
  [
    'a GET with two queries',
    { method: 'GET', url: '/graphql?query={hello}&query={hello}', headers: json },
    400,
    'BAD_REQUEST',
  ],
  ['PUT', { method: 'PUT', url: '/graphql', headers: json, payload: '{}' }, 405, 'METHOD_NOT_ALLOWED'],
  ['DELETE', { method: 'DELETE', url: '/graphql' }, 405, 'METHOD_NOT_ALLOWED'],
  ['another path', { method: 'GET', url: '/admin' }, 404, 'NOT_FOUND'],
  ['another path with an operation', { ...post({ query: '{ hello }' }), url: '/' }, 404, 'NOT_FOUND'],
  ['a path that is not decodable', { method: 'GET', url: '/%E0%A4%A' }, 400, 'BAD_REQUEST'],
  [
    'the sandbox where there is none',
    { method: 'GET', url: '/sandbox/', headers: { accept: 'text/html' } },
    404,
    'NOT_FOUND',
  ],
  [
    '/ where there is no sandbox',
    { method: 'GET', url: '/', headers: { accept: 'text/html' } },
    404,
    'NOT_FOUND',
  ],
] as const) {
  test(`refused with ${String(status)}: ${name}`, async (t) => {
    const refusals: EdgeRefusal[] = [];
    const server = await edge(t, {}, { refused: (one) => void refusals.push(one) });
    const answer = await server.inject(options);
    assert.equal(answer.statusCode, status);
    assert.equal(codeOf(answer.body), code);
    assert.match(String(answer.headers['content-type']), /^application\/json/);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    if (name !== 'a mutation by GET')
      assert.deepEqual(
        refusals.map((one) => one.code),
        [code],
      );
  });
}

test('a batch is answered in its order where batches are allowed, up to their size', async (t) => {
  const server = await edge(t, { batching: { enabled: true, maximumSize: 2 } });
  const two = await server.inject(post([{ query: '{ a: hello }' }, invalid]));
  assert.equal(two.statusCode, 200);
  const [first, second] = JSON.parse(two.body) as [{ data: unknown }, { errors: unknown[] }];
  assert.deepEqual(first, { data: { a: 'world' } });
  assert.equal(second.errors.length, 1);
  const three = await server.inject(
    post([{ query: '{ hello }' }, { query: '{ hello }' }, { query: '{ hello }' }]),
  );
  assert.equal(three.statusCode, 422);
  assert.equal(codeOf(three.body), 'BATCH_LIMIT_EXCEEDED');
  assert.equal(codeOf((await server.inject(post([]))).body), 'BAD_REQUEST');
});

for (const [encoding, compress] of [
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
] as const) {
  test(`a body in ${encoding} is read, and a bomb in it refused`, async (t) => {
    const server = await edge(t);
    const send = (text: string) =>
      server.inject({
        ...post(''),
        headers: { ...json, 'content-encoding': encoding },
        payload: compress(text),
      });
    assert.equal((await send('{"query":"{ hello }"}')).body, '{"data":{"hello":"world"}}');
    const bomb = await send(' '.repeat(3_000_000));
    assert.equal(bomb.statusCode, 413);
  });
}

test('answers above one packet are compressed as the client allows, and say that they vary', async (t) => {
  const server = await edge(t);
  const long = { query: 'query($n: String) { hello(name: $n) }', variables: { n: 'x'.repeat(2000) } };
  for (const [accepted, encoding] of [
    ['gzip', 'gzip'],
    ['gzip, br', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', undefined],
    ['zstd', undefined],
  ] as const) {
    const answer = await server.inject(post(long, { 'accept-encoding': accepted }));
    assert.equal(answer.headers['content-encoding'], encoding, accepted);
    assert.equal(answer.headers.vary, 'Accept-Encoding');
    if (encoding === 'gzip') assert.match(gunzipSync(answer.rawPayload).toString(), /x{2000}/);
  }
  const large = {
    variables: { n: 'x'.repeat(3000) },
    query: `query($n: String) { ${Array.from({ length: 10 }, (_, n) => `a${String(n)}: hello(name: $n)`).join(' ')} }`,
  };
  const answered = await server.inject(post(large, { 'accept-encoding': 'gzip' }));
  assert.match(gunzipSync(answered.rawPayload).toString(), /"a9":"x{3000}"/);
  const short = await server.inject(post({ query: '{ hello }' }, { 'accept-encoding': 'gzip' }));
  assert.equal(short.headers['content-encoding'], undefined);
});

const app = 'https://app.example';
const policy = {
  origins: [app],
  allowCredentials: true,
  allowHeaders: [],
  exposeHeaders: ['x-request-id'],
  methods: ['GET', 'POST'],
  maxAgeMs: 60_000,
};

test('cors: a listed origin is allowed with credentials, by its whole name', async (t) => {
  const server = await edge(t, { cors: { allowAnyOrigin: false, policies: [policy] } });
  const answer = await server.inject(post({ query: '{ hello }' }, { origin: app }));
  assert.equal(answer.headers['access-control-allow-origin'], app);
  assert.equal(answer.headers['access-control-allow-credentials'], 'true');
  assert.equal(answer.headers['access-control-expose-headers'], 'x-request-id');
  assert.equal(answer.headers.vary, 'Origin');
  const preflight = await server.inject({
    method: 'OPTIONS',
    url: '/graphql',
    headers: {
      origin: app,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });
  assert.equal(preflight.statusCode, 204);
  assert.equal(preflight.headers['access-control-allow-origin'], app);
  assert.equal(preflight.headers['access-control-allow-methods'], 'GET, POST');
  assert.equal(preflight.headers['access-control-allow-headers'], 'content-type');
  assert.equal(preflight.headers['access-control-max-age'], '60');
});

for (const origin of [
  'null',
  'https://app.example.evil.test',
  'https://evil-app.example',
  'https://sub.app.example',
  'http://app.example',
  'https://app.example:8443',
  'https://appxexample',
  'https://user@app.example',
  'https://app.example/',
  'HTTPS://APP.EXAMPLE',
  '*',
  '__proto__',
]) {
  test(`cors: the origin ${origin} is not allowed`, async (t) => {
    const server = await edge(t, { cors: { allowAnyOrigin: false, policies: [policy] } });
    for (const options of [
      post({ query: '{ hello }' }, { origin }),
      {
        method: 'OPTIONS' as const,
        url: '/graphql',
        headers: { origin, 'access-control-request-method': 'POST' },
      },
    ]) {
      const answer = await server.inject(options);
      assert.equal(answer.headers['access-control-allow-origin'], undefined);
      assert.equal(answer.headers['access-control-allow-credentials'], undefined);
      assert.equal(answer.headers.vary, 'Origin');
    }
  });
}

test('cors: any origin is allowed without credentials, and refusals can be read too', async (t) => {
  const server = await edge(t, { cors: { allowAnyOrigin: true, policies: [] } });
  const answer = await server.inject(post('{', { origin: 'https://x.example' }));
  assert.equal(answer.headers['access-control-allow-origin'], '*');
  assert.equal(answer.headers['access-control-allow-credentials'], undefined);
});

test('health: alive at once, ready when the gateway says so', async (t) => {
  let up = false;
  const server = await edge(t, {}, { isReady: () => up });
  assert.equal((await server.inject({ url: '/health/live' })).statusCode, 200);
  const down = await server.inject({ url: '/health/ready' });
  assert.deepEqual([down.statusCode, down.body], [503, '{"status":"DOWN"}']);
  up = true;
  assert.equal((await server.inject({ url: '/health/ready' })).statusCode, 200);
});

test('the sandbox is served with a strict policy, compressed as built, and / leads browsers to it', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'index.html'), '<title>page</title>');
  writeFileSync(join(folder, 'app-1a2b3c4d.js'), 'plain');
  writeFileSync(join(folder, 'app-1a2b3c4d.js.br'), brotliCompressSync('plain'));
  const server = await edge(t, {
    sandbox: { folder, connectTo: ['http://127.0.0.1:4001'], facts: () => '{"a":1}' },
  });
  const root = await server.inject({ method: 'GET', url: '/', headers: { accept: 'text/html,*/*' } });
  assert.deepEqual([root.statusCode, root.headers.location], [302, '/sandbox/']);
  assert.equal(
    (await server.inject({ method: 'GET', url: '/', headers: { accept: 'application/json' } })).statusCode,
    404,
  );
  const page = await server.inject({ url: '/sandbox/' });
  assert.match(page.body, /<title>page/);
  assert.match(
    String(page.headers['content-security-policy']),
    /default-src 'self';.*connect-src 'self' http:\/\/127\.0\.0\.1:4001;.*frame-ancestors 'none'/,
  );
  assert.equal(page.headers['cache-control'], 'no-cache');
  assert.deepEqual((await server.inject({ url: '/sandbox/config.json' })).json(), { a: 1 });
  const script = await server.inject({
    method: 'GET',
    url: '/sandbox/app-1a2b3c4d.js',
    headers: { 'accept-encoding': 'br' },
  });
  assert.equal(script.headers['content-encoding'], 'br');
  assert.match(String(script.headers['cache-control']), /immutable/);
  for (const path of [
    '/sandbox/no.js',
    '/sandbox/../package.json',
    '/sandbox/%2e%2e/package.json',
    '/sandbox/..%2fpackage.json',
  ]) {
    const missing = await server.inject({ url: path });
    assert.ok(missing.statusCode >= 400, path);
    assert.match(String(missing.headers['content-type']), /^application\/json/);
  }
});

/** An answerer that waits until told, and shows what it was given. */
function waiting(): { answer: GraphQLAnswerer; asked: Promise<GraphQLRequest>; go: () => void } {
  let go = (): void => undefined;
  let tell: (request: GraphQLRequest) => void = () => undefined;
  const gate = new Promise<void>((resolve) => (go = resolve));
  const asked = new Promise<GraphQLRequest>((resolve) => (tell = resolve));
  const answer: GraphQLAnswerer = async (request) => {
    tell(request);
    await gate;
    return { status: 200, refusedByGraphQL: false, headers: {}, body: '{"data":{}}' };
  };
  return { answer, asked, go };
}

test('more requests at once than allowed are refused with 503, and the next one after that is answered', async (t) => {
  const held = waiting();
  const server = await edge(t, { concurrencyLimit: 1 }, { answer: held.answer });
  const first = server.inject(post({ query: '{ hello }' }));
  await held.asked;
  const second = await server.inject(post({ query: '{ hello }' }));
  assert.equal(second.statusCode, 503);
  assert.equal(codeOf(second.body), 'REQUEST_CONCURRENCY_LIMITED');
  assert.equal(second.headers['retry-after'], '1');
  held.go();
  assert.equal((await first).statusCode, 200);
  assert.equal((await server.inject(post({ query: '{ hello }' }))).statusCode, 200);
});

test('a request past its deadline is aborted with a reason, and answered 504 when nobody else does', async (t) => {
  const held = waiting();
  const server = await edge(t, { requestTimeoutMs: 20 }, { answer: held.answer });
  const answer = server.inject(post({ query: '{ hello }' }));
  const { signal } = await held.asked;
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  assert.equal((signal.reason as { code: string }).code, 'GATEWAY_TIMEOUT');
  const late = await answer;
  assert.equal(late.statusCode, 504);
  assert.equal(codeOf(late.body), 'GATEWAY_TIMEOUT');
  held.go();
});

test('a client that leaves aborts its request', async (t) => {
  const held = waiting();
  const server = await edge(t, {}, { answer: held.answer });
  const { url: address } = await server.listen();
  const leave = new AbortController();
  const gone = http(`${address}/graphql`, {
    method: 'POST',
    headers: json,
    body: '{"query":"{ hello }"}',
    signal: leave.signal,
  });
  const { signal } = await held.asked;
  leave.abort();
  await assert.rejects(gone);
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
  assert.equal((signal.reason as { code: string }).code, 'REQUEST_TIMEOUT');
  held.go();
});

test('an exception behind the edge is answered 500 without its message, and logged', async (t) => {
  const refusals: EdgeRefusal[] = [];
  const server = await edge(
    t,
    {},
    { answer: () => Promise.reject(new Error('hunter2')), refused: (one) => void refusals.push(one) },
  );
  const answer = await server.inject(post({ query: '{ hello }' }));
  assert.equal(answer.statusCode, 500);
  assert.doesNotMatch(answer.body, /hunter2/);
  assert.match(String(refusals[0]?.cause), /hunter2/);
});

test('draining: not ready, the request in flight is answered, then no connection is accepted', async (t) => {
  const held = waiting();
  const server = await edge(t, {}, { answer: held.answer });
  const { url: address } = await server.listen();
  const answer = http(`${address}/graphql`, { method: 'POST', headers: json, body: '{"query":"{ hello }"}' });
  await held.asked;
  const drained = server.drain(5000);
  held.go();
  const { statusCode, headers, body } = await answer;
  await body.dump();
  assert.equal(statusCode, 200);
  assert.equal(headers['connection'], 'close');
  await drained;
  await assert.rejects(http(`${address}/health/live`), { code: 'ECONNREFUSED' });
});

test('draining ends on time with a request that never ends', async (t) => {
  const held = waiting();
  const server = await edge(t, {}, { answer: held.answer });
  const { url: address } = await server.listen();
  const answer = http(`${address}/graphql`, { method: 'POST', headers: json, body: '{"query":"{ hello }"}' });
  const { signal } = await held.asked;
  await Promise.all([assert.rejects(answer), server.drain(10)]);
  assert.equal((signal.reason as { code: string }).code, 'SHUTTING_DOWN');
  held.go();
});

/** Writes bytes and gives back all that comes until the server closes. */
async function raw(
  t: TestContext,
  server: Edge,
  write: (send: (text: string) => void) => void,
): Promise<string> {
  const { port } = await server.listen();
  const socket = connect(port, '127.0.0.1');
  t.after(() => socket.destroy());
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  socket.on('error', () => undefined);
  write((more) => void socket.write(more));
  await new Promise((resolve) => socket.once('close', resolve));
  return text;
}

const head = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';

test('a body announced too large is refused before it is sent', async (t) => {
  const text = await raw(t, await edge(t), (send) => send(`${head}content-length: 100000000\r\n\r\n`));
  assert.match(text, /^HTTP\/1\.1 413 /);
  assert.match(text, /"PAYLOAD_TOO_LARGE"/);
});

test('a chunked body is refused as soon as it is too large', async (t) => {
  const text = await raw(t, await edge(t), (send) => {
    send(`${head}transfer-encoding: chunked\r\n\r\n`);
    send(`2000\r\n${'x'.repeat(0x2000)}\r\n`);
  });
  assert.match(text, /^HTTP\/1\.1 413 /);
});

for (const [name, bytes, status] of [
  ['headers above the limit', `GET /graphql HTTP/1.1\r\nx: ${'y'.repeat(70_000)}\r\n\r\n`, 431],
  ['too many headers', `${head}${'a:b\r\n'.repeat(900)}content-length: 2\r\n\r\n{}`, 431],
  ['not HTTP', 'hello\r\n\r\n', 400],
  ['two lengths', `${head}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`, 400],
  ['length and chunks', `${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
  ['a space before the colon', `${head}content-length : 2\r\n\r\n{}`, 400],
  ['a bare line feed in a chunk size', `${head}transfer-encoding: chunked\r\n\r\n1\n{\r\n0\r\n\r\n`, 400],
] as const) {
  test(`${name}: ${String(status)} as coded JSON, and the connection is closed`, async (t) => {
    const text = await raw(t, await edge(t, {}, { answer: neverAsked() }), (send) => send(bytes));
    assert.match(text, new RegExp(`^HTTP/1\\.1 ${String(status)} `));
    assert.match(text, /"code":"[A-Z_]+"/);
    assert.match(text, /connection: close/i);
  });
}

test('a header called __proto__ changes nothing', async (t) => {
  const text = await raw(t, await edge(t), (send) => {
    send(
      `${head}__proto__: a\r\n__proto__: b\r\nconnection: close\r\ncontent-length: 21\r\n\r\n{"query":"{ hello }"}`,
    );
  });
  assert.match(text, /^HTTP\/1\.1 200 /);
});

test('headers or a body that never end are answered 408 and closed', async (t) => {
  for (const [bytes, limits] of [
    ['POST /graphql HTTP/1.1\r\nhost: x\r\n', { headersTimeoutMs: 100, bodyTimeoutMs: 100 }],
    [`${head}content-length: 100\r\n\r\n{`, { headersTimeoutMs: 100, bodyTimeoutMs: 100 }],
    ['', { headersTimeoutMs: 100, bodyTimeoutMs: 100 }],
  ] as const) {
    const text = await raw(t, await edge(t, limits), (send) => send(bytes));
    assert.match(text, /^HTTP\/1\.1 408 /);
  }
});

test('a client that does not read its answer is disconnected', async (t) => {
  const body = JSON.stringify({ data: 'x'.repeat(20_000_000) });
  const answer: GraphQLAnswerer = () =>
    Promise.resolve({ status: 200, refusedByGraphQL: false, headers: {}, body });
  const server = await edge(t, { bodyTimeoutMs: 100 }, { answer });
  const { port } = await server.listen();
  const socket = connect(port, '127.0.0.1');
  t.after(() => socket.destroy());
  socket.on('error', () => undefined);
  socket.pause();
  socket.write(`${head}content-length: 21\r\n\r\n{"query":"{ hello }"}`);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  let received = 0;
  socket.on('data', (chunk: Buffer) => (received += chunk.length));
  socket.resume();
  await closed;
  assert.ok(received < body.length);
});

test('limits, origins and batches change while it listens', async (t) => {
  const gate = waiting();
  const server = await edge(t, { concurrencyLimit: 1 }, { answer: gate.answer });
  const { url } = await server.listen();
  const origin = 'https://app.example';
  const ask = (body: unknown) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify(body),
    });
  const running = ask({ query: '{ hello }' });
  await gate.asked;
  assert.equal((await ask({ query: '{ hello }' })).status, 503);
  const policy = { origins: [origin], allowCredentials: false, allowHeaders: [], exposeHeaders: [] };
  server.reconfigure({
    ...settings,
    cors: { allowAnyOrigin: false, policies: [{ ...policy, methods: ['POST'], maxAgeMs: undefined }] },
    batching: { enabled: true, maximumSize: 2 },
    maxRequestBytes: 60,
    concurrencyLimit: 2,
  });
  assert.equal((await ask({ query: `{ ${'hello '.repeat(20)} }` })).status, 413);
  const batch = ask([{ query: '{ hello }' }, { query: '{ hello }' }]);
  gate.go();
  const [one, both] = await Promise.all([running, batch]);
  assert.deepEqual([one.status, both.status], [200, 200]);
  assert.equal(one.headers.get('access-control-allow-origin'), null, 'it began under the old rules');
  assert.equal(both.headers.get('access-control-allow-origin'), origin);
  assert.ok(Array.isArray(await both.json()));
});

test('where there is room for nobody a request is refused before its body has come, and the connection stays', async (t) => {
  let isFull = true;
  const gate = { turnsAway: () => isFull, enter: () => true, leave: () => undefined };
  const server = await edge(t, {}, { gate });
  const { port } = await server.listen();
  const socket = connect(port, '127.0.0.1');
  t.after(() => socket.destroy());
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const answers = async (count: number): Promise<void> => {
    while (text.split('HTTP/1.1 ').length <= count) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const body = '{"query":"{ hello }"}';
  const head = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${String(body.length)}\r\n\r\n`;
  socket.write(head);
  await answers(1);
  assert.match(text, /^HTTP\/1\.1 503 /);
  assert.match(text, /retry-after: 1\r\n/);
  assert.match(text, /"code":"REQUEST_CONCURRENCY_LIMITED"/);
  assert.doesNotMatch(text, /connection: close/i);
  isFull = false;
  socket.write(body + head + body);
  await answers(2);
  assert.match(text, /HTTP\/1\.1 200 OK[^]*"hello":"world"/);
});
