import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled, ApolloServerPluginSchemaReportingDisabled, ApolloServerPluginUsageReportingDisabled, } from '@apollo/server/plugin/disabled';
import { GraphQLError } from 'graphql';
import { responseText } from "../model/graphql-response.js";
import { FinishedData } from "./finished-data.js";
/**
 * Apollo Server as a frame for plugins around the gateway's own stages: it neither validates nor executes, takes no
 * HTTP, sends nothing anywhere, and does not look at NODE_ENV.
 */
export function apolloLane(settings) {
    const listeners = new Set();
    let current;
    let server;
    const gateway = {
        onSchemaLoadOrUpdate: (listener) => {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
        load: () => {
            if (current !== undefined)
                for (const tell of listeners)
                    tell(current);
            return Promise.resolve({ executor: ({ context }) => executed(context) });
        },
        stop: () => Promise.resolve(),
    };
    return {
        schemaChanged: async (apiSchema, coreSupergraphSdl) => {
            current = { apiSchema, coreSupergraphSdl };
            if (server !== undefined) {
                for (const tell of listeners)
                    tell(current);
                return;
            }
            server = apolloServer(gateway, settings);
            await server.start();
        },
        answer: (work) => {
            if (server === undefined)
                throw new Error('a request before the first supergraph');
            return answered(server, work);
        },
        stop: async () => server?.stop(),
    };
}
function apolloServer(gateway, { plugins, logger }) {
    return new ApolloServer({
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
const ownStatus = {
    requestDidStart: () => Promise.resolve({
        willSendResponse: ({ contextValue, response }) => {
            const own = contextValue.stages.response;
            if (own !== undefined)
                response.http.status = own.status;
            return Promise.resolve();
        },
    }),
};
async function executed(context) {
    const response = await context.run();
    context.stages.response = response;
    return {
        ...(response.data === undefined ? {} : { data: new FinishedData(response.data) }),
        ...(response.errors.length === 0 ? {} : { errors: response.errors.map(graphQLError) }),
        ...(response.extensions === undefined ? {} : { extensions: { ...response.extensions } }),
    };
}
function graphQLError({ message, path, extensions }) {
    return new GraphQLError(message, {
        ...(path === undefined ? {} : { path }),
        extensions: withoutHead(extensions),
    });
}
/** Apollo Server takes `extensions.http` for orders about its own answer and hides it; `headers` makes it plain data. */
function withoutHead(extensions) {
    const { http } = extensions;
    if (typeof http !== 'object' || http === null || 'headers' in http)
        return { ...extensions };
    return { ...extensions, http: { ...http, headers: undefined } };
}
function resultText({ errors = [], data, extensions }) {
    const text = data instanceof FinishedData ? data.text : data === undefined ? undefined : JSON.stringify(data);
    return responseText({ errors: errors, data: text, extensions });
}
async function answered(server, { request, text, run }) {
    const context = { request, run, stages: {} };
    const { status = 200, headers, body, } = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
            method: 'POST',
            headers: headerMap(request),
            search: '',
            body: bodyOf(request, text),
        },
        context: () => Promise.resolve(context),
    });
    if (body.kind !== 'complete')
        throw new Error('an answer in parts to a request for a whole one');
    const { response } = context.stages;
    return {
        status,
        refusedByGraphQL: response?.refusedByGraphQL ?? false,
        headers: { ...(response?.headers ?? {}), ...pluginHeaders(headers, response) },
        ...(response?.untagged === true ? { untagged: true } : undefined),
        body: body.string,
    };
}
const ofHttp = new Set(['content-type', 'content-length']);
/** What plugins set; Apollo Server's own default for refusals is ours anyway. */
function pluginHeaders(headers, response) {
    const own = response === undefined ? {} : response.headers;
    const set = [...headers].filter(([name, value]) => !ofHttp.has(name) && !(name in own && value === 'no-store'));
    return Object.fromEntries(set);
}
function headerMap({ headers }) {
    const map = new HeaderMap();
    for (const [name, value] of Object.entries(headers)) {
        if (value !== undefined)
            map.set(name, typeof value === 'string' ? value : value.join(', '));
    }
    // The edge has read the body, whatever it came as.
    map.set('content-type', 'application/json');
    map.set('accept', 'application/json');
    return map;
}
function bodyOf({ operationName, variables, extensions }, query) {
    const others = Object.fromEntries(Object.entries(extensions).filter(([key]) => key !== 'persistedQuery'));
    return { query, variables, extensions: others, ...(operationName === undefined ? {} : { operationName }) };
}
//# sourceMappingURL=apollo-lane.js.map