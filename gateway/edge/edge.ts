import type { IncomingMessage, ServerResponse } from 'node:http';
import { fastify, type FastifyInstance, type InjectOptions, type LightMyRequestResponse } from 'fastify';
import { refusal } from '../model/refusal.ts';
import {
  apolloLane,
  type ApolloLane,
  type ApolloLaneSettings,
  type LaneContext,
  type LaneWork,
} from './apollo-lane.ts';
import { answerClientError } from './client-error.ts';
import { cors, type Cors } from './cors.ts';
import type {
  ChangeableSettings,
  CorsPolicy,
  EdgeHooks,
  EdgePage,
  EdgeRefusal,
  EdgeSettings,
} from './edge-settings.ts';
import { documentInPath } from './document-path.ts';
import { Exchange, headerText } from './exchange.ts';
import { answerGraphQL, type GraphQLRoute } from './graphql-route.ts';
import { isFromThisMachine } from './nearby-caller.ts';
import { inFlight, type FlightLimits, type InFlight } from './in-flight.ts';
import { loadPlugins, type LoadedPlugins } from './plugin-modules.ts';
import { requestIdOf } from './request-id.ts';
import { sandboxPages } from './sandbox-pages.ts';

export { apolloLane, loadPlugins };
export type { ApolloLane, ApolloLaneSettings, LaneContext, LaneWork, LoadedPlugins };
export type { ChangeableSettings, CorsPolicy, EdgeHooks, EdgePage, EdgeRefusal, EdgeSettings };

export interface Edge {
  /** Starts to listen; rejects with Node's error (`EADDRINUSE`, `EACCES`) when the address cannot be had. */
  readonly listen: () => Promise<{ readonly url: string; readonly port: number }>;
  /** From the next request on these hold; deadlines and the number of requests at once also for those in flight. */
  readonly reconfigure: (settings: ChangeableSettings) => void;
  /**
   * Stops: not ready any more, idle connections closed, requests in flight answered; what is not answered after `ms`
   * is aborted, and every socket closed.
   */
  readonly drain: (ms: number) => Promise<void>;
  /** Stops at once. */
  readonly close: () => Promise<void>;
  /** A request without a socket, for tests. */
  readonly inject: (options: InjectOptions) => Promise<LightMyRequestResponse>;
}

const mostHeaders = 400;
const mostConnections = 10_000;

/** HTTP in and out; everything behind it is one function from a GraphQL request to an answer. */
export async function createEdge(settings: EdgeSettings, hooks: EdgeHooks): Promise<Edge> {
  const state = { draining: false };
  const flights = inFlight(flightLimits(settings), hooks.gate);
  const server = bareServer(settings, hooks);
  const shared: Shared = {
    settings,
    hooks,
    inFlight: flights,
    rules: cors(settings.cors),
    isDraining: () => state.draining,
  };
  addRoutes(server, shared);
  takeGraphQLDirectly(server, shared);
  const hasPage = settings.sandbox !== undefined && (await sandboxPages(server, settings.sandbox));
  server.get('/', (request, reply) => {
    if (hasPage && request.headers.accept?.includes('text/html') === true)
      return reply.redirect('/sandbox/', 302);
    reply.hijack();
    notFound(exchangeOf(request.raw, reply.raw, shared));
    return undefined;
  });
  await server.ready();
  return {
    listen: () => listening(server, settings.listen),
    reconfigure: (changed) => {
      shared.settings = { ...settings, ...changed };
      shared.rules = cors(changed.cors);
      flights.reconfigure(flightLimits(changed));
    },
    drain: async (ms) => {
      state.draining = true;
      await drained(server, flights, ms);
    },
    close: async () => {
      state.draining = true;
      await drained(server, flights, 0);
    },
    inject: (options) => server.inject(options),
  };
}

/** What every request meets; `settings` and `rules` are replaced as a whole. */
interface Shared extends GraphQLRoute {
  settings: EdgeSettings;
  rules: Cors;
  readonly hooks: EdgeHooks;
  readonly isDraining: () => boolean;
}

