/** Signatures that need a private key to make: what a published key can verify, it cannot forge. */
export const asymmetricAlgorithms = [
    'RS256',
    'RS384',
    'RS512',
    'PS256',
    'PS384',
    'PS512',
    'ES256',
    'ES384',
    'ES512',
    'EdDSA',
    'Ed25519',
];
/** RFC 9068 and plain JWT; what issuers mark as something else (logout, DPoP, refresh) is no access token. */
const accessTokenTypes = ['', 'jwt', 'at+jwt', 'application/at+jwt'];
const second = 1_000;
const hour = 3_600 * second;
/** This stage's settings from the checked configuration. Throws a `TypeError` when an entry names neither url nor file. */
export function identitySettings(config) {
    const { jwt = {}, api_keys: apiKeys } = config.authentication?.router ?? {};
    return {
        issuers: (jwt.jwks ?? []).map(issuerSettings),
        introspection: jwt.introspection === undefined ? undefined : introspectionSettings(jwt.introspection),
        apiKeys: apiKeys === undefined ? undefined : apiKeySettings(apiKeys),
        ...tokenSettings(jwt),
        ...authorizationSettings(config.authorization ?? {}),
    };
}
const tokenSettings = (jwt) => ({
    sources: jwt.sources?.map(tokenSource) ?? [{ kind: 'header', name: 'authorization', prefix: 'Bearer' }],
    clockTolerance: jwt.clock_tolerance ?? 5 * second,
    maxTokenBytes: jwt.max_token_bytes ?? 8_192,
    onError: jwt.on_error ?? 'error',
    rememberedTokens: 10_000,
    revocationList: jwt.revocation_list?.file,
});
const authorizationSettings = (config) => ({
    requireAuthentication: config.require_authentication ?? false,
    scopesClaim: config.scopes_claim ?? 'scope',
    rolesClaim: config.roles_claim ?? 'roles',
    policiesClaim: config.policies?.claim ?? 'policies',
});
function issuerSettings(config) {
    return {
        keys: keysOf(config),
        issuers: config.issuers,
        audiences: config.audiences,
        algorithms: config.algorithms ?? asymmetricAlgorithms,
        types: config.types?.map((type) => type.toLowerCase()) ?? accessTokenTypes,
        pollInterval: config.poll_interval ?? 60 * second,
        maxAge: config.max_age ?? 600 * second,
        maxStale: config.max_stale ?? 24 * hour,
        cooldown: config.cooldown ?? second,
        timeout: config.timeout ?? second,
    };
}
function introspectionSettings(config) {
    const { client_id: id, client_secret: secret = '' } = config;
    return {
        url: config.url,
        client: id === undefined ? undefined : { id, secret },
        issuers: config.issuers,
        audiences: config.audiences,
        ttl: config.ttl ?? 60 * second,
        negativeTtl: config.negative_ttl ?? 5 * second,
        timeout: config.timeout ?? second,
        limit: config.limit ?? 10_000,
    };
}
const apiKeySettings = ({ file, header, value_prefix: prefix = '' }) => ({
    file,
    header: (header ?? 'x-api-key').toLowerCase(),
    prefix,
});
function keysOf({ url, file }) {
    if (url !== undefined && file === undefined)
        return { url };
    if (file !== undefined && url === undefined)
        return { file };
    throw new TypeError('An entry of authentication.router.jwt.jwks has either a url or a file');
}
const tokenSource = ({ type, name, value_prefix = 'Bearer' }) => type === 'cookie'
    ? { kind: 'cookie', name }
    : { kind: 'header', name: name.toLowerCase(), prefix: value_prefix };
//# sourceMappingURL=identity-settings.js.map