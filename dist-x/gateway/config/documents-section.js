import { z } from 'zod';
import { duration, redisUrls, size, whole } from "./values.js";
const sharedTexts = z.strictObject({
    urls: redisUrls,
    namespace: z
        .string()
        .regex(/^[\w.-]{1,100}$/, 'expected letters, digits, "_", "-" or "."')
        .default('weir')
        .describe('Put before every key.'),
    timeout: duration({ from: '1ms', to: '1s' })
        .prefault('50ms')
        .describe('How long a text is waited for before the client is asked for it.'),
    ttl: duration({ from: '1s', to: '30d' }).prefault('1d').describe('How long a text is kept.'),
});
export const apq = z.strictObject({
    enabled: z.boolean().default(true).describe('Automatic persisted queries.'),
    limit: whole(1, 1_000_000).default(512).describe('Texts kept in memory.'),
    max_bytes: size({ from: '64KB', to: '4GB' }).prefault('32MB').describe('Of all texts in memory.'),
    redis: sharedTexts
        .optional()
        .describe('Where gateways share texts: { urls, namespace, timeout, ttl }. Memory alone by default.'),
});
const clientText = z.string().min(1).max(64);
const manifest = z
    .union([
    z
        .string()
        .min(1)
        .max(1000)
        .transform((path) => ({ path, client: undefined, versions: undefined })),
    z.strictObject({
        path: z.string().min(1).max(1000),
        client: clientText.optional().describe('For documents that name no client themselves.'),
        versions: z
            .array(clientText)
            .min(1)
            .max(1000)
            .readonly()
            .optional()
            .describe('Exact, or a beginning: 2.*'),
    }),
])
    .refine(({ client, versions }) => versions === undefined || client !== undefined, '"versions" needs "client": versions are those of one client');
const safelist = z.strictObject({
    enabled: z.boolean().default(false).describe('Refuse every operation that no document says.'),
    require_id: z.boolean().default(false).describe('Refuse texts; documents are asked for by id.'),
    allow_introspection: z.boolean().default(false).describe('Answer questions about the schema all the same.'),
    exempt_scopes: z
        .array(z.string().min(1).max(200))
        .max(100)
        .readonly()
        .default([])
        .describe('Callers whose token has one of these scopes may ask anything.'),
});
export const persistedQueries = z
    .strictObject({
    enabled: z.boolean().default(false).describe('Documents that clients shipped, asked for by id.'),
    log_unknown: z.boolean().default(false).describe('Mark requests in the log that no document says.'),
    safelist: safelist.prefault({}),
    local_manifests: z
        .array(manifest)
        .max(1000)
        .readonly()
        .prefault([])
        .describe('Manifests or folders of .graphql files: PATH, or { path, client, versions }. Watched.'),
    prewarm_query_plan_cache: z
        .strictObject({
        on_startup: z.boolean().default(true),
        on_reload: z.boolean().default(true),
    })
        .prefault({})
        .describe('Plan the documents before a supergraph takes over.'),
    on_broken: z
        .enum(['warn', 'refuse'])
        .default('warn')
        .describe('When a new supergraph breaks documents: tell of it, or keep the old one.'),
})
    .superRefine(({ enabled, safelist: safe, local_manifests: manifests }, context) => {
    const refuse = (path, message) => context.addIssue({ code: 'custom', path: [...path], message });
    if (enabled && manifests.length === 0)
        refuse(['enabled'], 'needs local_manifests: without one no document is known');
    if (safe.enabled && !enabled)
        refuse(['safelist', 'enabled'], 'needs persisted_queries.enabled');
    if (safe.require_id && !safe.enabled)
        refuse(['safelist', 'require_id'], 'needs safelist.enabled');
});
//# sourceMappingURL=documents-section.js.map