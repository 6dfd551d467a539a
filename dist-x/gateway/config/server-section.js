import { z } from 'zod';
import { duration, headerName, httpUrl, listenAddress, redisUrls, subgraphName, urlPath, whole, } from "./values.js";
const planStore = z.strictObject({
    urls: redisUrls,
    namespace: z
        .string()
        .regex(/^[\w.-]{1,100}$/, 'expected letters, digits, "_", "-" or "."')
        .default('weir')
        .describe('Put before every key.'),
    timeout: duration({ from: '1ms', to: '1s' })
        .prefault('50ms')
        .describe('How long a plan is waited for before it is made here.'),
    ttl: duration({ from: '1s', to: '30d' }).prefault('1d').describe('How long a plan is kept.'),
});
const queryPlanning = z.strictObject({
    timeout: duration({ from: '10ms', to: '10m' })
        .prefault('5s')
        .describe('Longest time for planning one operation.'),
    workers: whole(1, 64).default(1).describe('Threads that plan.'),
    cache: z
        .strictObject({
        in_memory: z
            .strictObject({ limit: whole(1, 1_000_000).default(512).describe('Plans kept in memory.') })
            .prefault({}),
        redis: planStore
            .optional()
            .describe('Where gateways share their plans: { urls, namespace, timeout, ttl }.'),
    })
        .prefault({}),
    warmed_up_queries: whole(0, 100_000)
        .default(100)
        .describe('Hottest operations planned before a new supergraph takes over.'),
});
export const supergraph = z.strictObject({
    listen: listenAddress.prefault('127.0.0.1:4000').describe('Address and port; port 0 takes a free one.'),
    path: urlPath.default('/graphql').describe('Where GraphQL is answered.'),
    introspection: z
        .boolean()
        .default(true)
        .describe('Whether clients may ask for the schema; hints in messages follow it.'),
    query_planning: queryPlanning.prefault({}),
});
export const sandbox = z.strictObject({
    enabled: z.boolean().default(true).describe('The page on /sandbox; browsers that open / are sent there.'),
});
export const healthCheck = z.strictObject({
    path: urlPath
        .refine((path) => path.length > 1 && !path.endsWith('/'), 'expected a path such as /health, without a final slash')
        .default('/health')
        .describe('Answers on PATH/live and PATH/ready.'),
    readiness: z
        .strictObject({
        allowed: whole(0, 1_000_000)
            .default(100)
            .describe('Requests refused for overload in one sampling interval that still count as ready.'),
        interval: z
            .strictObject({
            sampling: duration({ from: '100ms', to: '10m' }).prefault('5s'),
            unready: duration({ from: '100ms', to: '10m' })
                .prefault('10s')
                .describe('How long PATH/ready says no after more.'),
        })
            .prefault({}),
    })
        .prefault({}),
});
export const overrideSubgraphUrl = z
    .record(subgraphName, z.union([
    httpUrl.transform((url) => [url]),
    z.array(httpUrl).min(1).max(64).readonly(),
]))
    .prefault({})
    .describe('Subgraph name to URL, or to a list of URLs, in place of what the supergraph says.');
/** As the federation specification has it for `@override(label:)`; `percent(n)` decides for itself. */
const overrideLabel = z
    .string()
    .regex(/^[a-zA-Z][\w\-:./]{0,199}$/, 'expected a letter, then letters, digits, "_", "-", ":", "." or "/"');
export const overrideLabels = z
    .record(overrideLabel, z.boolean())
    .prefault({})
    .describe('Labels of @override(label:) that hold: the field is asked from where it moves to.');
const origin = z
    .string()
    .max(300)
    .refine(isOrigin, 'expected an origin such as https://app.example, without a path');
function isOrigin(text) {
    return URL.canParse(text) && new URL(text).origin === text;
}
const method = z.enum(['GET', 'POST', 'OPTIONS']);
const corsPolicy = z.strictObject({
    origins: z.array(origin).min(1).max(1000).readonly().describe('Compared as a whole; no patterns.'),
    allow_credentials: z.boolean().default(false),
    allow_headers: z
        .array(headerName)
        .max(100)
        .readonly()
        .default([])
        .describe('Empty: whatever the browser asks for.'),
    expose_headers: z.array(headerName).max(100).readonly().prefault([]),
    methods: z.array(method).min(1).readonly().default(['GET', 'POST', 'OPTIONS']),
    max_age: duration({ to: '1d' }).optional().describe('How long a browser may remember the answer.'),
});
export const cors = z.strictObject({
    allow_any_origin: z.boolean().default(false).describe('Every origin, without credentials.'),
    policies: z
        .array(corsPolicy)
        .max(100)
        .readonly()
        .prefault([])
        .describe('Which pages of other origins may ask. None by default.'),
});
export const csrf = z.strictObject({
    enabled: z
        .boolean()
        .default(true)
        .describe('Refuses what a browser could send from a foreign page without asking first.'),
    required_headers: z
        .array(headerName)
        .min(1)
        .max(20)
        .readonly()
        .prefault(['x-apollo-operation-name', 'apollo-require-preflight'])
        .describe('One of these (or a JSON content type) shows that the browser asked.'),
});
export const batching = z.strictObject({
    enabled: z
        .boolean()
        .default(false)
        .describe('Whether several operations may come in one request as a list.'),
    maximum_size: whole(1, 1000).default(10),
});
export const plugins = z
    .array(z.string().min(1).max(1000))
    .max(100)
    .readonly()
    .default([])
    .describe("Apollo Server plugins of your own: paths of modules, relative to this file, that export a list 'plugins'.");
export const shutdown = z.strictObject({
    drain: duration({ to: '10m' }).prefault('5s').describe('How long requests in flight may take to finish.'),
});
export const workers = z
    .union([whole(1, 64), z.literal('auto')])
    .default(1)
    .describe('Processes that answer on the one port; auto: one for each core.');
//# sourceMappingURL=server-section.js.map