import type { ClaimsExtensionSettings } from './claims-extension.ts';
import type { SignatureSettings } from './signature.ts';
import type { HeaderRules, HeaderSettings } from './header-rules.ts';

/** How one subgraph is called. Durations in milliseconds, sizes in bytes. */
export interface SubgraphSettings {
  /** For a whole call: waiting for a place, connecting, sending, and the last byte of the answer. */
  readonly timeout: number;
  /** Calls that run at once. */
  readonly maxConcurrentRequests: number;
  /** Calls that may wait for a place; more are refused at once. */
  readonly maxQueuedRequests: number;
  /** Largest answer, before and after decompression. */
  readonly maxResponseSize: number;
  /** Entries of `errors` that are read; the rest is only counted. */
  readonly maxErrors: number;
  /** Which compression is asked for; what comes back may be gzip, deflate or br all the same. */
  readonly compression: 'identity' | 'gzip';
  /** Identical queries in flight share one call. */
  readonly deduplicateQuery: boolean;
  /** Use HTTP/2 where an https server offers it. */
  readonly http2: boolean;
  /** PEM text of the only authorities to trust; `undefined`: those of Node. */
  readonly certificateAuthorities: string | undefined;
  /** How long a URL that refused a connection is passed over, where there are others. */
  readonly restAfterRefusal: number;
  /** `undefined`: requests are not signed. */
  readonly signature: SignatureSettings | undefined;
  /** `undefined`: claims do not travel in the body. */
  readonly claims: ClaimsExtensionSettings | undefined;
}

export interface FetchSettings {
  readonly all: SubgraphSettings;
  readonly subgraphs: Readonly<Record<string, Partial<SubgraphSettings>>>;
  readonly headers: HeaderSettings;
  /** Names that never come from a client, only from claims. */
  readonly identityHeaders: readonly string[];
}

export const defaultSubgraphSettings: SubgraphSettings = {
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

export const defaultIdentityHeaders: readonly string[] = [
  'x-user-id',
  'x-user-scopes',
  'x-user-roles',
  'x-user-policies',
];

/** The parts of a checked `gateway.yaml` that this stage reads; durations in milliseconds, sizes in bytes. */
export interface FetchConfig {
  readonly headers?: HeaderSettings | undefined;
  readonly traffic_shaping?:
    | {
        readonly all?: ShapingConfig | undefined;
        readonly subgraphs?: Readonly<Record<string, ShapingConfig>> | undefined;
      }
    | undefined;
  readonly limits?:
    { readonly subgraph?: { readonly all?: LimitConfig | undefined } | undefined } | undefined;
}

interface ShapingConfig {
  readonly timeout?: number | undefined;
  readonly deduplicate_query?: boolean | undefined;
  readonly compression?: SubgraphSettings['compression'] | undefined;
  readonly max_concurrent_requests?: number | undefined;
}

interface LimitConfig {
  readonly http_max_response_size?: number | undefined;
}

const noRules: HeaderRules = { request: [], response: [] };

/** This stage's settings from the checked configuration; every missing key has its default. */
export function fetchSettings(config: FetchConfig): FetchSettings {
  const { all, subgraphs = {} } = config.traffic_shaping ?? {};
  const limits = given({ maxResponseSize: config.limits?.subgraph?.all?.http_max_response_size });
  return {
    all: { ...defaultSubgraphSettings, ...shaped(all), ...limits },
    subgraphs: Object.fromEntries(Object.entries(subgraphs).map(([name, own]) => [name, shaped(own)])),
    headers: config.headers ?? { all: noRules, subgraphs: {} },
    identityHeaders: defaultIdentityHeaders,
  };
}

const shaped = (shaping: ShapingConfig = {}): Partial<SubgraphSettings> =>
  given({
    timeout: shaping.timeout,
    deduplicateQuery: shaping.deduplicate_query,
    compression: shaping.compression,
    maxConcurrentRequests: shaping.max_concurrent_requests,
  });

/** Only what was given: an undefined key would cover up its default. */
const given = <T extends object>(settings: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof T]?: Exclude<T[K], undefined>;
  };
