/** One issuer's keys and what its tokens must look like. Durations in milliseconds. */
export interface IssuerSettings {
  readonly keys: { readonly url: string } | { readonly file: string };
  /** Accepted `iss`, exactly; `undefined`: not looked at. */
  readonly issuers: readonly string[] | undefined;
  /** Accepted `aud`, one of which must be in the token; `undefined`: not looked at. */
  readonly audiences: readonly string[] | undefined;
  /** Accepted signature algorithms; only asymmetric ones are allowed here. */
  readonly algorithms: readonly string[];
  /** Accepted `typ` of the token's header in lower case; a token without `typ` is accepted when `''` is listed. */
  readonly types: readonly string[];
  /** Keys older than this are read again beside the request that finds them so. */
  readonly pollInterval: number;
  /** Keys older than this are read again before a token is trusted to them. */
  readonly maxAge: number;
  /** While the issuer cannot be reached, its last keys are trusted this long. */
  readonly maxStale: number;
  /** Least time between two readings for the sake of an unknown key. */
  readonly cooldown: number;
  /** For one reading of the keys. */
  readonly timeout: number;
}

/** Where tokens that say nothing by themselves are asked about (RFC 7662). Durations in milliseconds. */
export interface IntrospectionSettings {
  readonly url: string;
  /** How the gateway proves itself there, by HTTP Basic; `undefined`: not at all. */
  readonly client: { readonly id: string; readonly secret: string } | undefined;
  /** Accepted `iss`, exactly; `undefined`: not looked at. */
  readonly issuers: readonly string[] | undefined;
  /** Accepted `aud`, one of which must be in the answer; `undefined`: not looked at. */
  readonly audiences: readonly string[] | undefined;
  /** How long at most an active token is believed without asking again. */
  readonly ttl: number;
  /** The same for one that is not active. */
  readonly negativeTtl: number;
  /** For one question. */
  readonly timeout: number;
  /** Answers that are remembered. */
  readonly limit: number;
}

export interface ApiKeySettings {
  /** What `weir keys` writes; read again after each change. */
  readonly file: string;
  /** The header that holds the key, in lower case. */
  readonly header: string;
  /** Stands before the key; may be empty. */
  readonly prefix: string;
}

export type TokenSource =
  | { readonly kind: 'header'; readonly name: string; readonly prefix: string }
  | { readonly kind: 'cookie'; readonly name: string };

export interface IdentitySettings {
  readonly issuers: readonly IssuerSettings[];
  /** For tokens that are no JWT, or for all where there is no issuer. Without this and issuers, tokens are not looked at. */
  readonly introspection: IntrospectionSettings | undefined;
  readonly apiKeys: ApiKeySettings | undefined;
  /** A file with tokens that are refused before their end; `undefined`: none. */
  readonly revocationList: string | undefined;
  /** The first that holds something decides. */
  readonly sources: readonly TokenSource[];
  /** How far clocks may differ, milliseconds. */
  readonly clockTolerance: number;
  readonly maxTokenBytes: number;
  /** What a bad token means: the request's end, or an anonymous caller. */
  readonly onError: 'error' | 'continue';
  readonly requireAuthentication: boolean;
  readonly scopesClaim: string;
  readonly rolesClaim: string;
  readonly policiesClaim: string;
  /** Verified tokens that are remembered, each until its own end or a change of its issuer's keys. */
  readonly rememberedTokens: number;
}

