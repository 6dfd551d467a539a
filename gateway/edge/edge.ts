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
import { cors } from './cors.ts';
import type {
  ChangeableSettings,
  CorsPolicy,
  EdgeHooks,
  EdgePage,
  EdgeRefusal,
  EdgeSettings,
} from './edge-settings.ts';
import { Exchange } from './exchange.ts';
import { inFlight, type FlightLimits, type InFlight } from './in-flight.ts';
import { loadPlugins, type LoadedPlugins } from './plugin-modules.ts';
import { requestIdOf } from './request-id.ts';
import { addRoutes, exchangeOf, notFound, takeGraphQLDirectly, type Shared } from './routes.ts';
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
