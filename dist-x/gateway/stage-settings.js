import {} from "./admission/admission.js";
import { defaultIdentityHeaders, defaultSubgraphSettings, } from "./fetch/fetch.js";
import { plannerDefaults } from "./plan/plan.js";
/** The checked configuration in each stage's own words. Durations in milliseconds, sizes in bytes. */
export function admissionSettings({ limits }) {
    return {
        maxDepth: limits.max_depth,
        maxHeight: limits.max_height,
        maxAliases: limits.max_aliases,
        maxRootFields: limits.max_root_fields,
        maxDirectives: limits.max_directives,
        maxIntrospectionLists: limits.introspection_max_depth ? 2 : undefined,
        warnOnly: limits.warn_only,
    };
}
export function documentSettings({ limits, supergraph, apq, persisted_queries: listed, authorization }, { admit, store }) {
    return {
        maxTokens: limits.parser_max_tokens,
        introspection: supergraph.introspection,
        suggestions: supergraph.introspection && authorization.directives.introspection === 'all',
        apq: { enabled: apq.enabled, limit: apq.limit, maxBytes: apq.max_bytes, store },
        trusted: listed.enabled ? trustedSettings(listed) : undefined,
        cache: { maxOperations: 10_000, maxBytes: 64 * 1024 * 1024 },
        admit,
    };
}
function trustedSettings(listed) {
    const { safelist } = listed;
    const strict = safelist.require_id ? 'ids' : 'safelist';
    return {
        mode: safelist.enabled ? strict : 'open',
        sources: listed.local_manifests,
        logUnknown: listed.log_unknown,
        freeIntrospection: safelist.allow_introspection,
        freeScopes: safelist.exempt_scopes,
    };
}
/** `undefined`: persisted texts are not shared. */
export function textStoreSettings({ apq }) {
    if (!apq.enabled || apq.redis === undefined)
        return undefined;
    const { urls, namespace, timeout, ttl } = apq.redis;
    return { urls, namespace: `${namespace}:apq`, timeoutMs: timeout, ttlMs: ttl, maxTextBytes: 256 * 1024 };
}
export function policySettings({ authorization }) {
    const { module, module_timeout: moduleTimeout, http } = authorization.policies;
    if (http !== undefined)
        return { kind: 'service', url: http.url, timeoutMs: http.timeout, headers: http.headers };
    return module === undefined ? undefined : { kind: 'module', path: module, timeoutMs: moduleTimeout };
}
export function overloadSettings({ traffic_shaping, health_check }) {
    const { overload, concurrency_limit: most } = traffic_shaping.router;
    const { allowed, interval } = health_check.readiness;
    return {
        enabled: overload.enabled,
        most,
        maxDelayMs: overload.max_event_loop_delay,
        readiness: { allowed, samplingMs: interval.sampling, unreadyMs: interval.unready },
    };
}
export function plannerSettings({ supergraph }) {
    const { timeout, workers, cache } = supergraph.query_planning;
    return {
        ...plannerDefaults,
        workers,
        timeoutMs: timeout,
        cache: { ...plannerDefaults.cache, maxPlans: cache.in_memory.limit },
    };
}
/** `undefined`: plans are not shared. */
export function planStoreSettings({ supergraph }) {
    const { redis } = supergraph.query_planning.cache;
    if (redis === undefined)
        return undefined;
    const { urls, namespace, timeout, ttl } = redis;
    // Plans are a few KB; a plan this long costs less to make than to move.
    return { urls, namespace: `${namespace}:plan`, timeoutMs: timeout, ttlMs: ttl, maxTextBytes: 1024 * 1024 };
}
export function fetchSettings(config) {
    const { headers, traffic_shaping, limits, authentication } = config;
    const { router, subgraph: proof } = authentication;
    const named = new Set([...Object.keys(traffic_shaping.subgraphs), ...Object.keys(proof.subgraphs)]);
    const own = (name) => ({
        ...(Object.hasOwn(traffic_shaping.subgraphs, name) ? shaping(traffic_shaping.subgraphs[name] ?? {}) : {}),
        ...(Object.hasOwn(proof.subgraphs, name) ? proofSettings(proof.subgraphs[name] ?? {}) : {}),
    });
    return {
        all: {
            ...defaultSubgraphSettings,
            ...shaping(traffic_shaping.all),
            ...proofSettings(proof.all),
            maxResponseSize: limits.subgraph.all.http_max_response_size,
        },
        subgraphs: Object.fromEntries([...named].map((name) => [name, own(name)])),
        headers,
        // An API key is between the client and us.
        identityHeaders: [
            ...defaultIdentityHeaders,
            ...(router.api_keys === undefined ? [] : [router.api_keys.header]),
        ],
    };
}
/** How a subgraph learns who asks, and that we say so; only what was given. */
function proofSettings({ hmac, claims_extension: claims }) {
    return {
        ...(hmac === undefined
            ? {}
            : { signature: hmac.key === '' ? undefined : { keyId: hmac.key_id, key: hmac.key } }),
        ...(claims === undefined
            ? {}
            : { claims: { fieldName: claims.field_name, includeClaims: claims.include_claims } }),
    };
}
function shaping(own) {
    const { timeout, deduplicate_query: deduplicateQuery, max_concurrent_requests: maxConcurrentRequests, } = own;
    const compression = own.compression === 'identity' ? 'none' : own.compression;
    const named = { timeout, deduplicateQuery, maxConcurrentRequests, compression };
    // Only what was given: an undefined key would cover up its default.
    return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}
export function edgeSettings(config, listen) {
    const { supergraph, health_check, cors, csrf, batching, limits, traffic_shaping } = config;
    return {
        listen,
        graphqlPath: supergraph.path,
        documentPaths: config.persisted_queries.enabled,
        healthPath: health_check.path,
        sandbox: undefined,
        cors: {
            allowAnyOrigin: cors.allow_any_origin,
            policies: cors.policies.map((policy) => ({
                origins: policy.origins,
                allowCredentials: policy.allow_credentials,
                allowHeaders: policy.allow_headers,
                exposeHeaders: policy.expose_headers,
                methods: policy.methods,
                maxAgeMs: policy.max_age,
            })),
        },
        csrf: { enabled: csrf.enabled, requiredHeaders: csrf.required_headers },
        batching: { enabled: batching.enabled, maximumSize: batching.maximum_size },
        maxRequestBytes: limits.http_max_request_bytes,
        json: { maxDepth: limits.json_max_depth, maxKeys: limits.json_max_keys },
        maxHeaderBytes: limits.http_max_header_bytes,
        headersTimeoutMs: limits.http_headers_timeout,
        bodyTimeoutMs: limits.http_body_timeout,
        requestTimeoutMs: traffic_shaping.router.timeout,
        concurrencyLimit: traffic_shaping.router.concurrency_limit,
    };
}
//# sourceMappingURL=stage-settings.js.map