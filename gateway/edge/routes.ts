import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { refusal } from '../model/refusal.ts';
import type { Cors } from './cors.ts';
import { documentInPath } from './document-path.ts';
import type { EdgeHooks, EdgePage, EdgeSettings } from './edge-settings.ts';
import { Exchange, headerText } from './exchange.ts';
import { answerGraphQL, type GraphQLRoute } from './graphql-route.ts';
import { isFromThisMachine } from './nearby-caller.ts';
import { requestIdOf } from './request-id.ts';

const mostHeaders = 400;

/** What every request meets; `settings` and `rules` are replaced as a whole. */
export interface Shared extends GraphQLRoute {
  settings: EdgeSettings;
  rules: Cors;
  readonly hooks: EdgeHooks;
  readonly isDraining: () => boolean;
}

/** Requests for GraphQL need no router, which costs as much as answering a small one; its route serves `inject`. */
export function takeGraphQLDirectly(server: FastifyInstance, shared: Shared): void {
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

/** GraphQL, health, numbers, and what answers where nothing is. */
export function addRoutes(server: FastifyInstance, shared: Shared): void {
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

/** Coded, as every refusal. */
export function notFound(exchange: Exchange): void {
  exchange.refuse(refusal('NOT_FOUND', 'Nothing is answered at this path.'));
}

function pathOf(message: IncomingMessage): string {
  return (message.url ?? '').split('?', 1)[0] ?? '';
}

/** With the headers that every answer has. */
export function exchangeOf(message: IncomingMessage, response: ServerResponse, shared: Shared): Exchange {
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
