import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { after, test } from 'node:test';
import type { Connections, Post } from './connections.ts';
import { plainConnections } from './plain-connections.ts';

const ends: (() => unknown)[] = [];
after(() => Promise.all(ends.map((end) => end())));

/** A server that says what it is told to for each request that has come in whole. */
async function serve(
  answer: (socket: Socket, request: string, number: number) => void,
): Promise<Connections> {
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections += 1;
    const number = connections;
    sockets.add(socket);
    socket.on('error', () => undefined);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const length = /content-length: (\d+)\r\n\r\n/.exec(text);
      if (length === null || text.length < length.index + length[0].length + Number(length[1])) return;
      const request = text;
      text = '';
      answer(socket, request, number);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const pool = plainConnections(
    { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    'api.test',
  );
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
    return pool.destroy();
  });
  return pool;
}

const post = (changes: Partial<Post> = {}): Post => ({
  ...{ path: '/graphql', body: '{}', headers: ['accept', 'application/json'], moreHeaders: [] },
  ...changes,
});

function asked(pool: Connections, request = post()): Promise<string> {
  let body = '';
  return new Promise((resolve, reject) => {
    pool.dispatch(request, {
      onRequestStart: () => undefined,
      onResponseStart: () => undefined,
      onResponseData: (_, bytes) => void (body += bytes.toString()),
      onResponseEnd: () => resolve(body),
      onResponseError: (_, cause) => reject(cause),
    });
  });
}

const ok = (body: string, head = ''): string =>
  `HTTP/1.1 200 OK\r\n${head}content-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`;

test('calls one after the other share a connection, calls at once have their own', async () => {
  const pool = await serve((socket, _, number) => socket.write(ok(String(number))));
  assert.equal(await asked(pool), '1');
  assert.equal(await asked(pool), '1');
  assert.deepEqual((await Promise.all([asked(pool), asked(pool)])).sort(), ['1', '2']);
  assert.equal(pool.connected(), 2);
});

test('a request is sent as it should be, beyond ASCII too', async () => {
  const requests: string[] = [];
  const pool = await serve((socket, request) => {
    requests.push(Buffer.from(request, 'latin1').toString());
    socket.write(ok('{}'));
  });
  await asked(pool, post({ body: '{"a":"ü€"}', headers: ['x-a', '1'], moreHeaders: ['x-b', '2'] }));
  assert.deepEqual(requests, [
    'POST /graphql HTTP/1.1\r\nhost: api.test\r\nconnection: keep-alive\r\nx-a: 1\r\nx-b: 2\r\ncontent-length: 13\r\n\r\n{"a":"ü€"}',
  ]);
});

test('a header that would be two is not sent', async () => {
  const pool = await serve((socket) => socket.write(ok('{}')));
  assert.throws(() => pool.dispatch(post({ moreHeaders: ['a', 'b\r\nhost: other'] }), nobody), TypeError);
});

test('a connection that the server has closed is not used again', async () => {
  const closed: Promise<unknown>[] = [];
  const pool = await serve((socket, _, number) => {
    closed.push(once(socket, 'close'));
    if (number === 1) socket.end(ok('first'));
    else socket.write(ok('second'));
  });
  assert.equal(await asked(pool), 'first');
  await closed[0];
  while (pool.connected() > 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(await asked(pool), 'second');
});

test('what nobody asked for ends the connection, and is nobody else’s answer', async () => {
  const pool = await serve((socket, _, number) => {
    socket.write(ok(String(number)));
    if (number === 1) setImmediate(() => socket.write(ok('left over')));
  });
  assert.equal(await asked(pool), '1');
  while (pool.connected() > 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(await asked(pool), '2');
});

test('an answer that is cut off is a failure', async () => {
  const pool = await serve((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"data"'));
  await assert.rejects(asked(pool), /closed the connection before/);
});

test('an answer without a length ends with the connection', async () => {
  const pool = await serve((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n{"data":{}}'));
  assert.equal(await asked(pool), '{"data":{}}');
});

test('closing ends calls under way, and no more are begun', async () => {
  const pool = await serve(() => undefined);
  const call = asked(pool);
  await pool.destroy();
  await assert.rejects(call, /were closed/);
  assert.throws(() => pool.dispatch(post(), nobody), /were closed/);
  assert.equal(pool.connected(), 0);
});

const nobody = {
  onRequestStart: () => undefined,
  onResponseStart: () => undefined,
  onResponseData: () => undefined,
  onResponseEnd: () => undefined,
  onResponseError: () => undefined,
};
