import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reasonOf, type Log } from './log.ts';

const maxBodyBytes = 1_048_576;
const drainMs = 10_000;

export interface RouteRequest {
  readonly method: string;
  /** Path and query as in the request line. */
  readonly path: string;
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface RouteAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly answer: (request: RouteRequest) => Promise<RouteAnswer>;
}

/** Routes by their path. */
export type Routes = Readonly<Record<string, Route>>;

type Phase =
  | { readonly kind: 'starting'; readonly status: string; readonly done: number }
  | { readonly kind: 'ready'; readonly routes: ReadonlyMap<string, Route> }
  | { readonly kind: 'stopping' };

export interface RunningServer {
  /** The address to call, for example `http://127.0.0.1:4102`. */
  readonly url: string;
  /** Says in `/health` what the start is busy with; `done` goes from 0 to 1. */
  progress(status: string, done: number): void;
  /** From now on the routes are answered and `/health` says 200. */
  ready(routes: Routes): void;
  /** Takes no more requests, lets those begun end (10 seconds at most) and closes. */
  close(): Promise<void>;
}

/**
 * Listens at once and answers 503 until `ready` is called, so that whoever waits can see how far the start has come.
 * Rejects when the address cannot be listened on.
 */
export async function listen(
  at: { readonly host: string; readonly port: number },
  log: Log,
): Promise<RunningServer> {
  let phase: Phase = { kind: 'starting', status: 'starting', done: 0 };
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 65_000 });
  server.maxRequestsPerSocket = 0;
  server.on('request', (request, response) => {
    void respond(() => phase, { request, response }, log); // never rejects
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  const { port } = server.address() as AddressInfo; // a TCP server that listens always has one
  return {
    url: `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${port}`,
    progress: (status, done) => {
      phase = { kind: 'starting', status, done };
    },
    ready: (routes) => {
      phase = { kind: 'ready', routes: new Map(Object.entries(routes)) };
    },
    close: () => {
      phase = { kind: 'stopping' };
      return drain(server);
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function respond(phase: () => Phase, { request, response }: Exchange, log: Log): Promise<void> {
  try {
    const answer = await answerTo(phase(), request);
    if (phase().kind === 'stopping') response.setHeader('connection', 'close');
    send(response, answer);
  } catch (error) {
    // A client that went away while its body was read is no fault of ours.
    if (!request.complete) return void response.destroy();
    log('error', 'a request could not be answered', { reason: reasonOf(error) });
    send(response, failure(500, 'INTERNAL_SERVER_ERROR', 'Something went wrong here.'));
  }
}

function drain(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => {
      server.closeAllConnections();
    }, drainMs);
    server.close(() => {
      clearTimeout(impatience);
      resolve();
    });
    server.closeIdleConnections();
  });
}

async function answerTo(phase: Phase, request: IncomingMessage): Promise<RouteAnswer> {
  const { path, search } = splitTarget(request.url ?? '/');
  if (path === '/health') return health(phase);
  if (phase.kind !== 'ready') {
    return failure(503, 'SERVICE_UNAVAILABLE', 'This service is not ready. Ask /health.');
  }
  const route = phase.routes.get(path);
  if (route === undefined) return failure(404, 'NOT_FOUND', 'There is nothing at this address.');
  if (route.method !== request.method) {
    const refusal = failure(405, 'METHOD_NOT_ALLOWED', `Use ${route.method} here.`);
    return { ...refusal, headers: { ...refusal.headers, allow: route.method } };
  }
  const body = await readBody(request);
  if (body === 'too large') {
    const refusal = failure(413, 'PAYLOAD_TOO_LARGE', 'The request body may have 1 MB at most.');
    // What is left of the body is not read, so the connection cannot be used again.
    return { ...refusal, headers: { ...refusal.headers, connection: 'close' } };
  }
  const { url = '/', headers } = request;
  return route.answer({ method: route.method, path: url, search, headers, body: body.text });
}

function splitTarget(target: string): { readonly path: string; readonly search: string } {
  const question = target.indexOf('?');
  return question === -1
    ? { path: target, search: '' }
    : { path: target.slice(0, question), search: target.slice(question) };
}

function health(phase: Phase): RouteAnswer {
  switch (phase.kind) {
    case 'ready':
      return json(200, { status: 'ok' });
    case 'starting':
      return json(503, { status: phase.status, done: phase.done });
    case 'stopping':
      return json(503, { status: 'stopping' });
  }
}

async function readBody(request: IncomingMessage): Promise<'too large' | { readonly text: string }> {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return 'too large';
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) return 'too large';
    chunks.push(chunk);
  }
  return { text: Buffer.concat(chunks).toString('utf8') };
}

/** An answer in JSON. */
export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): RouteAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

/** A refusal in the shape that GraphQL clients read. */
export function failure(status: number, code: string, message: string): RouteAnswer {
  return json(status, { errors: [{ message, extensions: { code } }] }, { 'cache-control': 'no-store' });
}

function send(response: ServerResponse, answer: RouteAnswer): void {
  response.writeHead(answer.status, {
    'x-content-type-options': 'nosniff',
    'content-length': Buffer.byteLength(answer.body),
    ...answer.headers,
  });
  response.end(answer.body);
}
