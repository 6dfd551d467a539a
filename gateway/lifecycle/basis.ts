import { admission } from '../admission/admission.ts';
import { policyJudge, type PolicyJudge } from '../authorize/authorize.ts';
import type { GatewayConfig } from '../config/config.ts';
import { documents, type Documents } from '../documents/documents.ts';
import { createIdentity, identitySettings } from '../identity/identity.ts';
import { Epoch } from '../model/epoch.ts';
import type { SharedBuckets } from '../model/buckets.ts';
import type { Metrics } from '../model/metrics.ts';
import type { SharedStore } from '../model/store.ts';
import type { Logger } from '../observe/observe.ts';
import type { SharedPlans } from '../plan/plan.ts';
import { isSame } from './config-change.ts';
import type { Stages } from '../request-way.ts';
import type { Turns } from '../overload/overload.ts';
import { createRates } from '../rates/rates.ts';
import { respond, type Responder, type SubgraphErrorSettings } from '../respond/respond.ts';
import { clientProfiles } from '../way/client-profiles.ts';
import { cacheBaseFor, cacheSettings } from '../way/response-cache.ts';
import type { CacheBase } from '../cache/cache.ts';
import {
  admissionSettings,
  documentSettings,
  planStoreSettings,
  policySettings,
  textStoreSettings,
} from '../settings/stage-settings.ts';
import {
  profileErrors,
  profileLimits,
  profileRules,
  uncachedProfiles,
} from '../settings/profile-settings.ts';
import { redisBuckets, redisStore } from '../store/store.ts';
import { countedStore, documentReadings, watched } from '../way/basis-numbers.ts';
import { createTolls, type Tolls } from '../way/toll.ts';
import { bucketStoreSettings, hasTolls, rateSettings, tollSettings } from '../settings/toll-settings.ts';

/** What one configuration makes, whatever supergraph is served. */
export interface Basis {
  readonly config: GatewayConfig;
  readonly stages: Stages;
  /** Where plans are shared with other gateways. */
  readonly plans: PlanStore | undefined;
  /** Who decides policies; `undefined`: they are claims. */
  readonly judge: PolicyJudge | undefined;
  /** What is kept of answers; `undefined`: nothing. */
  readonly cache: CacheBase | undefined;
  /** The same for every configuration of a process: requests in flight may be on several. */
  readonly epoch: Epoch;
  /** Where its parts count; `undefined`: nobody asks. */
  readonly metrics: Metrics | undefined;
}

interface PlanStore extends SharedPlans {
  readonly store: SharedStore;
}

/** What the process of a gateway gives it. */
export interface BasisSurroundings {
  readonly logger: Logger;
  readonly metrics?: Metrics | undefined;
  /** In which requests run; without them each runs at once. */
  readonly turns?: Turns;
  /** Held by another process for this one and others. */
  readonly buckets?: SharedBuckets | undefined;
}

/** The parts for a configuration; those whose settings are as `before` stay, with all they remember. */
export function basisFor(config: GatewayConfig, around: BasisSurroundings, before?: Basis): Basis {
  const { logger, metrics, turns } = around;
  const kept = (settings: (config: GatewayConfig) => unknown): Basis | undefined =>
    before !== undefined && isSame(settings(before.config), settings(config)) ? before : undefined;
  const onFailure = (cause: unknown): void =>
    logger.warn({ err: cause }, 'tokens or API keys cannot be checked as they should');
  const onKeysRead = (isRead: boolean): void =>
    metrics?.count('weir_key_reads_total', isRead ? 'read' : 'failed');
  const samePlans = kept(planStoreSettings);
  const sameTolls = kept(({ demand_control: demand, rate_limit: rates, client_profiles: own }) => [
    ...[demand, rates, own],
  ]);
  const sameJudge = kept(policySettings);
  const epoch = before?.epoch ?? new Epoch();
  const sameCache = kept((one) => [cacheSettings(one), one.response_cache]);
  return {
    config,
    stages: {
      identity:
        kept(identitySettings)?.stages.identity ??
        createIdentity(identitySettings(config), { onFailure, onKeysRead }),
      documents:
        kept(
          ({ limits, supergraph, apq, persisted_queries: listed, authorization, client_profiles: own }) => [
            ...[limits, supergraph.introspection, apq, listed, authorization.directives.introspection, own],
          ],
        )?.stages.documents ?? documentsFor(config, around),
      responder: responderFor(config, config.include_subgraph_errors),
      profiles: clientProfiles(profileRules(config)),
      responders: new Map([...profileErrors(config)].map(([name, own]) => [name, responderFor(config, own)])),
      uncached: uncachedProfiles(config),
      tolls: sameTolls === undefined ? tollsFor(config, around) : sameTolls.stages.tolls,
      turns,
      exposePlans: config.sandbox.enabled,
      dryRun: config.authorization.directives.dry_run,
      logDenials: config.authorization.directives.errors.log,
    },
    plans: samePlans === undefined ? planStore(config, around) : samePlans.plans,
    judge: sameJudge === undefined ? judgeFor(config, logger) : sameJudge.judge,
    cache: sameCache === undefined ? cacheBaseFor(config, { logger, metrics, epoch }) : sameCache.cache,
    ...{ epoch, metrics },
  };
}

