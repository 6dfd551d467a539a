import { ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { IncomingHttpHeaders } from 'node:http';
import type { Context } from './context.ts';
import { reasonOf, type Log } from './log.ts';
import { failure, type Route, type RouteAnswer } from './server.ts';

// A gateway's largest merged fetch stays far below this; parsing more would only cost time.
const maxTokens = 15_000;

export interface GraphQLFrame {
  readonly schema: GraphQLSchema;
  /** Makes what the resolvers of one request share. */
  readonly contextOf: (authorization: string | undefined) => Promise<Context>;
  readonly log: Log;
}

/** Answers GraphQL over HTTP; `stop` lets operations end that have begun. */
export async function graphqlRoute(
  frame: GraphQLFrame,
): Promise<{ readonly route: Route; stop(): Promise<void> }> {
  const server = new ApolloServer<Context>({
    schema: frame.schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxLexicalTokens: maxTokens },
    plugins: [
      // No page from elsewhere, and nothing about our callers goes elsewhere, whatever the environment holds.
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
    ],
    formatError: (shown, error) => publicError(shown, error, frame.log),
  });
  await server.start();
  const route: Route = {
    method: 'POST',
    answer: async ({ method, search, headers, body }) => {
      const parsed = parseJson(body);
      if (!parsed.ok) return failure(400, 'BAD_REQUEST', 'The request body is not JSON.');
      const httpGraphQLRequest = { method, search, headers: headerMap(headers), body: parsed.value };
      const context = () => frame.contextOf(headers.authorization);
      return answerOf(await server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context }));
    },
  };
  return { route, stop: () => server.stop() };
}

/** Errors that we meant to show pass; a surprise is logged and shown without its text. */
function publicError(shown: GraphQLFormattedError, error: unknown, log: Log): GraphQLFormattedError {
  const cause = unwrapResolverError(error);
  if (cause instanceof GraphQLError) return shown;
  log('error', 'a resolver failed', { reason: reasonOf(cause), path: shown.path?.join('.') });
  return {
    message: 'Something went wrong here.',
    ...(shown.path === undefined ? {} : { path: shown.path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}

function parseJson(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

function headerMap(headers: IncomingHttpHeaders): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}

function answerOf(response: HTTPGraphQLResponse): RouteAnswer {
  // Only @defer and @stream make chunks, and the schema has neither.
  if (response.body.kind === 'chunked') throw new Error('incremental delivery is not offered');
  return {
    status: response.status ?? 200,
    headers: Object.fromEntries(response.headers),
    body: response.body.string,
  };
}