/** Signatures that need a private key to make: what a published key can verify, it cannot forge. */
export const asymmetricAlgorithms: readonly string[] = [
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
const accessTokenTypes: readonly string[] = ['', 'jwt', 'at+jwt', 'application/at+jwt'];

/** The parts of a checked `gateway.yaml` that this stage reads; durations in milliseconds, sizes in bytes. */
export interface IdentityConfig {
  readonly authentication?:
    | {
        readonly router?:
          { readonly jwt?: JwtConfig | undefined; readonly api_keys?: ApiKeyConfig | undefined } | undefined;
      }
    | undefined;
  readonly authorization?:
    | {
        readonly require_authentication?: boolean | undefined;
        readonly scopes_claim?: string | undefined;
        readonly roles_claim?: string | undefined;
        readonly policies?: { readonly claim?: string | undefined } | undefined;
      }
    | undefined;
}

interface JwtConfig {
  readonly jwks?: readonly JwksConfig[] | undefined;
  readonly introspection?: IntrospectionConfig | undefined;
  readonly sources?: readonly SourceConfig[] | undefined;
  readonly clock_tolerance?: number | undefined;
  readonly max_token_bytes?: number | undefined;
  readonly revocation_list?: { readonly file: string } | undefined;
  readonly on_error?: 'error' | 'continue' | undefined;
}

interface JwksConfig {
  readonly url?: string | undefined;
  readonly file?: string | undefined;
  readonly issuers?: readonly string[] | undefined;
  readonly audiences?: readonly string[] | undefined;
  readonly algorithms?: readonly string[] | undefined;
  readonly types?: readonly string[] | undefined;
  readonly poll_interval?: number | undefined;
  readonly cooldown?: number | undefined;
  readonly max_age?: number | undefined;
  readonly max_stale?: number | undefined;
  readonly timeout?: number | undefined;
}

interface IntrospectionConfig {
  readonly url: string;
  readonly client_id?: string | undefined;
  readonly client_secret?: string | undefined;
  readonly issuers?: readonly string[] | undefined;
  readonly audiences?: readonly string[] | undefined;
  readonly ttl?: number | undefined;
  readonly negative_ttl?: number | undefined;
  readonly timeout?: number | undefined;
  readonly limit?: number | undefined;
}

interface ApiKeyConfig {
  readonly file: string;
  readonly header?: string | undefined;
  readonly value_prefix?: string | undefined;
}

interface SourceConfig {
  readonly type: 'header' | 'cookie';
  readonly name: string;
  readonly value_prefix?: string | undefined;
}

const second = 1_000;
const hour = 3_600 * second;

/** This stage's settings from the checked configuration. Throws a `TypeError` when an entry names neither url nor file. */
export function identitySettings(config: IdentityConfig): IdentitySettings {
  const { jwt = {}, api_keys: apiKeys } = config.authentication?.router ?? {};
  return {
    issuers: (jwt.jwks ?? []).map(issuerSettings),
    introspection: jwt.introspection === undefined ? undefined : introspectionSettings(jwt.introspection),
    apiKeys: apiKeys === undefined ? undefined : apiKeySettings(apiKeys),
    ...tokenSettings(jwt),
    ...authorizationSettings(config.authorization ?? {}),
  };
}

const tokenSettings = (
  jwt: JwtConfig,
): Pick<
  IdentitySettings,
  'sources' | 'clockTolerance' | 'maxTokenBytes' | 'onError' | 'rememberedTokens' | 'revocationList'
> => ({
  sources: jwt.sources?.map(tokenSource) ?? [{ kind: 'header', name: 'authorization', prefix: 'Bearer' }],
  clockTolerance: jwt.clock_tolerance ?? 5 * second,
  maxTokenBytes: jwt.max_token_bytes ?? 8_192,
  onError: jwt.on_error ?? 'error',
  rememberedTokens: 10_000,
  revocationList: jwt.revocation_list?.file,
});

const authorizationSettings = (
  config: NonNullable<IdentityConfig['authorization']>,
): Pick<IdentitySettings, 'requireAuthentication' | 'scopesClaim' | 'rolesClaim' | 'policiesClaim'> => ({
  requireAuthentication: config.require_authentication ?? false,
  scopesClaim: config.scopes_claim ?? 'scope',
  rolesClaim: config.roles_claim ?? 'roles',
  policiesClaim: config.policies?.claim ?? 'policies',
});

function issuerSettings(config: JwksConfig): IssuerSettings {
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

function introspectionSettings(config: IntrospectionConfig): IntrospectionSettings {
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

const apiKeySettings = ({ file, header, value_prefix: prefix = '' }: ApiKeyConfig): ApiKeySettings => ({
  file,
  header: (header ?? 'x-api-key').toLowerCase(),
  prefix,
});

function keysOf({ url, file }: JwksConfig): IssuerSettings['keys'] {
  if (url !== undefined && file === undefined) return { url };
  if (file !== undefined && url === undefined) return { file };
  throw new TypeError('An entry of authentication.router.jwt.jwks has either a url or a file');
}

const tokenSource = ({ type, name, value_prefix = 'Bearer' }: SourceConfig): TokenSource =>
  type === 'cookie'
    ? { kind: 'cookie', name }
    : { kind: 'header', name: name.toLowerCase(), prefix: value_prefix };
