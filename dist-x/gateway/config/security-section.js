import { z } from 'zod';
import { subgraphAuthentication } from "./subgraph-authentication.js";
import { duration, headerName, headerValue, httpUrl, size } from "./values.js";
const algorithm = z.enum([
    ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
    ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]);
const names = z.array(z.string().min(1).max(500)).min(1).max(20).readonly();
const keySet = z
    .strictObject({
    url: httpUrl.optional().describe('Where the public keys are published.'),
    file: z.string().min(1).max(1000).optional().describe('Or a file with them, relative to this one.'),
    issuers: names.optional().describe('Accepted "iss"; any when left out.'),
    audiences: names.optional().describe('Accepted "aud"; any when left out.'),
    algorithms: z.array(algorithm).min(1).readonly().default(['RS256', 'ES256']),
    types: names.optional().describe('Accepted "typ"; those of access tokens when left out.'),
    poll_interval: duration({ from: '1s', to: '1d' })
        .prefault('60s')
        .describe('How often keys are fetched anew.'),
    cooldown: duration({ to: '1h' }).prefault('1s').describe('Least time between two fetches.'),
    max_age: duration({ from: '1s', to: '7d' }).prefault('10m').describe('How long keys count as fresh.'),
    max_stale: duration({ to: '30d' })
        .prefault('1d')
        .describe('How much longer they still serve while they cannot be fetched.'),
    timeout: duration({ from: '10ms', to: '1m' }).prefault('1s').describe('Longest time for one fetch.'),
})
    .refine((keys) => (keys.url === undefined) !== (keys.file === undefined), 'write either "url" or "file"');
const tokenName = z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,100}$/, 'expected a name of letters, digits, dots, dashes and underscores');
const tokenSource = z.discriminatedUnion('type', [
    z.strictObject({
        type: z.literal('header'),
        name: headerName.prefault('authorization'),
        value_prefix: z
            .string()
            .max(50)
            .default('Bearer')
            .describe('What stands before the token; may be empty.'),
    }),
    z.strictObject({ type: z.literal('cookie'), name: tokenName }),
]);
const introspection = z
    .strictObject({
    url: httpUrl.describe('Where the issuer answers RFC 7662.'),
    client_id: z.string().min(1).max(500).optional().describe('The gateway, as its issuer knows it.'),
    client_secret: z.string().min(1).max(2000).optional(),
    issuers: names.optional().describe('Accepted "iss"; any when left out.'),
    audiences: names.optional().describe('Accepted "aud"; any when left out.'),
    ttl: duration({ from: '0s', to: '1h' })
        .prefault('60s')
        .describe('How long an active token is believed without asking again, at most until its end.'),
    negative_ttl: duration({ to: '1m' }).prefault('5s').describe('The same for one that is not active.'),
    timeout: duration({ from: '10ms', to: '1m' }).prefault('1s').describe('Longest time for one question.'),
    limit: z.number().int().min(1).max(1_000_000).default(10_000).describe('Answers remembered.'),
})
    .refine(({ client_id: id, client_secret: secret }) => (id === undefined) === (secret === undefined), 'write "client_id" and "client_secret", or neither');
const jwtKeys = {
    jwks: z.array(keySet).max(20).readonly().default([]).describe('Who signs tokens, and with which keys.'),
    introspection: introspection
        .optional()
        .describe('Where tokens that are no JWT are asked about; all tokens, where there are no jwks.'),
};
const revocationList = z.strictObject({
    file: z.string().min(1).max(1000).describe('Lines such as "jti ID", relative to this file.'),
});
const jwt = z.strictObject({
    ...jwtKeys,
    revocation_list: revocationList.optional().describe('Tokens that are refused before their end.'),
    sources: z
        .array(tokenSource)
        .min(1)
        .max(10)
        .readonly()
        .prefault([{ type: 'header', name: 'authorization', value_prefix: 'Bearer' }])
        .describe('Where tokens are looked for; the first found counts.'),
    clock_tolerance: duration({ to: '5m' }).prefault('5s'),
    max_token_bytes: z.number().int().min(100).max(65_536).default(8192),
    on_error: z.enum(['error', 'continue']).default('error').describe('continue: a bad token counts as none.'),
});
const apiKeys = z.strictObject({
    file: z.string().min(1).max(1000).describe('What `weir keys` writes, relative to this file.'),
    header: headerName.prefault('x-api-key').describe('Where the key is sent.'),
    value_prefix: z.string().max(50).default('').describe('What stands before the key, for example "ApiKey".'),
});
const router = z
    .strictObject({
    jwt: jwt
        .refine((tokens) => tokens.jwks.length > 0 || tokens.introspection !== undefined, 'needs "jwks", "introspection" or both')
        .optional()
        .describe('Who asks, by a token: signed, or one that its issuer is asked about.'),
    api_keys: apiKeys.optional().describe('Who asks, by a key of a file.'),
})
    .refine(({ jwt: tokens, api_keys: keys }) => tokens?.sources.some(({ type, name }) => type === 'header' && name === keys?.header) !== true, { path: ['api_keys', 'header'], error: 'tokens are looked for in this header' });
