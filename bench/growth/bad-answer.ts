import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** Ways in which a subgraph can answer badly. */
export const badAnswers = [
  'endless-slow',
  'endless-fast',
  'announced-100MB',
  'chunked-100MB',
  'gzip-100MB',
  'headers-only',
  'never',
  'truncated',
  'not-json',
  'html-500',
  'wrong-type',
  'deep-json',
] as const;

export type BadAnswer = (typeof badAnswers)[number];

const json = { 'content-type': 'application/json' };
const block = Buffer.alloc(64 * 1024, 'x');
const hundredMb = 100 * 1024 * 1024;
const bomb = gzipSync(Buffer.concat([Buffer.from('{"data":{"bad":"'), Buffer.alloc(hundredMb, 'x')]));

/** Gives the answer; those without an end stop when the connection is closed. */
export function misbehave(how: BadAnswer, response: ServerResponse): void {
  switch (how) {
    case 'endless-slow':
      return drip(response);
    case 'endless-fast':
      return pour(response.writeHead(200, json), Infinity);
    case 'announced-100MB':
      return pour(response.writeHead(200, { ...json, 'content-length': hundredMb }), hundredMb);
    case 'chunked-100MB':
      return pour(response.writeHead(200, json), hundredMb);
    case 'gzip-100MB':
      return void response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(bomb);
    case 'headers-only':
      return response.writeHead(200, json).flushHeaders();
    case 'never':
      return;
    case 'truncated':
      return void response.writeHead(200, json).end('{"data":{"bad":"half');
    case 'not-json':
      return void response.writeHead(200, json).end(block);
    case 'html-500':
      return void response
        .writeHead(500, { 'content-type': 'text/html' })
        .end('<h1>Internal Server Error</h1>');
    case 'wrong-type':
      return void response.writeHead(200, json).end('{"data":{"bad":{"not":["a","string"]}}}');
    case 'deep-json':
      return void response.writeHead(200, json).end(`{"data":{"bad":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`);
  }
}

function drip(response: ServerResponse): void {
  response.writeHead(200, json).write('{"data":{"bad":"');
  const timer = setInterval(() => response.write('x'), 50);
  response.once('close', () => clearInterval(timer));
}

function pour(response: ServerResponse, bytes: number): void {
  let left = bytes;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= block.length;
      if (!response.write(block)) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  more();
}
