import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { anonymous, type Principal } from '../model/principal.ts';
import type { CallContext, SubgraphAnswer, SubgraphCall } from '../model/subgraph-call.ts';
import {
  createFetch,
  fetchSettings,
  ineffectiveHeaderRules,
  type Fetch,
  type FetchConfig,
  type SubgraphUrls,
} from './fetch.ts';

const ends: (() => Promise<unknown>)[] = [];
after(() => Promise.all(ends.map((end) => end())));

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(async () => {
    server.close();
    server.closeAllConnections();
    await Promise.resolve();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

interface Gate {
  readonly opened: Promise<undefined>;
  open(): void;
}

/** Something to wait for that a test makes happen. */
function gate(): Gate {
  let open = (): void => undefined;
  const opened = new Promise<undefined>((resolve) => {
    open = () => resolve(undefined);
  });
  return { opened, open: () => open() };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const json = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

function open(urls: SubgraphUrls, config: FetchConfig = {}): Fetch {
  const fetch = createFetch(fetchSettings(config), urls);
  ends.push(() => fetch.close(0));
  return fetch;
}

const context = (changes: Partial<CallContext> = {}): CallContext => ({
  requestId: 'r1',
  principal: anonymous,
  clientHeaders: {},
  signal: new AbortController().signal,
  ...changes,
});

const query = (body = '{"query":"{a}"}'): SubgraphCall => ({
  subgraph: 'reviews',
  operationKind: 'query',
  body,
  entityCount: 0,
});

async function ask(listener: RequestListener, config: FetchConfig = {}): Promise<SubgraphAnswer> {
  const fetch = open(new Map([['reviews', await serve(listener)]]), config);
  return fetch.call(query(), context());
}

function failure(answer: SubgraphAnswer): Extract<SubgraphAnswer, { kind: 'failed' }>['error'] {
  assert.equal(answer.kind, 'failed');
  return answer.error;
}

function answered(answer: SubgraphAnswer): Extract<SubgraphAnswer, { kind: 'answered' }> {
  assert.equal(answer.kind, 'answered', answer.kind === 'failed' ? String(answer.error.cause) : '');
  return answer;
}

const shaping = (all: NonNullable<NonNullable<FetchConfig['traffic_shaping']>['all']>): FetchConfig => ({
  traffic_shaping: { all },
});

describe('an answer', () => {
  test('is posted for as JSON and comes back parsed', async () => {
    let seen: unknown;
    const answer = await ask((request, response) => {
      void bodyOf(request).then((body) => {
        seen = [request.method, request.url, request.headers['content-type'], body];
        json(response, { data: { a: 'plain' } });
      });
    });
    assert.deepEqual(seen, ['POST', '/graphql', 'application/json', '{"query":"{a}"}']);
    assert.deepEqual(answered(answer).data, { a: 'plain' });
    assert.equal(answered(answer).mayNeedEscape, false);
    assert.equal(answered(answer).owned, true);
  });

  test('with a backslash in its text is marked as one that may need escaping', async () => {
    const answer = await ask((_, response) => json(response, { data: { a: 'a "quote"' } }));
    assert.equal(answered(answer).mayNeedEscape, true);
  });

  test('keeps text beyond ASCII whole, however it is cut into chunks', async () => {
    const text = 'Grüße, 世界 🌍';
    const answer = await ask((_, response) => {
      response.writeHead(200, { 'content-type': 'application/graphql-response+json; charset=utf-8' });
      const bytes = Buffer.from(JSON.stringify({ data: { a: text } }));
      response.write(bytes.subarray(0, 15));
      setTimeout(() => response.end(bytes.subarray(15)), 5);
    });
    assert.deepEqual(answered(answer).data, { a: text });
  });

  for (const [name, encoding, pack] of [
    ['gzip', 'gzip', gzipSync],
    ['zlib', 'deflate', deflateSync],
    ['bare deflate', 'deflate', deflateRawSync],
    ['brotli', 'br', brotliCompressSync],
  ] as const) {
    test(`packed as ${name} is unpacked`, async () => {
      const answer = await ask((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding });
        response.end(pack(JSON.stringify({ data: { a: 1 } })));
      });
      assert.deepEqual(answered(answer).data, { a: 1 });
    });
  }

  test('of 700 kB and 3,000 items is served', async () => {
    const items = Array.from({ length: 3_000 }, (_, id) => ({ id, text: 'x'.repeat(200) }));
    const answer = await ask((_, response) => json(response, { data: { items } }));
    assert.deepEqual(answered(answer).data, { items });
  });

  test('nested 50,000 deep ends no process, and the next call is answered', async () => {
    const deep = `{"data":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}},"errors":[{"message":"m","extensions":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}]}`;
    let calls = 0;
    const url = await serve((_, response) => {
      calls += 1;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(calls === 1 ? deep : '{"data":{"a":1}}');
    });
    const fetch = open(new Map([['reviews', url]]));
    const first = answered(await fetch.call(query(), context()));
    assert.equal(first.errors[0]?.extensions, undefined);
    assert.deepEqual(answered(await fetch.call(query(), context())).data, { a: 1 });
  });

  test('to a document the subgraph refuses keeps its errors although the status is 400', async () => {
    const answer = await ask((_, response) =>
      json(
        response,
        { errors: [{ message: 'Unknown field', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
        400,
      ),
    );
    assert.equal(answered(answer).data, null);
    assert.deepEqual(answered(answer).errors, [
      { message: 'Unknown field', path: undefined, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
  });
});

describe('what is no GraphQL answer is a coded failure that names no address', () => {
  const send =
    (body: string | Buffer, headers: Record<string, string> = {}, status = 200): RequestListener =>
    (_, response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    };
  const cases: readonly (readonly [string, RequestListener, number])[] = [
    ['500 in JSON', send('{"errors":[{"message":"db at 10.0.0.1 is down"}]}', {}, 500), 500],
    ['500 in HTML', send('<h1>boom</h1>', { 'content-type': 'text/html' }, 500), 500],
    ['200 in HTML', send('<h1>hello</h1>', { 'content-type': 'text/html' }), 200],
    ['204', (_, response) => response.writeHead(204).end(), 204],
    ['401 without errors', send('{}', {}, 401), 401],
    ['429', send('{"errors":[{"message":"slow down"}]}', {}, 429), 429],
    ['503 with retry-after', send('', { 'retry-after': '1' }, 503), 503],
    ['an empty body', send(''), 200],
    ['null', send('null'), 200],
    ['a number', send('42'), 200],
    ['a string', send('"data"'), 200],
    ['a list', send('[{"data":{}}]'), 200],
    ['an empty object', send('{}'), 200],
    ['data null and no errors', send('{"data":null}'), 200],
    ['data null and an empty list of errors', send('{"data":null,"errors":[]}'), 200],
    ['data that is a string', send('{"data":"x"}'), 200],
    ['data that is a list', send('{"data":[]}'), 200],
    ['half of its JSON', send('{"data":{"a":'), 200],
    ['UTF-16', send(Buffer.from('{"data":{"a":1}}', 'utf16le')), 200],
    [
      'another character set',
      send('{"data":{"a":1}}', { 'content-type': 'application/json; charset=utf-16' }),
      200,
    ],
    ['an unknown content-encoding', send('{"data":{"a":1}}', { 'content-encoding': 'zstd' }), 200],
    ['gzip that is none', send('{"data":{"a":1}}', { 'content-encoding': 'gzip' }), 200],
  ];
  for (const [name, listener, status] of cases) {
    test(name, async () => {
      const error = failure(await ask(listener));
      assert.equal(error.code, 'SUBREQUEST_HTTP_ERROR');
      assert.deepEqual(error.extensions, { service: 'reviews', http: { status } });
      assert.doesNotMatch(error.message, /127\.0\.0\.1|\d{4}|10\.0\.0\.1|boom|JSON/);
      assert.match(String(error.cause), /reviews answered/);
    });
  }

  for (const status of [301, 302, 303, 307, 308]) {
    test(`a redirect by ${status} is not followed`, async () => {
      let followed = 0;
      const elsewhere = await serve((_, response) => {
        followed += 1;
        json(response, { data: { a: 'stolen' } });
      });
      const error = failure(
        await ask((_, response) => response.writeHead(status, { location: elsewhere }).end()),
      );
      assert.deepEqual(error.extensions, { service: 'reviews', http: { status } });
      assert.equal(followed, 0);
    });
  }
});

describe('broken errors', () => {
  for (const [name, errors] of [
    ['text', 'it broke'],
    ['an object', { message: 'it broke' }],
    ['a list of null', [null]],
    ['a list of wrong messages and paths', [{ message: { a: 1 }, path: [{}, 1] }]],
  ] as const) {
    test(`as ${name} still report one error beside the data`, async () => {
      const answer = answered(await ask((_, response) => json(response, { data: { a: 1 }, errors })));
      assert.deepEqual(answer.data, { a: 1 });
      assert.equal(answer.errors.length, 1);
      assert.equal(typeof answer.errors[0]?.message, 'string');
      assert.equal(answer.errors[0]?.path, undefined);
    });
  }

  test('of 20,000 entries are counted, not passed on', async () => {
    const errors = Array.from({ length: 20_000 }, (_, index) => ({ message: `error ${index}` }));
    const answer = answered(await ask((_, response) => json(response, { data: null, errors })));
    assert.equal(answer.errors.length, 101);
    assert.equal(answer.errors[100]?.message, 'The subgraph reported 19900 more errors.');
  });

  test('with large extensions keep their code', async () => {
    const errors = [{ message: 'm'.repeat(10_000), extensions: { code: 'BAD', stack: 'x'.repeat(50_000) } }];
    const answer = answered(await ask((_, response) => json(response, { data: null, errors })));
    assert.deepEqual(answer.errors[0]?.extensions, { code: 'BAD' });
    assert.equal(answer.errors[0].message.length, 2_000);
  });
});

describe('limits', () => {
  test('an answer that never comes is given up at the deadline, and its connection closed', async () => {
    const closed = gate();
    const error = failure(
      await ask((request) => request.socket.on('close', () => closed.open()), shaping({ timeout: 50 })),
    );
    assert.equal(error.code, 'GATEWAY_TIMEOUT');
    await closed.opened;
  });

  test('an answer that drips is bounded as a whole', async () => {
    const error = failure(
      await ask(
        (_, response) => {
          response.writeHead(200, { 'content-type': 'application/json' });
          const drip = setInterval(() => response.write(' '), 10);
          response.on('close', () => clearInterval(drip));
        },
        shaping({ timeout: 100 }),
      ),
    );
    assert.equal(error.code, 'GATEWAY_TIMEOUT');
  });

  for (const [name, listener] of [
    [
      'announced',
      (_: IncomingMessage, response: ServerResponse) =>
        response.writeHead(200, { 'content-length': '300000000' }).write('{'),
    ],
    [
      'endless',
      (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
        };
        response.on('drain', more);
        more();
      },
    ],
    [
      'packed',
      (_: IncomingMessage, response: ServerResponse) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(30_000_000, 0x20))),
    ],
  ] as const) {
    test(`an answer over the size limit is cut off: ${name}`, async () => {
      const config = { limits: { subgraph: { all: { http_max_response_size: 100_000 } } } };
      const error = failure(await ask(listener, config));
      assert.equal(error.code, 'SUBREQUEST_HTTP_ERROR');
      assert.match(String(error.cause), /100000 bytes/);
    });
  }

  test('no more calls run at once than allowed, the rest wait, and more than may wait are refused', async () => {
    let running = 0;
    let most = 0;
    const held: ServerResponse[] = [];
    const url = await serve((_, response) => {
      running += 1;
      most = Math.max(most, running);
      held.push(response);
      if (held.length === 2) for (const one of held) release(one);
      else if (held.length > 2) release(response);
    });
    const release = (response: ServerResponse): void => {
      running -= 1;
      json(response, { data: { a: 1 } });
    };
    const config = shaping({ max_concurrent_requests: 2, deduplicate_query: false });
    const settings = fetchSettings(config);
    const fetch = createFetch(
      { ...settings, all: { ...settings.all, maxQueuedRequests: 3 } },
      new Map([['reviews', url]]),
    );
    ends.push(() => fetch.close(0));
    const calls = Array.from({ length: 7 }, () => fetch.call(query(), context()));
    assert.deepEqual(
      { ...fetch.stats().subgraphs['reviews'], connected: 0 },
      { active: 2, queued: 3, connected: 0 },
    );
    const answers = await Promise.all(calls);
    assert.deepEqual(
      answers.map((answer) => (answer.kind === 'failed' ? answer.error.code : answer.kind)),
      [...Array<string>(5).fill('answered'), 'REQUEST_CONCURRENCY_LIMITED', 'REQUEST_CONCURRENCY_LIMITED'],
    );
    assert.equal(most, 2);
    assert.equal(fetch.stats().subgraphs['reviews']?.active, 0);
  });
});

describe('a caller who leaves', () => {
  test('aborts the call that is running', async () => {
    const [arrived, closed] = [gate(), gate()];
    const url = await serve((request) => {
      request.socket.on('close', () => closed.open());
      arrived.open();
    });
    const fetch = open(new Map([['reviews', url]]));
    const caller = new AbortController();
    const pending = fetch.call(query(), context({ signal: caller.signal }));
    await arrived.opened;
    caller.abort();
    assert.equal(failure(await pending).code, 'SUBREQUEST_HTTP_ERROR');
    await closed.opened;
  });

  test('before the call makes none', async () => {
    let calls = 0;
    const url = await serve((_, response) => {
      calls += 1;
      json(response, { data: {} });
    });
    const fetch = open(new Map([['reviews', url]]));
    assert.equal(
      failure(await fetch.call(query(), context({ signal: AbortSignal.abort() }))).code,
      'SUBREQUEST_HTTP_ERROR',
    );
    assert.equal(calls, 0);
  });

  test('in the turn in which it calls makes none, and gives its place back', async () => {
    let calls = 0;
    const url = await serve((_, response) => {
      calls += 1;
      json(response, { data: {} });
    });
    const fetch = open(new Map([['reviews', url]]));
    const caller = new AbortController();
    const pending = fetch.call(query(), context({ signal: caller.signal }));
    caller.abort();
    assert.equal(failure(await pending).code, 'SUBREQUEST_HTTP_ERROR');
    await sleep(50);
    assert.equal(calls, 0);
    assert.equal(fetch.stats().subgraphs['reviews']?.active, 0);
  });

  test('by the request deadline is told of a timeout', async () => {
    const url = await serve(() => undefined);
    const fetch = open(new Map([['reviews', url]]));
    const error = failure(await fetch.call(query(), context({ signal: AbortSignal.timeout(30) })));
    assert.equal(error.code, 'GATEWAY_TIMEOUT');
  });
});

describe('addresses', () => {
  /** A port on which nobody listens. */
  async function closedPort(): Promise<string> {
    const server = createTcpServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return `http://127.0.0.1:${port}/graphql`;
  }

  test('a closed port is a failure that names no address', async () => {
    const url = await closedPort();
    const fetch = open(new Map([['reviews', url]]));
    const error = failure(await fetch.call(query(), context()));
    assert.equal(error.code, 'SUBREQUEST_HTTP_ERROR');
    assert.deepEqual(error.extensions, { service: 'reviews' });
    assert.doesNotMatch(error.message + JSON.stringify(error.extensions), /127\.0\.0\.1/);
    assert.match(String(error.cause), /127\.0\.0\.1/);
  });

  for (const [name, break_] of [
    ['before the answer', (socket: import('node:net').Socket) => socket.resetAndDestroy()],
    [
      'in the middle of it',
      (socket: import('node:net').Socket) =>
        socket.write(
          'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"da',
          () => socket.destroy(),
        ),
    ],
  ] as const) {
    test(`a connection that breaks ${name} is a failure, asked for once`, async () => {
      let calls = 0;
      const server = createTcpServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => {
          calls += 1;
          break_(socket);
        });
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      ends.push(() => Promise.resolve(server.close()));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const fetch = open(new Map([['reviews', url]]));
      assert.equal(failure(await fetch.call(query(), context())).code, 'SUBREQUEST_HTTP_ERROR');
      assert.equal(calls, 1);
    });
  }

  test('several take turns, and one that refuses connections is passed over', async () => {
    const hits = [0, 0];
    const urls = await Promise.all(
      hits.map((_, index) =>
        serve((_request, response) => {
          hits[index] = (hits[index] ?? 0) + 1;
          json(response, { data: {} });
        }),
      ),
    );
    const fetch = open(new Map([['reviews', [...urls, await closedPort()]]]));
    for (let call = 0; call < 9; call += 1) answered(await fetch.call(query(), context()));
    assert.deepEqual(hits.toSorted(), [4, 5]);
  });

  test('a Unix socket is one, with its path in the query string', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-'));
    const server = createServer((request, response) => json(response, { data: { path: request.url } }));
    server.listen(join(folder, 's.sock'));
    await once(server, 'listening');
    ends.push(async () => {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true });
      await Promise.resolve();
    });
    const fetch = open(new Map([['reviews', `unix://${join(folder, 's.sock')}?path=/graphql`]]));
    assert.deepEqual(answered(await fetch.call(query(), context())).data, { path: '/graphql' });
  });

  test('a URL of another scheme is refused when the gateway starts', () => {
    assert.throws(
      () => createFetch(fetchSettings({}), new Map([['reviews', 'file:///etc/passwd']])),
      TypeError,
    );
  });

  test('a subgraph without a URL is a failure', async () => {
    const fetch = open(new Map());
    assert.equal(failure(await fetch.call(query(), context())).code, 'INTERNAL_SERVER_ERROR');
  });
});