function flightLimits({ concurrencyLimit, requestTimeoutMs }: ChangeableSettings): FlightLimits {
  return { limit: concurrencyLimit, timeoutMs: requestTimeoutMs };
}

function bareServer(settings: EdgeSettings, hooks: EdgeHooks): FastifyInstance {
  const server = fastify({
    exposeHeadRoutes: false,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    requestTimeout: settings.headersTimeoutMs + settings.bodyTimeoutMs,
    http: {
      maxHeaderSize: settings.maxHeaderBytes,
      headersTimeout: settings.headersTimeoutMs,
      // Node would keep the first of two Authorization headers without a word; joined, nobody takes it for a token.
      joinDuplicateHeaders: true,
      // The default of 30 s would let slow clients stay that much longer than the limits say.
      connectionsCheckingInterval: 1000,
    },
    // An address that cannot be decoded; raised before there is an exchange.
    frameworkErrors: (_error, { raw }, reply) => {
      reply.hijack();
      const { bodyTimeoutMs: unreadTimeoutMs } = settings;
      const exchange = new Exchange(raw, reply.raw, requestIdOf(raw.headers['x-request-id']), {
        unreadTimeoutMs,
        refused: hooks.refused,
        isDraining: () => false,
      });
      exchange.refuse(refusal('BAD_REQUEST', 'The address is not valid.'));
    },
    clientErrorHandler: (error, socket) => {
      const refused = answerClientError(error, socket);
      if (refused !== undefined) hooks.refused(refused);
    },
  });
  server.server.maxConnections = mostConnections;
  // Bodies are read by the routes, which know the limits.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, _payload, done) => done(null));
  return server;
}

/** Requests for GraphQL need no router, which costs as much as answering a small one; its route serves `inject`. */
function takeGraphQLDirectly(server: FastifyInstance, shared: Shared): void {
  const routed = server.server.listeners('request') as ((
    message: IncomingMessage,
    response: ServerResponse,
  ) => void)[];
  const { graphqlPath } = shared.settings;
  const withQuery = `${graphqlPath}?`;
  server.server.removeAllListeners('request');
  server.server.on('request', (message: IncomingMessage, response: ServerResponse) => {
    const { method, url = '' } = message;
    const asked =
      (method === 'POST' || method === 'GET') &&
      (url === graphqlPath || url.startsWith(withQuery) || namesDocument(url, shared));
    if (!asked) for (const listener of routed) listener.call(server.server, message, response);
    else void guarded(exchangeOf(message, response, shared), (exchange) => answerGraphQL(exchange, shared));
  });
}

function namesDocument(url: string, { settings }: Shared): boolean {
  return settings.documentPaths === true && documentInPath(url, settings.graphqlPath) !== undefined;
}

function addRoutes(server: FastifyInstance, shared: Shared): void {
  const { graphqlPath, healthPath } = shared.settings;
  const onGraphQL = (exchange: Exchange): Promise<void> => answerGraphQL(exchange, shared);
  for (const method of ['GET', 'POST'] as const) {
    server.route({
      method,
      url: graphqlPath,
      handler: (request, reply) => {
        reply.hijack();
        return guarded(exchangeOf(request.raw, reply.raw, shared), onGraphQL);
      },
    });
  }
  const health =
    (isUp: () => boolean) =>
    (request: { raw: IncomingMessage }, reply: { raw: ServerResponse; hijack(): unknown }) => {
      reply.hijack();
      const up = isUp();
      const body = `{"status":"${up ? 'UP' : 'DOWN'}"}`;
      exchangeOf(request.raw, reply.raw, shared).send(up ? 200 : 503, { 'cache-control': 'no-store' }, body);
    };
  server.get(
    `${healthPath}/live`,
    health(() => true),
  );
  server.get(
    `${healthPath}/ready`,
    health(() => !shared.isDraining() && shared.hooks.isReady()),
  );
  const { metricsPath } = shared.settings;
  const { metrics } = shared.hooks;
  if (metricsPath !== undefined && metrics !== undefined) {
    server.get(metricsPath, (request, reply) => {
      reply.hijack();
      return answerPage(exchangeOf(request.raw, reply.raw, shared), metrics);
    });
  }
  server.setNotFoundHandler((request, reply) => {
    reply.hijack();
    otherRequest(exchangeOf(request.raw, reply.raw, shared), shared);
  });
  server.setErrorHandler((_error, request, reply) => {
    reply.hijack();
    exchangeOf(request.raw, reply.raw, shared).refuse(
      refusal('BAD_REQUEST', 'The request is not valid HTTP.'),
    );
  });
}

