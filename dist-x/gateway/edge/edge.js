import { fastify } from 'fastify';
import { refusal } from "../model/refusal.js";
import { apolloLane, } from "./apollo-lane.js";
import { answerClientError } from "./client-error.js";
import { cors } from "./cors.js";
import { documentInPath } from "./document-path.js";
import { Exchange, headerText } from "./exchange.js";
import { answerGraphQL } from "./graphql-route.js";
import { isFromThisMachine } from "./nearby-caller.js";
import { inFlight } from "./in-flight.js";
import { loadPlugins } from "./plugin-modules.js";
import { requestIdOf } from "./request-id.js";
import { sandboxPages } from "./sandbox-pages.js";
export { apolloLane, loadPlugins };
const mostHeaders = 400;
const mostConnections = 10_000;
/** HTTP in and out; everything behind it is one function from a GraphQL request to an answer. */
export async function createEdge(settings, hooks) {
    const state = { draining: false };
    const flights = inFlight(flightLimits(settings), hooks.gate);
    const server = bareServer(settings, hooks);
    const shared = {
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
function flightLimits({ concurrencyLimit, requestTimeoutMs }) {
    return { limit: concurrencyLimit, timeoutMs: requestTimeoutMs };
}
function bareServer(settings, hooks) {
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
            if (refused !== undefined)
                hooks.refused(refused);
        },
    });
    server.server.maxConnections = mostConnections;
    // Bodies are read by the routes, which know the limits.
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', (_request, _payload, done) => done(null));
    return server;
}
/** Requests for GraphQL need no router, which costs as much as answering a small one; its route serves `inject`. */
function takeGraphQLDirectly(server, shared) {
    const routed = server.server.listeners('request');
    const { graphqlPath } = shared.settings;
    const withQuery = `${graphqlPath}?`;
    server.server.removeAllListeners('request');
    server.server.on('request', (message, response) => {
        const { method, url = '' } = message;
        const asked = (method === 'POST' || method === 'GET') &&
            (url === graphqlPath || url.startsWith(withQuery) || namesDocument(url, shared));
        if (!asked)
            for (const listener of routed)
                listener.call(server.server, message, response);
        else
            void guarded(exchangeOf(message, response, shared), (exchange) => answerGraphQL(exchange, shared));
    });
}
function namesDocument(url, { settings }) {
    return settings.documentPaths === true && documentInPath(url, settings.graphqlPath) !== undefined;
}
function addRoutes(server, shared) {
    const { graphqlPath, healthPath } = shared.settings;
    const onGraphQL = (exchange) => answerGraphQL(exchange, shared);
    for (const method of ['GET', 'POST']) {
        server.route({
            method,
            url: graphqlPath,
            handler: (request, reply) => {
                reply.hijack();
                return guarded(exchangeOf(request.raw, reply.raw, shared), onGraphQL);
            },
        });
    }
    const health = (isUp) => (request, reply) => {
        reply.hijack();
        const up = isUp();
        const body = `{"status":"${up ? 'UP' : 'DOWN'}"}`;
        exchangeOf(request.raw, reply.raw, shared).send(up ? 200 : 503, { 'cache-control': 'no-store' }, body);
    };
    server.get(`${healthPath}/live`, health(() => true));
    server.get(`${healthPath}/ready`, health(() => !shared.isDraining() && shared.hooks.isReady()));
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
        exchangeOf(request.raw, reply.raw, shared).refuse(refusal('BAD_REQUEST', 'The request is not valid HTTP.'));
    });
}
/** For whom the page is not, nothing is there. */
async function answerPage(exchange, { type, text, open }) {
    if (!open && !isFromThisMachine(exchange.message)) {
        notFound(exchange);
        return;
    }
    try {
        exchange.send(200, { 'content-type': type, 'cache-control': 'no-store' }, await text());
    }
    catch (cause) {
        exchange.refuse(refusal('INTERNAL_SERVER_ERROR', 'Internal server error'), { cause });
    }
}
/** Preflights, wrong methods, and paths that nothing answers. */
function otherRequest(exchange, shared) {
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
    exchange.send(204, { allow: 'GET, POST, OPTIONS', ...rules.preflightHeaders(message.headers.origin, asked) }, '');
}
function notFound(exchange) {
    exchange.refuse(refusal('NOT_FOUND', 'Nothing is answered at this path.'));
}
function pathOf(message) {
    return (message.url ?? '').split('?', 1)[0] ?? '';
}
function exchangeOf(message, response, shared) {
    const exchange = new Exchange(message, response, requestIdOf(message.headers['x-request-id']), {
        unreadTimeoutMs: shared.settings.bodyTimeoutMs,
        refused: shared.hooks.refused,
        isDraining: shared.isDraining,
    });
    exchange.headers = shared.rules.answerHeaders(message.headers.origin);
    return exchange;
}
async function guarded(exchange, answer) {
    // Node drops headers above a number of its own without a word; one of them could be the one that matters.
    if (exchange.message.rawHeaders.length > 2 * mostHeaders) {
        exchange.refuse(refusal('REQUEST_HEADERS_TOO_LARGE', `More than ${String(mostHeaders)} request headers.`));
        return;
    }
    try {
        await answer(exchange);
    }
    catch (cause) {
        exchange.refuse(refusal('INTERNAL_SERVER_ERROR', 'Internal server error'), { cause });
    }
}
async function listening(server, { host, port }) {
    await server.listen({ host, port });
    const address = server.server.address();
    const bound = typeof address === 'object' && address !== null ? address.port : port;
    const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
    return {
        url: `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${String(bound)}`,
        port: bound,
    };
}
async function drained(server, flights, ms) {
    const closed = server.close();
    let timer;
    const tooLong = new Promise((resolve) => {
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
//# sourceMappingURL=edge.js.map