test('header rules without effect are named with their place', () => {
  const rules = { request: [{ kind: 'propagate', from: { named: 'host' } }], response: [] } as const;
  const settings = fetchSettings({ headers: { all: rules, subgraphs: { reviews: rules } } });
  assert.deepEqual(ineffectiveHeaderRules(settings), [
    'headers.all.request: "host" is never sent to subgraphs; remove this rule',
    'headers.subgraphs.reviews.request: "host" is never sent to subgraphs; remove this rule',
  ]);
});

test('closing lets calls in flight and calls that wait end first', async () => {
  const url = await serve((_, response) => setTimeout(() => json(response, { data: { a: 1 } }), 20));
  const fetch = open(
    new Map([['reviews', url]]),
    shaping({ max_concurrent_requests: 1, deduplicate_query: false }),
  );
  const calls = [fetch.call(query(), context()), fetch.call(query(), context())];
  await fetch.close();
  for (const answer of await Promise.all(calls)) assert.deepEqual(answered(answer).data, { a: 1 });
  await fetch.close();
});

test('closing ends every call, also a thousand that wait', async () => {
  const url = await serve(() => undefined);
  const config = shaping({ max_concurrent_requests: 1, deduplicate_query: false });
  const fetch = open(new Map([['reviews', url]]), config);
  const calls = Array.from({ length: 1_500 }, () => fetch.call(query(), context()));
  await fetch.close(0);
  for (const answer of await Promise.all(calls)) assert.equal(failure(answer).code, 'SUBREQUEST_HTTP_ERROR');
});