/** For whom the page is not, nothing is there. */
async function answerPage(exchange: Exchange, { type, text, open }: EdgePage): Promise<void> {
  if (!open && !isFromThisMachine(exchange.message)) {
    notFound(exchange);
    return;
  }
  try {
    exchange.send(200, { 'content-type': type, 'cache-control': 'no-store' }, await text());
  } catch (cause) {
    exchange.refuse(refusal('INTERNAL_SERVER_ERROR', 'Internal server error'), { cause });
  }
}

/** Preflights, wrong methods, and paths that nothing answers. */
function otherRequest(exchange: Exchange, shared: Shared): void {
  const { settings, rules } = shared;
  const { message } = exchange;
  const isDocument = namesDocument(message.url ?? '', shared);
  if (pathOf(message) !== settings.graphqlPath && !isDocument) {
    notFound(exchange);
    return;
  }
  if (message.method !== 'OPTIONS') {
    exchange.refuse(refusal('METHOD_NOT_ALLOWED', 'GraphQL is asked by POST or GET.'), {
      headers: { allow: 'GET, POST, OPTIONS' },
    });
    return;
  }
  const asked = headerText(message.headers['access-control-request-headers']);
  exchange.send(
    204,
    { allow: 'GET, POST, OPTIONS', ...rules.preflightHeaders(message.headers.origin, asked) },
    '',
  );
}

function notFound(exchange: Exchange): void {
  exchange.refuse(refusal('NOT_FOUND', 'Nothing is answered at this path.'));
}

function pathOf(message: IncomingMessage): string {
  return (message.url ?? '').split('?', 1)[0] ?? '';
}

function exchangeOf(message: IncomingMessage, response: ServerResponse, shared: Shared): Exchange {
  const exchange = new Exchange(message, response, requestIdOf(message.headers['x-request-id']), {
    unreadTimeoutMs: shared.settings.bodyTimeoutMs,
    refused: shared.hooks.refused,
    isDraining: shared.isDraining,
  });
  exchange.headers = shared.rules.answerHeaders(message.headers.origin);
  return exchange;
}

async function guarded(exchange: Exchange, answer: (exchange: Exchange) => Promise<void>): Promise<void> {
  // Node drops headers above a number of its own without a word; one of them could be the one that matters.
  if (exchange.message.rawHeaders.length > 2 * mostHeaders) {
    exchange.refuse(
      refusal('REQUEST_HEADERS_TOO_LARGE', `More than ${String(mostHeaders)} request headers.`),
    );
    return;
  }
  try {
    await answer(exchange);
  } catch (cause) {
    exchange.refuse(refusal('INTERNAL_SERVER_ERROR', 'Internal server error'), { cause });
  }
}

async function listening(
  server: FastifyInstance,
  { host, port }: EdgeSettings['listen'],
): Promise<{ url: string; port: number }> {
  await server.listen({ host, port });
  const address = server.server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return {
    url: `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${String(bound)}`,
    port: bound,
  };
}

async function drained(server: FastifyInstance, flights: InFlight, ms: number): Promise<void> {
  const closed = server.close();
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([flights.idle(), tooLong]);
  clearTimeout(timer);
  flights.abort();
  server.server.closeIdleConnections();
  // What was aborted may still say so; then every socket goes.
  const force = setTimeout(() => server.server.closeAllConnections(), 200);
  await closed;
  flights.stop();
  clearTimeout(force);
}
