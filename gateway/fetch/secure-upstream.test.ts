import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { createServer as createHttpsServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, describe, test } from 'node:test';
import { anonymous } from '../model/principal.ts';
import type { SubgraphAnswer } from '../model/subgraph-call.ts';
import { createFetch, fetchSettings } from './fetch.ts';

const ends: (() => Promise<unknown>)[] = [];
after(() => Promise.all(ends.map((end) => end())));

/** One DER value: tag, length, content. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const size = Buffer.from([body.length >> 8, body.length & 255]);
  return Buffer.concat([Buffer.from([tag, 0x82]), size, body]);
}

const sequence = (...content: readonly Buffer[]): Buffer => der(0x30, ...content);
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const time = (date: Date): Buffer =>
  der(0x18, Buffer.from(date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')));
const pem = (label: string, bytes: Buffer): string =>
  `-----BEGIN ${label}-----\n${bytes.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;

/** A certificate for 127.0.0.1 that vouches for itself, good for an hour (RFC 5280 4.1). */
function certificate(): { readonly cert: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));
  const name = sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from('test')))));
  const alternativeNames = sequence(
    objectId('551d11'),
    der(0x04, sequence(der(0x87, Buffer.from([127, 0, 0, 1])))),
  );
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    sequence(time(new Date(Date.now() - 3_600_000)), time(new Date(Date.now() + 3_600_000))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(alternativeNames)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', toBeSigned, privateKey));
  const cert = pem('CERTIFICATE', sequence(toBeSigned, ecdsaWithSha256, signature));
  return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

const { cert, key } = certificate();

async function listen(server: Server | Http2SecureServer): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => Promise.resolve(server.close()));
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

function http2Server(answer = '{"data":{"over":"2.0"}}'): Http2SecureServer {
  return createSecureServer({ cert, key }, (request, response) => {
    request.resume();
    if (answer !== '') response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
}

async function ask(
  url: string,
  changes: Partial<ReturnType<typeof fetchSettings>['all']>,
): Promise<SubgraphAnswer> {
  const settings = fetchSettings({});
  const fetch = createFetch({ ...settings, all: { ...settings.all, ...changes } }, new Map([['a', url]]));
  const call = { subgraph: 'a', operationKind: 'query', body: '{"query":"{a}"}', entityCount: 0 } as const;
  const { signal } = new AbortController();
  try {
    return await fetch.call(call, { requestId: 'r', principal: anonymous, clientHeaders: {}, signal });
  } finally {
    await fetch.close(0);
  }
}

describe('over https', () => {
  test('a server is asked by HTTP/2 where it offers that', async () => {
    const answer = await ask(await listen(http2Server()), { certificateAuthorities: cert });
    assert.equal(answer.kind, 'answered', answer.kind === 'failed' ? String(answer.error.cause) : '');
    assert.deepEqual(answer.data, { over: '2.0' });
  });

  test('and by HTTP/1.1 where it does not, or where HTTP/2 is off', async () => {
    const server = createHttpsServer({ cert, key }, (request, response) => {
      request.resume();
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: { over: request.httpVersion } }));
    });
    const url = await listen(server);
    for (const http2 of [true, false]) {
      const answer = await ask(url, { certificateAuthorities: cert, http2 });
      assert.equal(answer.kind, 'answered', answer.kind === 'failed' ? String(answer.error.cause) : '');
      assert.deepEqual(answer.data, { over: '1.1' });
    }
  });

  test('a call by HTTP/2 that gets no answer ends at its deadline', async () => {
    const answer = await ask(await listen(http2Server('')), { certificateAuthorities: cert, timeout: 150 });
    assert.equal(answer.kind, 'failed');
    assert.equal(answer.error.code, 'GATEWAY_TIMEOUT');
  });

  test('an answer by HTTP/2 that is too large is cut off', async () => {
    const url = await listen(http2Server(JSON.stringify({ data: { a: 'x'.repeat(500_000) } })));
    const answer = await ask(url, { certificateAuthorities: cert, maxResponseSize: 50_000 });
    assert.equal(answer.kind, 'failed');
    assert.equal(answer.error.code, 'SUBREQUEST_HTTP_ERROR');
  });

  test('a server that nobody trusted vouches for is not sent anything', async () => {
    let requests = 0;
    const server = http2Server();
    server.on('request', () => (requests += 1));
    const answer = await ask(await listen(server), {});
    assert.equal(answer.kind, 'failed');
    assert.equal(answer.error.code, 'SUBREQUEST_HTTP_ERROR');
    assert.match(String(answer.error.cause), /certificate/);
    assert.equal(requests, 0);
  });
});