/** Who decides policies; a module is read as it is now. */
export function judgeFor(config: GatewayConfig, logger: Logger): PolicyJudge | undefined {
  const onFailure = (cause: unknown): void => logger.warn({ err: cause }, 'policies cannot be decided');
  return policyJudge(policySettings(config), { onFailure });
}

/** Lets go of what only `basis` uses. */
export async function closeBasis(basis: Basis, other?: Basis): Promise<void> {
  const kept = new Set(other === undefined ? [] : closablesOf(other));
  await Promise.all(closablesOf(basis).map(async (one) => (kept.has(one) ? undefined : one?.close())));
}

function closablesOf({ stages, plans, judge, cache }: Basis) {
  return [stages.identity, stages.documents, stages.tolls, plans?.store, judge, cache];
}

function responderFor({ authorization }: GatewayConfig, errors: SubgraphErrorSettings): Responder {
  const { response: unauthorized } = authorization.directives.errors;
  return respond({ includeSubgraphErrors: errors, unauthorized });
}

function documentsFor(config: GatewayConfig, { logger, metrics }: BasisSurroundings): Documents {
  const shared = textStoreSettings(config);
  const events = {
    metrics,
    onDown: (reason: string) =>
      logger.warn({ reason }, 'persisted queries in Redis cannot be used; those in memory are'),
    onUp: () => logger.info('persisted queries in Redis are used again'),
  };
  const store = shared && countedStore('persisted_queries', events, (told) => redisStore(shared, told));
  const limits = admissionSettings(config);
  const admit = admission(limits, profileLimits(config, limits));
  const { ofClient: profileOfClient } = clientProfiles(profileRules(config));
  const settings = documentSettings(config, { admit, profileOfClient, store });
  return watched(documents(settings), metrics, documentReadings);
}

/** `undefined` when nothing of it is configured: then it costs nothing. */
function tollsFor(
  config: GatewayConfig,
  { logger, metrics, buckets: relayed }: BasisSurroundings,
): Tolls | undefined {
  if (!hasTolls(config)) return undefined;
  const shared = bucketStoreSettings(config);
  const events = {
    metrics,
    onDown: (reason: string) =>
      logger.warn({ reason }, 'rates in Redis cannot be counted; this process grants its share'),
    onUp: () => logger.info('rates are counted in Redis again'),
  };
  const inRedis = shared && countedStore('rates', events, (told) => redisBuckets(shared, told));
  const rates = createRates(rateSettings(config), inRedis ?? relayed, () => performance.now());
  return createTolls(tollSettings(config), rates);
}

function planStore(config: GatewayConfig, { logger, metrics }: BasisSurroundings): PlanStore | undefined {
  const settings = planStoreSettings(config);
  if (settings === undefined) return undefined;
  let told = false;
  const events = {
    metrics,
    onDown: (reason: string) =>
      logger.warn({ reason }, 'the plan cache in Redis cannot be used; plans are made here'),
    onUp: () => logger.info('the plan cache in Redis is used again'),
  };
  const store = countedStore('plans', events, (told) => redisStore(settings, told));
  return {
    store,
    onGarbage: () => {
      if (!told) logger.warn('the plan cache in Redis holds what is no plan; it is not used');
      told = true;
    },
  };
}
