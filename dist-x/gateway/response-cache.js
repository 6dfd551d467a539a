import { cacheBase, createCache, invalidationEndpoint, } from "./cache/cache.js";
import { defaultIdentityHeaders } from "./fetch/fetch.js";
import { redisEntries, redisLog } from "./store/store.js";
/** `response_cache` in the cache's words; `undefined`: off. */
export function cacheSettings(config) {
    const { response_cache: own, authorization } = config;
    if (!own.enabled)
        return undefined;
    const { all, subgraphs } = own.subgraph;
    return {
        all: {
            enabled: all.enabled,
            ttlMs: all.ttl,
            privateId: all.private_id,
            negativeTtlMs: all.negative_ttl,
            staleWhileRevalidateMs: all.stale_while_revalidate,
            staleIfErrorMs: all.stale_if_error,
            types: typeTimes(all.types),
        },
        subgraphs: Object.fromEntries(Object.entries(subgraphs).map(([name, one]) => [name, overrides(one)])),
        memoryBytes: own.storage.memory.max_bytes,
        maxEntryBytes: own.max_entry_bytes,
        maxTtlMs: own.max_ttl,
        wholeResponses: own.whole_responses,
        honorsClients: own.honor_client_cache_control,
        debug: own.debug,
        tagHeader: own.cache_tag_header,
        identityHeaders: identityHeaders(config),
        requiresIdentity: authorization.require_authentication,
    };
}
function overrides(one) {
    const given = {
        enabled: one.enabled,
        ttlMs: one.ttl,
        privateId: one.private_id,
        negativeTtlMs: one.negative_ttl,
        staleWhileRevalidateMs: one.stale_while_revalidate,
        staleIfErrorMs: one.stale_if_error,
        types: one.types === undefined ? undefined : typeTimes(one.types),
    };
    // Only what was given: an undefined key would cover up its default.
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
function typeTimes(types) {
    return Object.fromEntries(Object.entries(types).map(([type, { ttl }]) => [type, ttl]));
}
/** Names under which it is told who asks, on either side of the gateway. */
function identityHeaders({ headers, authentication }) {
    const { jwt, api_keys: keys } = authentication.router;
    const names = new Set(['authorization', 'cookie', 'proxy-authorization', ...defaultIdentityHeaders]);
    for (const source of jwt?.sources ?? [])
        if (source.type === 'header')
            names.add(source.name);
    if (keys !== undefined)
        names.add(keys.header);
    for (const rule of requestRules(headers)) {
        const name = identityName(rule, names);
        if (name !== undefined)
            names.add(name.toLowerCase());
    }
    return [...names];
}
/** The name under which a rule sends on who asks. */
function identityName(rule, known) {
    if (rule.kind === 'insert' && 'fromClaim' in rule)
        return rule.name;
    if (rule.kind !== 'propagate' || !('named' in rule.from))
        return undefined;
    return known.has(rule.from.named.toLowerCase()) ? rule.rename : undefined;
}
function requestRules({ all, subgraphs }) {
    return [...all.request, ...Object.values(subgraphs).flatMap(({ request }) => request)];
}
/** Client headers that go on to some subgraph. */
function clientHeaders({ headers }) {
    const names = new Set();
    let hasPatterns = false;
    for (const rule of requestRules(headers)) {
        if (rule.kind !== 'propagate')
            continue;
        if ('named' in rule.from)
            names.add(rule.from.named.toLowerCase());
        else
            hasPatterns = true;
    }
    return { names: [...names], hasPatterns };
}
/** What outlives supergraphs; `undefined` when the cache is off. */
export function cacheBaseFor(config, logger) {
    const settings = cacheSettings(config);
    if (settings === undefined)
        return undefined;
    let told = false;
    const base = cacheBase(settings, {
        now: Date.now,
        open: sharedParts(config, logger),
        onGarbage: () => {
            if (!told)
                logger.warn('the response cache in Redis holds what is no entry; it is not used');
            told = true;
        },
    });
    return withEndpoint(base, config, logger);
}
/** The base with the address where entries may be dropped, where there is a key for it. */
function withEndpoint(base, { response_cache: own }, logger) {
    const { listen, path, shared_key: sharedKey } = own.invalidation;
    if (sharedKey === undefined)
        return base;
    const endpoint = invalidationEndpoint({ ...listen, path, sharedKey }, base);
    // The gateway answers without it: what it keeps is as good as the times that subgraphs gave.
    void endpoint.url.then((url) => logger.info({ url }, 'invalidations are taken'), (failure) => logger.error({ err: failure }, 'invalidations cannot be taken'));
    return {
        ...base,
        close: async () => {
            await endpoint.close();
            await base.close();
        },
    };
}
/** Where gateways share what they keep; `undefined`: each keeps its own. */
function sharedParts({ response_cache: own }, logger) {
    const { redis } = own.storage;
    if (redis === undefined)
        return undefined;
    const { urls, namespace, timeout: timeoutMs, compress_over: packOverBytes } = redis;
    const told = (what) => ({
        onDown: (reason) => logger.warn({ reason }, `${what} in Redis cannot be used; subgraphs answer`),
        onUp: () => logger.info(`${what} in Redis is used again`),
    });
    return (reader) => ({
        store: redisEntries(
        // An entry's text holds its value and what is known of it.
        {
            urls,
            namespace: `${namespace}:cache`,
            timeoutMs,
            packOverBytes,
            maxTextBytes: 2 * own.max_entry_bytes,
        }, told('the response cache')),
        log: redisLog({ urls, key: `${namespace}:invalidations`, timeoutMs }, reader, told('the log of invalidations')),
    });
}
const accessFeatures = ['authenticated', 'requiresScopes', 'policy'];
/** The cache of one service; `undefined` when it is off. */
export function cacheFor({ config, base, supergraph, schema, fetch }) {
    const settings = cacheSettings(config);
    if (settings === undefined || base === undefined)
        return undefined;
    const directives = accessFeatures.map((name) => supergraph.features.get(name)?.directive ?? name);
    return createCache({
        ...{ settings, base, schemaId: supergraph.id, random: Math.random },
        schema: { document: supergraph.document, schema, accessDirectives: new Set(directives) },
        call: fetch.call,
        forwardedTo: fetch.forwardedTo,
        clientHeaders: clientHeaders(config),
    });
}
//# sourceMappingURL=response-cache.js.map