import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ResponseReader } from './http-response.ts';
import type { AnswerHeaders } from './http-response-head.ts';

interface Heard {
  readonly status: number;
  readonly headers: AnswerHeaders;
  body: string;
  keepAlive: number | undefined;
}

/** What is heard of these bytes, given in pieces of `size`. */
function heard(text: string, size = text.length, isClosed = false): readonly Heard[] {
  const all: Heard[] = [];
  const reader = new ResponseReader({
    onHead: (status, headers) => void all.push({ status, headers, body: '', keepAlive: undefined }),
    onBody: (bytes) => {
      const last = all.at(-1);
      if (last !== undefined) last.body += bytes.toString('latin1');
    },
    onEnd: (keepAlive) => {
      const last = all.at(-1);
      if (last !== undefined) last.keepAlive = keepAlive;
    },
  });
  const shared = Buffer.alloc(Math.max(1, size));
  for (let at = 0; at < text.length; at += size) {
    // As on a connection: the next piece overwrites the last one.
    const length = shared.write(text.slice(at, at + size), 'latin1');
    reader.read(shared.subarray(0, length));
  }
  if (isClosed) assert.equal(reader.close(), true);
  return all;
}

const lengthy = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncontent-length: 11\r\n\r\n{"data":{}}';
const chunked =
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"dat\r\n6;note=1\r\na":{}}\r\n0\r\nx-late: 1\r\n\r\n';

for (const size of [1, 2, 3, 7, 1000]) {
  test(`an answer is whole however it is cut: pieces of ${String(size)}`, () => {
    for (const text of [lengthy, chunked]) {
      const [only, ...more] = heard(text, size);
      assert.equal(more.length, 0);
      assert.equal(only?.status, 200);
      assert.equal(only.body, '{"data":{}}');
      assert.equal(only.keepAlive, 60_000);
    }
  });
}

test('names of headers come in lower case, repeated ones as a list', () => {
  const [only] = heard('HTTP/1.1 200 OK\r\nSet-Cookie: a\r\nset-cookie:  b \r\ncontent-length: 0\r\n\r\n');
  assert.deepEqual(only?.headers['set-cookie'], ['a', 'b']);
});

test('a header called __proto__ is a header', () => {
  const [only] = heard('HTTP/1.1 200 OK\r\n__proto__: x\r\ncontent-length: 0\r\n\r\n');
  assert.deepEqual(Object.keys(only?.headers ?? {}), ['__proto__', 'content-length']);
});

test('what only announces an answer is passed over', () => {
  const [only, ...more] = heard(
    `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${lengthy}`,
  );
  assert.equal(more.length, 0);
  assert.equal(only?.body, '{"data":{}}');
});

test('without a length the answer ends with the connection, which is not used again', () => {
  const [only] = heard('HTTP/1.1 200 OK\r\n\r\n{"data":{}}', 4, true);
  assert.equal(only?.body, '{"data":{}}');
  assert.equal(only.keepAlive, 0);
});

describe('a connection is not used again', () => {
  for (const [why, text] of [
    ['when the server says so', lengthy.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')],
    ['when the server speaks HTTP/1.0', lengthy.replace('HTTP/1.1', 'HTTP/1.0')],
    ['when more came than the answer', `${lengthy}HTTP/1.1 200 OK\r\n`],
    [
      'when the server keeps it for a second only',
      lengthy.replace('\r\n\r\n', '\r\nkeep-alive: timeout=1\r\n\r\n'),
    ],
  ] as const) {
    test(why, () => assert.equal(heard(text)[0]?.keepAlive, 0));
  }
});

test("a server's own wait is kept to, with a second to spare", () => {
  const [only] = heard(lengthy.replace('\r\n\r\n', '\r\nKeep-Alive: timeout=5, max=100\r\n\r\n'));
  assert.equal(only?.keepAlive, 4_000);
});

describe('is refused', () => {
  for (const [what, text] of [
    ['what is not HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    [
      'a length and chunks at once',
      'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n',
    ],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\n'],
    ['a length that is none', 'HTTP/1.1 200 OK\r\ncontent-length: +3\r\n\r\n'],
    ['a coding that is unknown', 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n'],
    ['a folded header', 'HTTP/1.1 200 OK\r\na: b\r\n c\r\n\r\n'],
    ['a space before the colon', 'HTTP/1.1 200 OK\r\ncontent-length : 3\r\n\r\n'],
    ['a line feed alone', 'HTTP/1.1 200 OK\r\na: b\nc: d\r\n\r\n'],
    ['a chunk without a length', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n'],
    ['a chunk longer than it says', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabc\r\n'],
    ['a head without end', `HTTP/1.1 200 OK\r\na: ${'b'.repeat(20_000)}`],
    ['a line without end', `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;${'b'.repeat(20_000)}`],
  ] as const) {
    test(what, () => assert.throws(() => heard(text), Error));
  }
});

test('an answer that ends too early is told apart from one that ends so', () => {
  const reader = new ResponseReader({
    onHead: () => undefined,
    onBody: () => undefined,
    onEnd: () => undefined,
  });
  reader.read(Buffer.from(lengthy.slice(0, -3)));
  assert.equal(reader.close(), false);
});
