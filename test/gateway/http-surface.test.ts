import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { raw, startClub, type Club, type SendOptions } from './club.ts';

let club: Club;
before(async () => {
  club = await startClub({
    config: {
      sandbox: { enabled: false },
      cors: { policies: [{ origins: ['https://app.example.test'], allow_credentials: true }] },
      headers: {
        all: {
          request: [
            { propagate: { matching: '.*' } },
            { propagate: { named: 'authorization' } },
            { insert: { name: 'x-user-id', from_claim: 'sub' } },
          ],
        },
      },
    },
  });
});
beforeEach(() => club.forget());
after(() => club.close());

const json = { 'content-type': 'application/json' };
const ping = '{"query":"{ ping }"}';
const inUrl = `/graphql?query=${encodeURIComponent('{ ping }')}`;
const mutation = 'mutation { rename(id: 1, name: "x") { id } }';

const simpleTypes = [
  '', 'text/plain', 'text/plain; charset=utf-8', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x',
  'text/plain;application/json', 'application/json-patch', 'application/jsonx', 'text/html', 'application/graphql',
  'text/plain, application/json', ' multipart/form-data; application/json',
]; // prettier-ignore

const refusedForms: Readonly<Record<string, SendOptions>> = {
  'a GET that a page of another site could send': { method: 'GET', path: inUrl },
  'such a GET with a simple content type': { method: 'GET', path: inUrl, headers: { 'content-type': 'text/plain' } },
  'a GET that accepts anything': { method: 'GET', path: inUrl, headers: { accept: '*/*' } },
  'an operation in the URL of a POST': { path: inUrl, headers: json, body: '{}' },
  'a mutation by GET': { method: 'GET', path: `/graphql?query=${encodeURIComponent(mutation)}`, headers: json },
  'a mutation by GET with a method override': { method: 'GET', path: `/graphql?query=${encodeURIComponent(mutation)}`, headers: { ...json, 'x-http-method-override': 'POST' } },
  'a PUT': { method: 'PUT', headers: json, body: ping },
  'a DELETE': { method: 'DELETE', headers: json, body: ping },
  ...Object.fromEntries(simpleTypes.map((type) => [`the content type "${type}"`, { headers: type === '' ? {} : { 'content-type': type }, body: ping }])),
}; // prettier-ignore

for (const [what, options] of Object.entries(refusedForms)) {
  test(`${what} is refused and nothing is executed`, async () => {
    const answer = await club.send(options);
    assert.ok(answer.status >= 400 && answer.status < 500, `${String(answer.status)} ${answer.text}`);
    assert.deepEqual(club.asked(), []);
  });
}

test('a GET with the header that shows that the browser asked is answered', async () => {
  const answer = await club.send({
    method: 'GET',
    path: inUrl,
    headers: { 'apollo-require-preflight': '1' },
  });
  assert.deepEqual(answer.data, { ping: 'pong' });
});

const foreign = [
  'null', 'https://app.example.test.evil.test', 'https://evilapp.example.test', 'https://appXexample.test',
  'https://app.example.test:8443', 'http://app.example.test', 'https://a@app.example.test', 'https://app.example.test\\.evil.test',
  'https://sub.app.example.test', 'https://app.example.test/', 'HTTPS://APP.EXAMPLE.TEST', 'https://app.example.test%00', '*', 'https://',
]; // prettier-ignore

for (const origin of foreign) {
  test(`a page of ${origin} may not read answers`, async () => {
    for (const method of ['POST', 'OPTIONS'] as const) {
      const headers = { ...json, origin, 'access-control-request-method': 'POST' };
      const answer = await club.send({ method, headers, ...(method === 'POST' ? { body: ping } : {}) });
      assert.equal(answer.headers['access-control-allow-origin'], undefined);
      assert.equal(answer.headers['access-control-allow-credentials'], undefined);
    }
  });
}

test('a page of an allowed origin may, and caches know that the answer depends on it', async () => {
  const origin = 'https://app.example.test';
  const { headers } = await club.ask('{ ping }', { headers: { origin } });
  assert.equal(headers['access-control-allow-origin'], origin);
  assert.equal(headers['access-control-allow-credentials'], 'true');
  assert.match(String(headers['vary']), /origin/i);
});

const head = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
const second =
  'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 28\r\n\r\n{"query":"{ users { id } }"}';
const framings: Readonly<Record<string, string>> = {
  'length and chunks': `${head}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${second}`,
  'chunks and length': `${head}Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n${second}`,
  'two lengths': `${head}Content-Length: 0\r\nContent-Length: 6\r\n\r\n${second}`,
  'a list of lengths': `${head}Content-Length: 0, 6\r\n\r\n${second}`,
  'a length with a plus': `${head}Content-Length: +0\r\n\r\n${second}`,
  'a length in hex': `${head}Content-Length: 0x0\r\n\r\n${second}`,
  'a space before the colon': `${head}Content-Length : 0\r\n\r\n${second}`,
  'a length over two lines': `${head}Content-Length:\r\n 0\r\n\r\n${second}`,
  'chunks with a space before the colon': `${head}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${second}`,
  'an unknown encoding': `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${second}`,
  'chunked twice': `${head}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n${second}`,
  'chunked then identity': `${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${second}`,
  'bare line feeds': `POST /graphql HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: 0\n\n${second}`,
  'a bare carriage return': `${head}X: a\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${second}`,
  'a chunk size that is none': `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n${second}`,
  'a chunk longer than it says': `${head}Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n${second}`,
}; // prettier-ignore

