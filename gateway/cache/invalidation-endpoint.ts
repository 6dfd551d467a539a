import cluster from 'node:cluster';
import { hash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CacheBase } from './cache-base.ts';
import { dropRequests } from './drop-requests.ts';
import { inspected } from './inspection.ts';

export interface EndpointSettings {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly sharedKey: string;
}

export interface Endpoint {
  /** Where it listens; rejects when the address cannot be had. */
  readonly url: Promise<string>;
  readonly close: () => Promise<void>;
}

const largestBody = 1024 * 1024;
const bodyMs = 5_000;

/** Takes invalidations in Apollo's JSON; `PATH/stats` and `PATH/entries` tell what is kept. All need the shared key. */
export function invalidationEndpoint(
  settings: EndpointSettings,
  cache: () => CacheBase | undefined,
): Endpoint {
  const server = createServer({ requestTimeout: bodyMs, headersTimeout: bodyMs }, (request, response) => {
    void answer(request, settings, cache())
      .catch((): Answer => ({ status: 500, body: { error: 'something went wrong here' } }))
      .then((given) => send(response, given));
  });
  server.maxConnections = 100;
  const url = new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, () => {
      const { address, port } = server.address() as AddressInfo; // a TCP server that listens always has one
      const host = address.includes(':') ? `[${address}]` : address;
      resolve(`http://${host}:${String(port)}${settings.path}`);
    });
  });
  return {
    url,
    close: async () => {
      server.closeAllConnections();
      // One that never listened is closed already.
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Who dropped it: all gateways of a Redis with their workers, or this process alone, which then has none. */
type Reach = 'all' | 'gateway';

const failure = (status: number, error: string): Answer => ({ status, body: { error } });

async function answer(
  request: IncomingMessage,
  settings: EndpointSettings,
  base: CacheBase | undefined,
): Promise<Answer> {
  // Who has no key learns nothing, not even where to ask.
  if (!isKey(request.headers.authorization, settings.sharedKey)) {
    request.resume();
    return failure(401, 'the shared key is needed in "authorization"');
  }
  if (base === undefined) return failure(503, 'nothing is kept any more');
  const { path } = settings;
  const { pathname, searchParams } = placeOf(request.url ?? '/');
  const below = path === '/' ? '' : path;
  if (pathname === `${below}/stats` && request.method === 'GET')
    return { status: 200, body: { process: here(), ...base.storage.size(), subgraphs: base.counters.all() } };
  if (pathname === `${below}/entries` && request.method === 'GET') return entries(base, searchParams);
  if (pathname !== path) return failure(404, `nothing is answered here; ask ${path}`);
  if (request.method !== 'POST') return failure(405, 'send invalidations by POST');
  return dropped(await bodyOf(request), base);
}

/** Path and query of what was asked for; a path of two slashes is one, not the name of a host. */
function placeOf(target: string): Pick<URL, 'pathname' | 'searchParams'> {
  const url = target.startsWith('/') ? `http://host${target}` : target;
  return URL.canParse(url) ? new URL(url) : { pathname: target, searchParams: new URLSearchParams() };
}

/** Workers listen as one: who asks cannot tell whose memory they are told of. */
const here = () => ({ pid: process.pid, isWorker: cluster.isWorker });

function entries(base: CacheBase, search: URLSearchParams): Answer {
  const found = inspected(base, search);
  if (found.kind === 'wrong') return failure(found.status, found.problem);
  const { note } = found;
  return {
    status: 200,
    body: { process: here(), entries: found.entries, ...(note === undefined ? {} : { note }) },
  };
}

async function dropped(text: string | undefined, base: CacheBase): Promise<Answer> {
  if (text === undefined) return failure(413, 'the body is larger than 1 MB');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return failure(400, 'the body is not JSON');
  }
  const facts = base.facts();
  if (facts === undefined) return failure(503, 'no supergraph is loaded yet');
  const found = dropRequests(body, facts);
  if (found.kind === 'wrong') return failure(found.status, found.problem);
  const isTold = await base.drop(found.tags);
  if (!isTold) return failure(503, 'dropped here; the other gateways are told when Redis is back');
  const reach: Reach = base.storage.shared === undefined ? 'gateway' : 'all';
  return { status: 200, body: { count: found.requests.length, reach } };
}

/** Compared by their hashes, which are of one length: the time it takes tells nothing. */
function isKey(given: string | undefined, key: string): boolean {
  if (given === undefined || given.length > 2_048) return false;
  const plain = given.replace(/^Bearer /, '');
  return timingSafeEqual(hash('sha256', plain, 'buffer'), hash('sha256', key, 'buffer'));
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, body }: Answer): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  response.writeHead(status, { ...headers, ...(status === 413 ? { connection: 'close' } : {}) }).end(text);
}
