/** How answers of one subgraph are kept. Durations in milliseconds. */
export interface SubgraphCacheSettings {
  readonly enabled: boolean;
  /** For answers of which neither subgraph nor schema says anything; 0: those are not kept. */
  readonly ttlMs: number;
  /** The claim that tells people apart; `undefined`: private answers are not kept. */
  readonly privateId: string | undefined;
  /** Longest time for "there is no such entity", or no such object at the root; 0: that is not kept. */
  readonly negativeTtlMs: number;
  readonly staleWhileRevalidateMs: number;
  readonly staleIfErrorMs: number;
  /**
   * By type: longest time of all answers that may hold it, and in place of what subgraph or schema say where every type at the
   * top has one; 0: answers that may hold this type are not kept.
   */
  readonly types: Readonly<Record<string, number>>;
}

export interface CacheSettings {
  readonly all: SubgraphCacheSettings;
  readonly subgraphs: Readonly<Record<string, Partial<SubgraphCacheSettings>>>;
  readonly memoryBytes: number;
  /** Larger entries are not kept. */
  readonly maxEntryBytes: number;
  /** Longest time anything is fresh. */
  readonly maxTtlMs: number;
  /** Whole answers are kept too, beside their parts. */
  readonly wholeResponses: boolean;
  /** `no-cache` and `no-store` of clients are obeyed. */
  readonly honorsClients: boolean;
  /** Callers may ask what the cache did. */
  readonly debug: boolean;
  /** Header with the tags of an answer, for networks that purge by tag. */
  readonly tagHeader: string | undefined;
  /** Forwarded headers that say who asks, lower case; answers that depend on them are not everybody's. */
  readonly identityHeaders: readonly string[];
  /** Those of them that carry a token or the like, which is renewed while its owner stays the same. */
  readonly credentialHeaders: readonly string[];
  /** Client headers by which callers are known here, forwarded or not; lower case. */
  readonly callerHeaders: readonly string[];
  /** Whether every request needs a token; then no answer is for everybody outside. */
  readonly requiresIdentity: boolean;
}

export function settingsOf(settings: CacheSettings, subgraph: string): SubgraphCacheSettings {
  const own = Object.hasOwn(settings.subgraphs, subgraph) ? settings.subgraphs[subgraph] : undefined;
  return { ...settings.all, ...own, types: { ...settings.all.types, ...own?.types } };
}
