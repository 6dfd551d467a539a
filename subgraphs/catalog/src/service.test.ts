import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { failure, json, listen } from './server.ts';
import { startService, type Service } from './service.ts';
import { readSettings } from './settings.ts';

const quiet = () => undefined;
const here = { host: '127.0.0.1', port: 0 };

describe('the server', () => {
  test('says how far the start has come, and answers when it is ready', async () => {
    const server = await listen(here, quiet);
    server.progress('seeding', 0.4);
    const early = await fetch(`${server.url}/health`);
    const refused = await fetch(`${server.url}/graphql`, { method: 'POST', body: '{}' });
    server.ready({ '/hello': { method: 'GET', answer: () => Promise.resolve(json(200, { hello: 'you' })) } });
    const late = await fetch(`${server.url}/health`);
    const hello = await fetch(`${server.url}/hello?x=1`);
    const bodies = [await early.json(), await refused.json(), await late.json(), await hello.json()];
    await server.close();
    assert.deepEqual([early.status, refused.status, late.status, hello.status], [503, 503, 200, 200]);
    assert.deepEqual(bodies[0], { status: 'seeding', done: 0.4 });
    assert.deepEqual([bodies[2], bodies[3]], [{ status: 'ok' }, { hello: 'you' }]);
  });

  test('lets a request end that has begun before it closes', async () => {
    const server = await listen(here, quiet);
    let finish: () => void = () => assert.fail('the route was not asked');
    const asked = new Promise<void>((entered) => {
      const answer = () =>
        new Promise<ReturnType<typeof json>>((resolve) => {
          finish = () => {
            resolve(json(200, 'done'));
          };
          entered();
        });
      server.ready({ '/slow': { method: 'GET', answer } });
    });
    const slow = fetch(`${server.url}/slow`);
    await asked;
    const closed = server.close();
    finish();
    const response = await slow;
    assert.equal(await response.json(), 'done');
    assert.equal(response.headers.get('connection'), 'close');
    await closed;
  });

  test('a fault in a route is a 500 without its text', async () => {
    const server = await listen(here, quiet);
    server.ready({ '/x': { method: 'GET', answer: () => Promise.reject(new Error('secret')) } });
    const response = await fetch(`${server.url}/x`);
    const text = await response.text();
    await server.close();
    assert.equal(response.status, 500);
    assert.equal(text, failure(500, 'INTERNAL_SERVER_ERROR', 'Something went wrong here.').body);
  });
});

describe('the service', () => {
  let service: Service;
  before(async () => {
    const parsed = readSettings({ WEIR_SCALE: '0.01' });
    assert.ok(parsed.ok);
    const settings = { ...parsed.settings, port: 0, store: { kind: 'file', path: ':memory:' } as const };
    service = await startService(settings, quiet, new AbortController().signal);
  });
  after(() => service.close());

  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${service.url}/graphql`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });

  test('a public answer says how long it may be kept', async () => {
    const query =
      '{ products { totalCount pageInfo { endCursor } nodes { id price { amount } brand { name } } } }';
    const response = await post(JSON.stringify({ query }));
    await response.json();
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('cache-control'), 'max-age=30, public');
  });

  test('entities of the interface may be kept as long as their type says', async () => {
    const query =
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Product { name price { amount } } } }';
    const variables = { r: [{ __typename: 'Product', id: 'p1' }] };
    const response = await post(JSON.stringify({ query, variables }));
    await response.json();
    assert.equal(response.headers.get('cache-control'), 'max-age=60, public');
  });

  const refusals: readonly (readonly [what: string, body: string, status: number, code: string])[] = [
    ['a body that is no JSON', '{', 400, 'BAD_REQUEST'],
    ['a body of more than 1 MB', JSON.stringify({ query: ' '.repeat(1_100_000) }), 413, 'PAYLOAD_TOO_LARGE'],
    ['a query that does not parse', '{"query":"{"}', 400, 'GRAPHQL_PARSE_FAILED'],
    ['a field that is not there', '{"query":"{ nope }"}', 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a query of too many words',
      JSON.stringify({ query: `{ ${'a '.repeat(16_000)} }` }),
      400,
      'GRAPHQL_PARSE_FAILED',
    ],
  ];
  for (const [what, body, status, code] of refusals) {
    test(`${what} is refused with ${status} ${code}`, async () => {
      const response = await post(body);
      const { errors } = (await response.json()) as { errors: { extensions: Record<string, unknown> }[] };
      assert.equal(response.status, status);
      assert.equal(errors[0]?.extensions['code'], code);
      assert.equal(errors[0].extensions['stacktrace'], undefined);
    });
  }

  test('GET and unknown addresses are refused', async () => {
    const statuses = await Promise.all(
      ['/graphql?query={__typename}', '/', '/nope'].map(async (path) => {
        const response = await fetch(service.url + path);
        await response.text();
        return response.status;
      }),
    );
    assert.deepEqual(statuses, [405, 404, 404]);
  });

  test('a bad token is told why in the refusal, and public fields are answered', async () => {
    const query = 'mutation { setPrice(productId: "p1", amount: 1) { id } }';
    const response = await post(JSON.stringify({ query }), { authorization: 'Bearer nonsense' });
    assert.match(await response.text(), /UNAUTHENTICATED/);
    const open = await post('{"query":"{ product(id: \\"p1\\") { id } }"}', {
      authorization: 'Bearer nonsense',
    });
    assert.equal(await open.text(), '{"data":{"product":{"id":"p1"}}}\n');
  });
});

describe('settings', () => {
  test('all wrong variables are named at once', () => {
    const parsed = readSettings({
      PORT: '99999',
      WEIR_SCALE: '-1',
      JWKS_URL: 'ftp://x',
      DATABASE_URL: 'mysql://u:secret@h/d',
    });
    assert.ok(!parsed.ok);
    assert.equal(parsed.problems.length, 4);
    assert.ok(!parsed.problems.join().includes('secret'));
  });

  test('variables that are set to nothing count as not set', () => {
    const parsed = readSettings({ PORT: '', DATABASE_URL: ' ' });
    assert.ok(parsed.ok);
    assert.equal(parsed.settings.port, 4_102);
    assert.deepEqual(parsed.settings.store, { kind: 'file', path: 'data/catalog.db' });
  });
});
