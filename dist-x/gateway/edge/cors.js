const none = {};
const headerList = /^[A-Za-z0-9!#$%&'*+.^_`|~, -]{1,1000}$/;
const anyOrigin = {
    origins: ['*'],
    allowCredentials: false,
    allowHeaders: [],
    exposeHeaders: [],
    methods: ['GET', 'POST', 'OPTIONS'],
    maxAgeMs: undefined,
};
/** Cross-origin rules: an origin is compared as a whole, and is never `*` where credentials are allowed. */
export function cors(settings) {
    const byOrigin = new Map();
    for (const policy of settings.policies)
        for (const origin of policy.origins)
            byOrigin.set(origin, policy);
    const varies = byOrigin.size > 0 || settings.allowAnyOrigin;
    const policyOf = (origin) => byOrigin.get(origin) ?? (settings.allowAnyOrigin ? anyOrigin : undefined);
    const answerHeaders = (origin) => {
        if (!varies)
            return none;
        const policy = origin === undefined ? undefined : policyOf(origin);
        if (origin === undefined || policy === undefined)
            return { vary: 'Origin' };
        return { vary: 'Origin', ...allowed(origin, policy) };
    };
    return {
        answerHeaders,
        preflightHeaders: (origin, askedHeaders) => {
            const policy = origin === undefined ? undefined : policyOf(origin);
            if (policy === undefined)
                return answerHeaders(origin);
            const asked = askedHeaders !== undefined && headerList.test(askedHeaders) ? askedHeaders : '';
            const headers = policy.allowHeaders.length > 0 ? policy.allowHeaders.join(', ') : asked;
            return {
                ...answerHeaders(origin),
                'access-control-allow-methods': policy.methods.join(', '),
                ...(headers === '' ? {} : { 'access-control-allow-headers': headers }),
                ...(policy.maxAgeMs === undefined
                    ? {}
                    : { 'access-control-max-age': String(Math.floor(policy.maxAgeMs / 1000)) }),
            };
        },
    };
}
function allowed(origin, policy) {
    return {
        'access-control-allow-origin': policy === anyOrigin ? '*' : origin,
        ...(policy.allowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
        ...(policy.exposeHeaders.length > 0
            ? { 'access-control-expose-headers': policy.exposeHeaders.join(', ') }
            : {}),
    };
}
//# sourceMappingURL=cors.js.map