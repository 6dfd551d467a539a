import { ApolloServer, HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type FormattedExecutionResult, type GraphQLSchema } from 'graphql';
import type { ClientError } from '../model/execution.ts';
import type { GraphQLAnswer, GraphQLRequest } from '../model/graphql-request.ts';
import { responseText, type GraphQLResponse } from '../model/graphql-response.ts';
import { FinishedData } from './finished-data.ts';

export interface ApolloLaneSettings {
  /** The user's own, run in this order. */
  readonly plugins: readonly ApolloServerPlugin<LaneContext>[];
  readonly logger: {
    readonly debug: (message: string) => void;
    readonly info: (message: string) => void;
    readonly warn: (message: string) => void;
    readonly error: (message: string) => void;
  };
}

/** A request whose operation is known to be valid, and what answers it. */
export interface LaneWork {
  readonly request: GraphQLRequest;
  /** The operation's text, also when the client only sent its hash. */
  readonly text: string;
  readonly run: () => Promise<GraphQLResponse>;
}

/** What plugins see as `contextValue`. */
export interface LaneContext {
  readonly request: GraphQLRequest;
}

export interface ApolloLane {
  /** For the first supergraph and each one that takes over; to be awaited before requests on it are answered. */
  readonly schemaChanged: (schema: GraphQLSchema, supergraph: string) => Promise<void>;
  /** Answers with the same bytes as without plugins, unless a plugin changes them. */
  readonly answer: (work: LaneWork) => Promise<GraphQLAnswer>;
  readonly stop: () => Promise<void>;
}

interface InnerContext extends LaneContext {
  readonly run: LaneWork['run'];
  /** What the stages answered, beside what Apollo Server makes of it; one level down, as Apollo Server copies contexts. */
  readonly stages: { response?: GraphQLResponse };
}

type SchemaListener = (change: {
  readonly apiSchema: GraphQLSchema;
  readonly coreSupergraphSdl: string;
}) => void;

/**
 * Apollo Server as a frame for plugins around the gateway's own stages: it neither validates nor executes, takes no
 * HTTP, sends nothing anywhere, and does not look at NODE_ENV.
 */
export function apolloLane(settings: ApolloLaneSettings): ApolloLane {
  const listeners = new Set<SchemaListener>();
  let current: Parameters<SchemaListener>[0] | undefined;
  let server: ApolloServer<InnerContext> | undefined;
  const gateway: LaneGateway = {
    onSchemaLoadOrUpdate: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load: () => {
      if (current !== undefined) for (const tell of listeners) tell(current);
      return Promise.resolve({ executor: ({ context }) => executed(context as unknown as InnerContext) });
    },
    stop: () => Promise.resolve(),
  };
  return {
    schemaChanged: async (apiSchema, coreSupergraphSdl) => {
      current = { apiSchema, coreSupergraphSdl };
      if (server !== undefined) {
        for (const tell of listeners) tell(current);
        return;
      }
      server = apolloServer(gateway, settings);
      await server.start();
    },
    answer: (work) => {
      if (server === undefined) throw new Error('a request before the first supergraph');
      return answered(server, work);
    },
    stop: async () => server?.stop(),
  };
}

type LaneGateway = NonNullable<ConstructorParameters<typeof ApolloServer>[0]['gateway']>;

function apolloServer(
  gateway: LaneGateway,
  { plugins, logger }: ApolloLaneSettings,
): ApolloServer<InnerContext> {
  return new ApolloServer<InnerContext>({
    gateway,
    logger,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ownStatus,
      ...plugins,
    ],
    stringifyResult: resultText,
    // All of these are done before a request comes here.
    persistedQueries: false,
    dangerouslyDisableValidation: true,
    csrfPrevention: false,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
  });
}

/** Stands before the user's plugins, so that the status they set is the last word. */
const ownStatus: ApolloServerPlugin<InnerContext> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ contextValue, response }) => {
        const own = contextValue.stages.response;
        if (own !== undefined) response.http.status = own.status;
        return Promise.resolve();
      },
    }),
};

async function executed(context: InnerContext) {
  const response = await context.run();
  context.stages.response = response;
  return {
    ...(response.data === undefined ? {} : { data: new FinishedData(response.data) }),
    ...(response.errors.length === 0 ? {} : { errors: response.errors.map(graphQLError) }),
    ...(response.extensions === undefined ? {} : { extensions: { ...response.extensions } }),
  };
}

function graphQLError({ message, path, extensions }: ClientError): GraphQLError {
  return new GraphQLError(message, {
    ...(path === undefined ? {} : { path }),
    extensions: withoutHead(extensions),
  });
}

/** Apollo Server takes `extensions.http` for orders about its own answer and hides it; `headers` makes it plain data. */
function withoutHead(extensions: ClientError['extensions']): Record<string, unknown> {
  const { http } = extensions;
  if (typeof http !== 'object' || http === null || 'headers' in http) return { ...extensions };
  return { ...extensions, http: { ...http, headers: undefined } };
}

function resultText({ errors = [], data, extensions }: FormattedExecutionResult): string {
  const text =
    data instanceof FinishedData ? data.text : data === undefined ? undefined : JSON.stringify(data);
  return responseText({ errors: errors as readonly ClientError[], data: text, extensions });
}

async function answered(
  server: ApolloServer<InnerContext>,
  { request, text, run }: LaneWork,
): Promise<GraphQLAnswer> {
  const context: InnerContext = { request, run, stages: {} };
  const {
    status = 200,
    headers,
    body,
  } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'POST',
      headers: headerMap(request),
      search: '',
      body: bodyOf(request, text),
    },
    context: () => Promise.resolve(context),
  });
  if (body.kind !== 'complete') throw new Error('an answer in parts to a request for a whole one');
  const { response } = context.stages;
  return {
    status,
    refusedByGraphQL: response?.refusedByGraphQL ?? false,
    headers: { ...(response?.headers ?? {}), ...pluginHeaders(headers, response) },
    ...(response?.untagged === true ? { untagged: true } : undefined),
    body: body.string,
  };
}

const ofHttp: ReadonlySet<string> = new Set(['content-type', 'content-length']);

/** What plugins set; Apollo Server's own default for refusals is ours anyway. */
function pluginHeaders(headers: HeaderMap, response: GraphQLResponse | undefined): Record<string, string> {
  const own = response === undefined ? {} : response.headers;
  const set = [...headers].filter(
    ([name, value]) => !ofHttp.has(name) && !(name in own && value === 'no-store'),
  );
  return Object.fromEntries(set);
}

function headerMap({ headers }: GraphQLRequest): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  // The edge has read the body, whatever it came as.
  map.set('content-type', 'application/json');
  map.set('accept', 'application/json');
  return map;
}

function bodyOf({ operationName, variables, extensions }: GraphQLRequest, query: string): object {
  const others = Object.fromEntries(Object.entries(extensions).filter(([key]) => key !== 'persistedQuery'));
  return { query, variables, extensions: others, ...(operationName === undefined ? {} : { operationName }) };
}
