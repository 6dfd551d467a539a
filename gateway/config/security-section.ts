import { z } from 'zod';
import { duration, headerName, httpUrl, size } from './values.ts';

const algorithm = z.enum([
  ...(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const),
  ...(['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'] as const),
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

const jwt = z.strictObject({
  jwks: z.array(keySet).min(1).max(20).readonly(),
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

export const authentication = z.strictObject({
  router: z.strictObject({ jwt: jwt.optional().describe('Who asks, by a signed token.') }).prefault({}),
});

const claim = z.string().min(1).max(200);

const directives = z.strictObject({
  enabled: z.boolean().default(true),
  mode: z
    .enum(['filter', 'reject'])
    .default('filter')
    .describe('filter: forbidden fields become null; reject: the whole request is refused.'),
  dry_run: z.boolean().default(false).describe('Report what would be refused, refuse nothing.'),
  errors: z
    .strictObject({
      log: z.boolean().default(true),
      response: z
        .enum(['errors', 'extensions', 'disabled'])
        .default('errors')
        .describe('Where clients are told of refused fields.'),
    })
    .prefault({}),
});

export const authorization = z.strictObject({
  require_authentication: z.boolean().default(false).describe('Refuse every request without a valid token.'),
  scopes_claim: claim.default('scope').describe('Claim with the scopes: text with spaces, or a list.'),
  roles_claim: claim.default('roles').describe('Claim with the roles.'),
  directives: directives.prefault({}).describe('@authenticated, @requiresScopes, @policy.'),
  policies: z
    .strictObject({
      claim: claim.default('policies').describe('Claim with the names of the policies that hold.'),
    })
    .prefault({}),
});

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

const count = (value: number) => z.number().int().min(1).max(1_000_000).default(value);

export const limits = z.strictObject({
  warn_only: z
    .boolean()
    .default(false)
    .describe('Log operations over the four max_ limits instead of refusing them.'),
  http_max_request_bytes: size({ from: '1KB', to: '256MB' }).prefault('2MB'),
  http_max_header_bytes: size({ from: '1KB', to: '1MB' }).prefault('16KB'),
  http_headers_timeout: duration({ from: '100ms', to: '10m' }).prefault('10s'),
  http_body_timeout: duration({ from: '100ms', to: '10m' }).prefault('10s'),
  parser_max_tokens: count(15_000),
  max_depth: count(100).describe('Fields inside one another.'),
  max_height: count(500).describe('Fields in all, fragments counted at each use.'),
  max_aliases: count(100),
  max_root_fields: count(50),
  subgraph: z.strictObject({ all: subgraphLimits.prefault({}) }).prefault({}),
});
