/** Profiles that say something of it. */
function said({ client_profiles: profiles }, of) {
    const told = new Map();
    for (const [name, profile] of Object.entries(profiles)) {
        const value = of(profile);
        if (value !== undefined)
            told.set(name, value);
    }
    return told;
}
/** Which client programs profiles are for. */
export function profileRules({ client_profiles: profiles }) {
    return Object.entries(profiles).flatMap(([name, { client, versions }]) => client === undefined ? [] : [{ name, client, versions }]);
}
export function profileLimits(config, usual) {
    return said(config, ({ limits }) => {
        if (limits === undefined)
            return undefined;
        return {
            ...usual,
            maxDepth: limits.max_depth ?? usual.maxDepth,
            maxHeight: limits.max_height ?? usual.maxHeight,
            maxAliases: limits.max_aliases ?? usual.maxAliases,
            maxRootFields: limits.max_root_fields ?? usual.maxRootFields,
            maxDirectives: limits.max_directives ?? usual.maxDirectives,
        };
    });
}
const trustRules = {
    off: { mode: 'open', logUnknown: false },
    log_unknown: { mode: 'open', logUnknown: true },
    safelist: { mode: 'safelist', logUnknown: false },
    ids: { mode: 'ids', logUnknown: false },
};
export function profileTrust(config) {
    return said(config, ({ persisted_queries: mode }) => mode && trustRules[mode]);
}
export function profileMaxima(config) {
    return said(config, ({ demand_control: demand }) => demand?.max);
}
export function profileRates(config) {
    return said(config, ({ rate_limit: rates }) => rates);
}
/** Profiles whose requests the response cache does not answer. */
export function uncachedProfiles(config) {
    return new Set(said(config, ({ response_cache: caches }) => (caches === false ? false : undefined)).keys());
}
export function profileErrors(config) {
    return said(config, ({ include_subgraph_errors: all }) => all === undefined ? undefined : { all, subgraphs: {} });
}
//# sourceMappingURL=profile-settings.js.map