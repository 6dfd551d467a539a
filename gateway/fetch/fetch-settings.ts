import type { HeaderRules, HeaderSettings, RequestHeaderRule, ResponseHeaderRule } from './header-rules.ts';

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
  readonly compression: 'none' | 'gzip' | 'deflate' | 'br';
  /** Identical queries in flight share one call. */
  readonly deduplicateQuery: boolean;
  /** Use HTTP/2 where an https server offers it. */
  readonly http2: boolean;
  /** PEM text of the only authorities to trust; `undefined`: those of Node. */
  readonly certificateAuthorities: string | undefined;
  /** How long a URL that refused a connection is passed over, where there are others. */
  readonly restAfterRefusal: number;
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
};

export const defaultIdentityHeaders: readonly string[] = [
  'x-user-id',
  'x-user-scopes',
  'x-user-roles',
  'x-user-policies',
];

/** The parts of a checked `gateway.yaml` that this stage reads; durations in milliseconds, sizes in bytes. */
export interface FetchConfig {
  readonly headers?: HeaderConfig | undefined;
  readonly traffic_shaping?: PerSubgraph<ShapingConfig> | undefined;
  readonly limits?: { readonly subgraph?: PerSubgraph<LimitConfig> | undefined } | undefined;
  readonly identity_headers?: readonly string[] | undefined;
}

interface PerSubgraph<T> {
  readonly all?: T | undefined;
  readonly subgraphs?: Readonly<Record<string, T>> | undefined;
}

interface ShapingConfig {
  readonly timeout?: number | undefined;
  readonly deduplicate_query?: boolean | undefined;
  readonly compression?: SubgraphSettings['compression'] | undefined;
  readonly max_concurrent_requests?: number | undefined;
  readonly max_queued_requests?: number | undefined;
  readonly http2?: boolean | undefined;
  readonly certificate_authorities?: string | undefined;
}

interface LimitConfig {
  readonly http_max_response_size?: number | undefined;
}

export interface HeaderConfig {
  readonly all?: HeaderRulesConfig | undefined;
  readonly subgraphs?: Readonly<Record<string, HeaderRulesConfig>> | undefined;
}

export interface HeaderRulesConfig {
  readonly request?: readonly RequestRuleConfig[] | undefined;
  readonly response?: readonly ResponseRuleConfig[] | undefined;
}

interface SelectorConfig {
  readonly named?: string | undefined;
  readonly matching?: string | undefined;
}

/** One key per list entry, as in Apollo Router. */
export interface RequestRuleConfig {
  readonly propagate?:
    | (SelectorConfig & { readonly rename?: string | undefined; readonly default?: string | undefined })
    | undefined;
  readonly remove?: SelectorConfig | undefined;
  readonly insert?:
    | { readonly name: string; readonly value?: string | undefined; readonly from_claim?: string | undefined }
    | undefined;
}

export interface ResponseRuleConfig {
  readonly propagate?:
    | (SelectorConfig & {
        readonly rename?: string | undefined;
        readonly merge?: 'first' | 'last' | 'append' | undefined;
      })
    | undefined;
}

/** This stage's settings from the checked configuration; every missing key has its default. */
export function fetchSettings(config: FetchConfig): FetchSettings {
  const shaping = config.traffic_shaping;
  const limits = config.limits?.subgraph;
  const names = new Set([...Object.keys(shaping?.subgraphs ?? {}), ...Object.keys(limits?.subgraphs ?? {})]);
  return {
    all: { ...defaultSubgraphSettings, ...given(shaping?.all, limits?.all) },
    subgraphs: Object.fromEntries(
      [...names].map((name) => [name, given(shaping?.subgraphs?.[name], limits?.subgraphs?.[name])]),
    ),
    headers: headerSettings(config.headers ?? {}),
    identityHeaders: config.identity_headers ?? defaultIdentityHeaders,
  };
}

function given(shaping: ShapingConfig = {}, limits: LimitConfig = {}): Partial<SubgraphSettings> {
  const named = {
    timeout: shaping.timeout,
    deduplicateQuery: shaping.deduplicate_query,
    compression: shaping.compression,
    maxConcurrentRequests: shaping.max_concurrent_requests,
    maxQueuedRequests: shaping.max_queued_requests,
    http2: shaping.http2,
    certificateAuthorities: shaping.certificate_authorities,
    maxResponseSize: limits.http_max_response_size,
  };
  // Only keys that were given: an undefined one would cover up its default.
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}

function headerSettings(config: HeaderConfig): HeaderSettings {
  return {
    all: headerRules(config.all ?? {}),
    subgraphs: Object.fromEntries(
      Object.entries(config.subgraphs ?? {}).map(([name, rules]) => [name, headerRules(rules)]),
    ),
  };
}

const headerRules = (config: HeaderRulesConfig): HeaderRules => ({
  request: (config.request ?? []).flatMap(requestRules),
  response: (config.response ?? []).flatMap(responseRules),
});

function requestRules({ propagate, remove, insert }: RequestRuleConfig): readonly RequestHeaderRule[] {
  const rules: RequestHeaderRule[] = [];
  for (const from of selectors(propagate))
    rules.push({ kind: 'propagate', from, rename: propagate?.rename, default: propagate?.default });
  for (const from of selectors(remove)) rules.push({ kind: 'remove', from });
  if (insert?.value !== undefined) rules.push({ kind: 'insert', name: insert.name, value: insert.value });
  if (insert?.from_claim !== undefined)
    rules.push({ kind: 'insert', name: insert.name, fromClaim: insert.from_claim });
  return rules;
}

const responseRules = ({ propagate }: ResponseRuleConfig): readonly ResponseHeaderRule[] =>
  selectors(propagate).map((from) => ({
    kind: 'propagate',
    from,
    rename: propagate?.rename,
    merge: propagate?.merge ?? 'first',
  }));

function selectors(config: SelectorConfig = {}): readonly ({ named: string } | { matching: string })[] {
  const { named, matching } = config;
  return [...(named === undefined ? [] : [{ named }]), ...(matching === undefined ? [] : [{ matching }])];
}
