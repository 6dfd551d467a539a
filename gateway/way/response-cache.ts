import {
  cacheBase,
  cacheRecorder,
  createCache,
  type Cache,
  type CacheBase,
  type CacheSettings,
} from '../cache/cache.ts';
import type { GatewayConfig } from '../config/config.ts';
import { defaultIdentityHeaders, type Fetch } from '../fetch/fetch.ts';
import type { LogReader } from '../model/cache-store.ts';
import type { Epoch } from '../model/epoch.ts';
import type { Metrics } from '../model/metrics.ts';
import { isNoRedis } from '../model/redis-address.ts';
import type { Logger } from '../observe/observe.ts';
import type { Supergraph } from '../plan/plan.ts';
import { redisEntries, redisLog } from '../store/store.ts';
import type { GraphQLSchema } from 'graphql';
import { cacheReadings, countedStore, watched } from './basis-numbers.ts';

type SubgraphConfig = GatewayConfig['response_cache']['subgraph']['subgraphs'][string];

/** `response_cache` in the cache's words; `undefined`: off. */
export function cacheSettings(config: GatewayConfig): CacheSettings | undefined {
  const { response_cache: own, authorization } = config;
  if (!own.enabled) return undefined;
  const { all, subgraphs } = own.subgraph;
  return {
    all: {
      enabled: all.enabled,
      ttlMs: all.ttl,
      privateId: all.private_id,
      negativeTtlMs: all.negative_ttl,
      staleWhileRevalidateMs: all.stale_while_revalidate,
      staleIfErrorMs: all.stale_if_error,
      types: typeTimes(all.types),
    },
    subgraphs: Object.fromEntries(Object.entries(subgraphs).map(([name, one]) => [name, overrides(one)])),
    memoryBytes: own.storage.memory.max_bytes,
    maxEntryBytes: own.max_entry_bytes,
    maxTtlMs: own.max_ttl,
    wholeResponses: own.whole_responses,
    honorsClients: own.honor_client_cache_control,
    debug: own.debug,
    tagHeader: own.cache_tag_header,
    ...identityNames(config),
    requiresIdentity: authorization.require_authentication,
  };
}

/** Whether what this subgraph answers may be kept. */
export function isCached({ response_cache: own }: GatewayConfig, subgraph: string): boolean {
  const { all, subgraphs } = own.subgraph;
  const named = Object.hasOwn(subgraphs, subgraph) ? subgraphs[subgraph]?.enabled : undefined;
  return own.enabled && (named ?? all.enabled);
}

function overrides(one: SubgraphConfig): CacheSettings['subgraphs'][string] {
  const given = {
    enabled: one.enabled,
    ttlMs: one.ttl,
    privateId: one.private_id,
    negativeTtlMs: one.negative_ttl,
    staleWhileRevalidateMs: one.stale_while_revalidate,
    staleIfErrorMs: one.stale_if_error,
    types: one.types === undefined ? undefined : typeTimes(one.types),
  };
  // Only what was given: an undefined key would cover up its default.
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function typeTimes(
  types: Readonly<Record<string, { readonly ttl: number }>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(types).map(([type, { ttl }]) => [type, ttl]));
}

/** Names under which it is told who asks, on either side of the gateway, with and without proof. */
function identityNames(config: GatewayConfig) {
  const callers = callerHeaders(config);
  const rules = requestRules(config.headers);
  const proofs = new Set(['authorization', 'cookie', 'proxy-authorization', ...callers]);
  const others = new Set<string>(defaultIdentityHeaders);
  for (const rule of rules) {
    if (rule.kind === 'insert' && 'fromClaim' in rule) others.add(rule.name.toLowerCase());
    if (rule.kind !== 'propagate' || !('named' in rule.from) || rule.rename === undefined) continue;
    const from = rule.from.named.toLowerCase();
    if (proofs.has(from)) proofs.add(rule.rename.toLowerCase());
    else if (others.has(from)) others.add(rule.rename.toLowerCase());
  }
  return {
    identityHeaders: [...new Set([...proofs, ...others])],
    credentialHeaders: [...proofs].filter((name) => !others.has(name)),
    callerHeaders: callers,
  };
}

/** Client headers in which proof of who asks is looked for. */
function callerHeaders({ authentication }: GatewayConfig): readonly string[] {
  const { jwt, api_keys: keys } = authentication.router;
  const names = new Set<string>();
  for (const { type, name } of jwt?.sources ?? [])
    names.add(type === 'cookie' ? 'cookie' : name.toLowerCase());
  if (keys !== undefined) names.add(keys.header.toLowerCase());
  return [...names];
}

type RequestRules = GatewayConfig['headers']['all']['request'];

function requestRules({ all, subgraphs }: GatewayConfig['headers']): RequestRules {
  return [...all.request, ...Object.values(subgraphs).flatMap(({ request }) => request)];
}

