export const defaultSubgraphSettings = {
    timeout: 5_000,
    maxConcurrentRequests: 200,
    maxQueuedRequests: 2_000,
    maxResponseSize: 10 * 1024 * 1024,
    maxErrors: 100,
    compression: 'gzip',
    deduplicateQuery: true,
    http2: true,
    certificateAuthorities: undefined,
    restAfterRefusal: 1_000,
    signature: undefined,
    claims: undefined,
};
export const defaultIdentityHeaders = [
    'x-user-id',
    'x-user-scopes',
    'x-user-roles',
    'x-user-policies',
];
const noRules = { request: [], response: [] };
/** This stage's settings from the checked configuration; every missing key has its default. */
export function fetchSettings(config) {
    const { all, subgraphs = {} } = config.traffic_shaping ?? {};
    const limits = given({ maxResponseSize: config.limits?.subgraph?.all?.http_max_response_size });
    return {
        all: { ...defaultSubgraphSettings, ...shaped(all), ...limits },
        subgraphs: Object.fromEntries(Object.entries(subgraphs).map(([name, own]) => [name, shaped(own)])),
        headers: config.headers ?? { all: noRules, subgraphs: {} },
        identityHeaders: defaultIdentityHeaders,
    };
}
const shaped = (shaping = {}) => given({
    timeout: shaping.timeout,
    deduplicateQuery: shaping.deduplicate_query,
    compression: shaping.compression,
    maxConcurrentRequests: shaping.max_concurrent_requests,
});
/** Only what was given: an undefined key would cover up its default. */
const given = (settings) => Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
//# sourceMappingURL=fetch-settings.js.map