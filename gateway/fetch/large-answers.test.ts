import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { anonymous } from '../model/principal.ts';
import type { SubgraphAnswer } from '../model/subgraph-call.ts';
import { createFetch, fetchSettings, type FetchConfig } from './fetch.ts';

/** With answers this long allowed, one large answer at a time is read. */
const longest = 64 * 1024 * 1024;
const start = '{"data":{"a":"';
const end = '"}}';
const megabytes = (count: number): string => 'x'.repeat(count * 1024 * 1024);

type Answers = Readonly<Record<string, (response: ServerResponse) => void>>;

interface Subgraph {
  readonly ask: (name: string) => Promise<SubgraphAnswer>;
  /** The response to the request of that name, when it has come. */
  readonly asked: (name: string) => Promise<ServerResponse>;
}

async function subgraph(t: TestContext, answers: Answers, timeout = 20_000): Promise<Subgraph> {
  const responses = new Map<string, PromiseWithResolvers>();
  for (const name of Object.keys(answers)) responses.set(name, withResolvers());
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const name = Buffer.concat(chunks).toString();
      answers[name]?.(response.setHeader('content-type', 'application/json'));
      responses.get(name)?.resolve(response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const config: FetchConfig = {
    traffic_shaping: { all: { timeout, deduplicate_query: false } },
    limits: { subgraph: { all: { http_max_response_size: longest } } },
  };
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  const fetch = createFetch(fetchSettings(config), new Map([['s', url]]));
  t.after(async () => {
    await fetch.close(0);
    server.closeAllConnections();
    server.close();
  });
  const context = {
    requestId: 'r',
    principal: anonymous,
    clientHeaders: {},
    signal: new AbortController().signal,
  };
  return {
    ask: (body) => fetch.call({ subgraph: 's', operationKind: 'query', body, entityCount: 0 }, context),
    asked: async (name) => {
      const response = await responses.get(name)?.promise;
      if (response === undefined) throw new Error(`nothing answers ${name}`);
      return response;
    },
  };
}

interface PromiseWithResolvers {
  readonly promise: Promise<ServerResponse>;
  readonly resolve: (response: ServerResponse) => void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve: PromiseWithResolvers['resolve'] = () => undefined;
  const promise = new Promise<ServerResponse>((settle) => (resolve = settle));
  return { promise, resolve };
}

const lengthOf = (answer: SubgraphAnswer): number =>
  answer.kind === 'answered' && typeof answer.data?.['a'] === 'string' ? answer.data['a'].length : -1;

const small = (response: ServerResponse): void => void response.end(`${start}small${end}`);
const begun = (response: ServerResponse): void => void response.write(start + megabytes(1));
const huge = (response: ServerResponse): void => void response.end(start + megabytes(20) + end);

describe('large answers', () => {
  test('are read one after the other where together they would take too much, and small ones pass by', async (t) => {
    const { ask, asked } = await subgraph(t, { begun, huge, small });
    const first = ask('begun');
    const slow = await asked('begun');
    await ask('small'); // by then the first has become large
    const second = ask('huge');
    const waiting = await asked('huge');
    // Long enough for the whole of it to be read, were it read.
    for (let round = 0; round < 500 && !waiting.writableFinished; round += 1)
      assert.equal(lengthOf(await ask('small')), 5);
    assert.equal(waiting.writableFinished, false);
    slow.end(end);
    assert.equal(lengthOf(await first), 1024 * 1024);
    assert.equal(lengthOf(await second), 20 * 1024 * 1024);
  });

  test('that wait for others end at their deadline, and give back nothing they did not have', async (t) => {
    const { ask } = await subgraph(t, { begun, huge, small }, 300);
    const answers = await Promise.all([ask('begun'), ask('begun'), ask('begun')]);
    const codes = answers.map((answer) => (answer.kind === 'failed' ? answer.error.code : answer.kind));
    assert.deepEqual(codes, ['GATEWAY_TIMEOUT', 'GATEWAY_TIMEOUT', 'GATEWAY_TIMEOUT']);
    assert.equal(lengthOf(await ask('small')), 5);
  });

  test('come through one by one, however many are asked for at once', async (t) => {
    const large = (response: ServerResponse): void => void response.end(start + megabytes(2) + end);
    const { ask } = await subgraph(t, { large });
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask('large')));
    assert.deepEqual(new Set(answers.map(lengthOf)), new Set([2 * 1024 * 1024]));
  });

  test('that were packed come through however many are asked for at once', async (t) => {
    const body = gzipSync(start + megabytes(2) + end);
    const packed = (response: ServerResponse): void =>
      void response.setHeader('content-encoding', 'gzip').end(body);
    const { ask } = await subgraph(t, { packed });
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask('packed')));
    assert.deepEqual(new Set(answers.map(lengthOf)), new Set([2 * 1024 * 1024]));
  });
});