export const authentication = z.strictObject({
    router: router.prefault({}),
    subgraph: subgraphAuthentication.prefault({}),
});
const claim = z.string().min(1).max(200);
const directives = z
    .strictObject({
    enabled: z.boolean().default(true),
    mode: z
        .enum(['filter', 'reject'])
        .default('filter')
        .describe('filter: forbidden fields become null; reject: the whole request is refused.'),
    dry_run: z.boolean().default(false).describe('Report what would be refused, refuse nothing.'),
    introspection: z
        .enum(['all', 'allowed'])
        .default('all')
        .describe('allowed: introspection shows callers only the types and fields that they may see.'),
    errors: z
        .strictObject({
        log: z.boolean().default(true),
        response: z
            .enum(['errors', 'extensions', 'disabled'])
            .default('errors')
            .describe('Where clients are told of refused fields.'),
    })
        .prefault({}),
})
    .superRefine(({ enabled, mode, dry_run: dryRun, introspection }, context) => {
    if (enabled)
        return;
    const idle = { mode: mode !== 'filter', dry_run: dryRun, introspection: introspection !== 'all' };
    for (const [key, isSet] of Object.entries(idle)) {
        const message = 'does nothing while "directives.enabled" is false';
        if (isSet)
            context.addIssue({ code: 'custom', path: [key], message });
    }
});
const policies = z
    .strictObject({
    claim: claim.default('policies').describe('Claim with the names of the policies that hold.'),
    module: z
        .string()
        .min(1)
        .max(1000)
        .optional()
        .describe('Or a module, relative to this file, that exports "policies": a function for each name.'),
    http: z
        .strictObject({
        url: httpUrl,
        timeout: duration({ from: '1ms', to: '1m' }).prefault('200ms'),
        headers: z.record(headerName, headerValue).default({}),
    })
        .optional()
        .describe('Or a service that is asked once a request, as OPA is: { url, timeout, headers }.'),
    module_timeout: duration({ from: '1ms', to: '1m' })
        .prefault('1s')
        .describe('Longest time for the functions of the module.'),
})
    .refine(({ module, http }) => module === undefined || http === undefined, 'write either "module" or "http": one of them decides');
export const authorization = z
    .strictObject({
    require_authentication: z
        .boolean()
        .default(false)
        .describe('Refuse every request without a valid token.'),
    scopes_claim: claim.default('scope').describe('Claim with the scopes: text with spaces, or a list.'),
    roles_claim: claim.default('roles').describe('Claim with the roles.'),
    directives: directives.prefault({}).describe('@authenticated, @requiresScopes, @policy.'),
    policies: policies.prefault({}),
})
    .refine(({ directives: { enabled }, policies: { module, http } }) => enabled || (module === undefined && http === undefined), { path: ['policies'], message: 'is never asked while "directives.enabled" is false' });
const subgraphLimits = z.strictObject({
    http_max_response_size: size({ from: '1KB', to: '1GB' }).prefault('10MB'),
    max_representations: z
        .number()
        .int()
        .min(1)
        .max(100_000)
        .default(500)
        .describe('Entities asked for in one call.'),
});
const count = (value) => z.number().int().min(1).max(1_000_000).default(value);
export const limits = z.strictObject({
    warn_only: z
        .boolean()
        .default(false)
        .describe('Log operations over max_ limits and introspection depth instead of refusing them.'),
    http_max_request_bytes: size({ from: '1KB', to: '256MB' }).prefault('2MB'),
    http_max_header_bytes: size({ from: '1KB', to: '1MB' }).prefault('16KB'),
    http_headers_timeout: duration({ from: '100ms', to: '10m' }).prefault('10s'),
    http_body_timeout: duration({ from: '100ms', to: '10m' }).prefault('10s'),
    json_max_depth: z
        .number()
        .int()
        .min(1)
        .max(200)
        .default(200)
        .describe('How deep variables and extensions may nest.'),
    json_max_keys: count(50_000).describe('Keys and list items in variables and extensions.'),
    parser_max_tokens: count(15_000).describe('Tokens of an operation; as many comments.'),
    max_depth: count(100).describe('Fields inside one another.'),
    max_height: count(500).describe('Fields in all, fragments counted at each use.'),
    max_aliases: count(100),
    max_root_fields: count(50),
    max_directives: count(50).describe('At one field, fragment, variable or operation.'),
    introspection_max_depth: z
        .boolean()
        .default(true)
        .describe('Refuse introspection that nests more than two lists of fields, interfaces or types.'),
    subgraph: z.strictObject({ all: subgraphLimits.prefault({}) }).prefault({}),
});
//# sourceMappingURL=security-section.js.map