/** Client headers that go on to some subgraph. */
function clientHeaders({ headers }: GatewayConfig) {
  const names = new Set<string>();
  let hasPatterns = false;
  for (const rule of requestRules(headers)) {
    if (rule.kind !== 'propagate') continue;
    if ('named' in rule.from) names.add(rule.from.named.toLowerCase());
    else hasPatterns = true;
  }
  return { names: [...names], hasPatterns };
}

interface CacheSurroundings {
  readonly logger: Logger;
  readonly metrics: Metrics | undefined;
  readonly epoch: Epoch;
}

const mostStrange = 100;

/** What outlives supergraphs; `undefined` when the cache is off. The epoch moves on with everything that is dropped. */
export function cacheBaseFor(config: GatewayConfig, around: CacheSurroundings): CacheBase | undefined {
  const { logger, metrics, epoch } = around;
  const settings = cacheSettings(config);
  if (settings === undefined) return undefined;
  let told = false;
  const strange = new Set<string>();
  const open = sharedParts(config, around);
  const base = cacheBase(settings, {
    now: Date.now,
    random: Math.random,
    ...recording(config, logger),
    open: open && ((reader) => open(movingOn(reader, epoch))),
    onGarbage: () => {
      if (!told) logger.warn('the response cache in Redis holds what is no entry; it is not used');
      told = true;
    },
    onStrangeDrop: (problem) => {
      metrics?.count('weir_response_cache_strange_invalidations_total');
      // Whoever writes it once writes it with each change.
      if (strange.size >= mostStrange || strange.has(problem)) return;
      strange.add(problem);
      logger.warn({ problem }, 'an invalidation in Redis drops nothing');
    },
  });
  const moving: CacheBase = {
    ...base,
    drop: (tags) => base.drop(tags).finally(() => epoch.moveOn()),
  };
  return watched(moving, metrics, cacheReadings);
}

/** The same reader, for whom nothing that began before a drop was read is good enough after it. */
function movingOn(reader: LogReader, epoch: Epoch): LogReader {
  return {
    ...reader,
    read: (text, position) => {
      reader.read(text, position);
      epoch.moveOn();
    },
    lost: (position) => {
      reader.lost(position);
      epoch.moveOn();
    },
  };
}

/** What is asked goes into a file where the configuration names one. */
function recording({ response_cache: own }: GatewayConfig, logger: Logger) {
  if (own.record === undefined) return {};
  const { file: path, max_size: maxBytes, sample } = own.record;
  const onFailure = (cause: unknown): void =>
    logger.warn({ err: cause, path }, 'what is asked of the response cache cannot be recorded');
  return { recorder: cacheRecorder({ path, maxBytes, onFailure }, sample) };
}

/** Where gateways share what they keep; `undefined`: each keeps its own. */
function sharedParts({ response_cache: own }: GatewayConfig, { logger, metrics }: CacheSurroundings) {
  const { redis } = own.storage;
  if (redis === undefined || isNoRedis(redis.urls)) return undefined;
  const { urls, namespace, timeout: timeoutMs, compress_over: packOverBytes } = redis;
  const told = (what: string) => ({
    metrics,
    onDown: (reason: string) => logger.warn({ reason }, `${what} in Redis cannot be used; subgraphs answer`),
    onUp: () => logger.info(`${what} in Redis is used again`),
  });
  return (reader: LogReader) => ({
    store: countedStore('response_cache', told('the response cache'), (events) =>
      redisEntries(
        // An entry's text holds its value and what is known of it.
        {
          urls,
          namespace: `${namespace}:cache`,
          timeoutMs,
          packOverBytes,
          maxTextBytes: 2 * own.max_entry_bytes,
        },
        events,
      ),
    ),
    log: countedStore('invalidations', told('the log of invalidations'), (events) =>
      redisLog({ urls, key: `${namespace}:invalidations`, timeoutMs }, reader, events),
    ),
  });
}

export interface CacheJoint {
  readonly config: GatewayConfig;
  readonly base: CacheBase | undefined;
  readonly supergraph: Supergraph;
  /** The whole supergraph's schema. */
  readonly schema: GraphQLSchema;
  readonly fetch: Fetch;
}

const accessFeatures = ['authenticated', 'requiresScopes', 'policy'];

/** The cache of one service; `undefined` when it is off. */
export function cacheFor({ config, base, supergraph, schema, fetch }: CacheJoint): Cache | undefined {
  const settings = cacheSettings(config);
  if (settings === undefined || base === undefined) return undefined;
  const directives = accessFeatures.map((name) => supergraph.features.get(name)?.directive ?? name);
  return createCache({
    ...{ settings, base, schemaId: supergraph.id, random: Math.random },
    schema: { document: supergraph.document, schema, accessDirectives: new Set(directives) },
    call: fetch.call,
    tellingOf: fetch.tellingOf,
    clientHeaders: clientHeaders(config),
  });
}