describe('identical queries in flight', () => {
  const known = (subject: string): Principal => ({
    kind: 'known',
    subject,
    issuer: 'i',
    scopes: new Set(),
    roles: new Set(),
    policies: new Set(),
    claims: { sub: subject },
    expiresAt: 0,
  });
  const forwarding: FetchConfig = {
    headers: {
      all: { request: [{ kind: 'propagate', from: { named: 'authorization' } }], response: [] },
      subgraphs: {},
    },
  };

  async function gated(): Promise<{
    url: string;
    calls: () => number;
    arrived: Promise<unknown>;
    release: () => void;
  }> {
    const released = gate();
    const arrived = gate();
    let calls = 0;
    const url = await serve((_, response) => {
      calls += 1;
      arrived.open();
      const mine = calls;
      void released.opened.then(() => json(response, { data: { call: mine } }));
    });
    return { url, calls: () => calls, arrived: arrived.opened, release: () => released.open() };
  }

  test('share one call', async () => {
    const server = await gated();
    const fetch = open(new Map([['reviews', server.url]]), forwarding);
    const answers = Array.from({ length: 5 }, () => fetch.call(query(), context()));
    server.release();
    for (const answer of await Promise.all(answers)) {
      assert.deepEqual(answered(answer).data, { call: 1 });
      assert.equal(answered(answer).owned, undefined, 'nobody may change an answer that others hold');
    }
    assert.equal(server.calls(), 1);
    assert.equal(fetch.stats().shared, 4);
  });

  const pairs: readonly (readonly [string, Parameters<Fetch['call']>, Parameters<Fetch['call']>])[] = [
    ['another body', [query(), context()], [query('{"query":"{b}"}'), context()]],
    [
      'another forwarded header',
      [query(), context({ clientHeaders: { authorization: 'Bearer a' } })],
      [query(), context({ clientHeaders: { authorization: 'Bearer b' } })],
    ],
    [
      'another identity',
      [query(), context({ principal: known('a') })],
      [query(), context({ principal: known('b') })],
    ],
    ['an identity and none', [query(), context({ principal: known('a') })], [query(), context()]],
    [
      'mutations',
      [{ ...query(), operationKind: 'mutation' }, context()],
      [{ ...query(), operationKind: 'mutation' }, context()],
    ],
  ];
  for (const [name, first, second] of pairs) {
    test(`are not shared over ${name}`, async () => {
      const server = await gated();
      const fetch = open(new Map([['reviews', server.url]]), forwarding);
      const answers = [fetch.call(...first), fetch.call(...second)];
      server.release();
      await Promise.all(answers);
      assert.equal(server.calls(), 2);
    });
  }

  test('go on for the others when the first caller leaves', async () => {
    const server = await gated();
    const fetch = open(new Map([['reviews', server.url]]));
    const first = new AbortController();
    const leaving = fetch.call(query(), context({ signal: first.signal }));
    const staying = [fetch.call(query(), context()), fetch.call(query(), context())];
    await server.arrived;
    first.abort();
    assert.equal((await leaving).kind, 'failed');
    server.release();
    const [one, two] = await Promise.all(staying);
    assert.ok(one && two);
    assert.deepEqual(answered(one).data, { call: 2 });
    assert.deepEqual(answered(two).data, { call: 2 });
  });

  test('let one who joined leave without the others', async () => {
    const server = await gated();
    const fetch = open(new Map([['reviews', server.url]]));
    const staying = fetch.call(query(), context());
    const second = new AbortController();
    const leaving = fetch.call(query(), context({ signal: second.signal }));
    second.abort();
    assert.equal((await leaving).kind, 'failed');
    server.release();
    assert.deepEqual(answered(await staying).data, { call: 1 });
  });
});