for (const [what, bytes] of Object.entries(framings)) {
  test(`a request framed with ${what} does not carry a second one past anybody`, async () => {
    const text = await raw(club.port, bytes, 300);
    assert.match(text, /^(HTTP\/1\.1 400 |$)/);
    assert.deepEqual(club.asked(), []);
  });
}

const identityNames = [
  'x-user-id', 'X-User-Id', 'x_user_id', 'X_USER-ID', 'x-user-scopes', 'x_user_scopes', 'x-user-roles', 'x-user-policies',
]; // prettier-ignore

for (const name of identityNames) {
  test(`${name} never comes from a client, even where a rule passes everything on`, async () => {
    await club.ask('{ ping }', { headers: { [name]: 'root' } });
    await club.ask('{ users { id } }', {
      headers: { [name]: 'root' },
      token: club.issuer.token({ sub: 'ada' }),
    });
    const [anonymous, known] = club.asked();
    assert.doesNotMatch(JSON.stringify(anonymous?.headers), /root/);
    assert.doesNotMatch(JSON.stringify(known?.headers), /root/);
    assert.equal(known?.headers['x-user-id'], 'ada');
  });
}

test('a client cannot make its identity vanish by naming it in Connection', async () => {
  const token = club.issuer.token({ sub: 'ada' });
  const request = `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\nConnection: close, authorization, x-user-id, x-mine\r\nX-Mine: 1\r\nContent-Length: ${String(ping.length)}\r\n\r\n${ping}`;
  assert.match(await raw(club.port, request, 5_000), /pong/);
  const [asked] = club.asked();
  assert.equal(asked?.headers['x-user-id'], 'ada');
  assert.equal(asked.headers.authorization, `Bearer ${token}`);
  assert.equal(asked.headers['x-mine'], undefined);
});

test('headers of the connection and of the request itself are not forwarded by a rule that passes everything on', async () => {
  await club.ask('{ ping }', {
    headers: {
      te: 'trailers', 'proxy-authorization': 'Basic a', cookie: 'session=1', range: 'bytes=0-1', 'x-forwarded-host': 'evil.test',
      'x-forwarded-for': '10.0.0.1', forwarded: 'for=10.0.0.1', 'content-language': 'de', 'accept-encoding': 'zstd', 'if-none-match': 'x', 'x-mine': '1',
    },
  }); // prettier-ignore
  const headers = club.asked()[0]?.headers ?? {};
  assert.deepEqual(
    Object.keys(headers).sort(),
    ['accept', 'accept-encoding', 'connection', 'content-length', 'content-type', 'host', 'x-mine'],
  ); // prettier-ignore
  assert.match(String(headers.host), /^127\.0\.0\.1:/);
});

test('headers of a subgraph are not passed to the client', async () => {
  const plain = await club.ask('{ ping }');
  club.subgraphs.accounts.trouble = (response) => {
    response.writeHead(200, {
      'content-type': 'application/json', 'set-cookie': 'a=1', 'access-control-allow-origin': '*', location: 'http://x',
      'www-authenticate': 'Basic', 'x-powered-by': 'php', server: 'nginx', 'x-internal': '1',
    }); // prettier-ignore
    response.end('{"data":{"ping":"pong"}}');
  };
  const troubled = await club.ask('{ ping }');
  assert.deepEqual(Object.keys(troubled.headers).sort(), Object.keys(plain.headers).sort());
});

test('a __proto__ header, twice, is just a header', async () => {
  const text = await raw(
    club.port,
    `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n__proto__: a\r\n__proto__: b\r\nConnection: close\r\nContent-Length: ${String(ping.length)}\r\n\r\n${ping}`,
    5_000,
  );
  assert.match(text, /^HTTP\/1.1 200 .*pong/s);
});

test('tracing and plans are not for callers to turn on where the sandbox is off', async () => {
  const headers = {
    'apollo-federation-include-trace': 'ftv1',
    'x-wg-trace': 'true',
    'apollo-expose-query-plan': 'true',
    'apollo-query-plan-experimental': '1',
  };
  assert.equal((await club.ask('{ ping }', { headers })).text, '{"data":{"ping":"pong"}}');
});

const otherPaths = [
  '/', '/graphiql', '/playground', '/sandbox', '/sandbox/', '/sandbox/config.json', '/console', '/voyager', '/altair', '/explorer',
  '/admin', '/metrics', '/debug', '/.env', '/.git/config', '/graphql/', '/graphql/x', '/GraphQL', '/health', '/..%2f..%2fetc/passwd', '/%',
]; // prettier-ignore

for (const path of otherPaths) {
  test(`nothing is answered at ${path}`, async () => {
    const answer = await club.send({ method: 'GET', path, headers: { accept: 'text/html' } });
    assert.ok([400, 404].includes(answer.status), String(answer.status));
    assert.match(String(answer.headers['content-type']), /^application\/(graphql-response\+)?json/);
  });
}

test('an answer says what it is and nothing of what made it', async () => {
  for (const answer of [await club.ask('{ ping }'), await club.ask('{'), await club.send({ method: 'GET', path: '/x' })]) {
    assert.equal(answer.headers['x-powered-by'], undefined);
    assert.equal(answer.headers['server'], undefined);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.match(String(answer.headers['content-type']), /json; charset=utf-8$/);
  }
}); // prettier-ignore
