import { admission } from '../admission/admission.ts';
import { policyJudge, type PolicyJudge } from '../authorize/authorize.ts';
import type { GatewayConfig } from '../config/config.ts';
import { documents, type Documents } from '../documents/documents.ts';
import { createIdentity, identitySettings } from '../identity/identity.ts';
import type { SharedStore } from '../model/store.ts';
import type { Logger } from '../observe/observe.ts';
import type { SharedPlans } from '../plan/plan.ts';
import { isSame } from './config-change.ts';
import type { Stages } from '../request-way.ts';
import { createRates } from '../rates/rates.ts';
import { respond } from '../respond/respond.ts';
import { cacheBaseFor, cacheSettings } from '../way/response-cache.ts';
import type { CacheBase } from '../cache/cache.ts';
import {
  admissionSettings,
  documentSettings,
  planStoreSettings,
  policySettings,
  textStoreSettings,
} from '../settings/stage-settings.ts';
import { redisBuckets, redisStore } from '../store/store.ts';
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
}

interface PlanStore extends SharedPlans {
  readonly store: SharedStore;
}

/** The parts for a configuration; those whose settings are as `before` stay, with all they remember. */
export function basisFor(config: GatewayConfig, logger: Logger, before?: Basis): Basis {
  const kept = (settings: (config: GatewayConfig) => unknown): Basis | undefined =>
    before !== undefined && isSame(settings(before.config), settings(config)) ? before : undefined;
  const onFailure = (cause: unknown): void =>
    logger.warn({ err: cause }, 'tokens or API keys cannot be checked as they should');
  const samePlans = kept(planStoreSettings);
  const sameTolls = kept(({ demand_control: demand, rate_limit: rates }) => [demand, rates]);
  const sameJudge = kept(policySettings);
  const onUndecided = (cause: unknown): void => logger.warn({ err: cause }, 'policies cannot be decided');
  const sameCache = kept((one) => [cacheSettings(one), one.response_cache]);
  return {
    config,
    stages: {
      identity:
        kept(identitySettings)?.stages.identity ?? createIdentity(identitySettings(config), { onFailure }),
      documents:
        kept(({ limits, supergraph, apq, persisted_queries: listed, authorization }) => [
          ...[limits, supergraph.introspection, apq, listed, authorization.directives.introspection],
        ])?.stages.documents ?? documentsFor(config, logger),
      responder: respond({
        includeSubgraphErrors: config.include_subgraph_errors,
        unauthorized: config.authorization.directives.errors.response,
      }),
      tolls: sameTolls === undefined ? tollsFor(config, logger) : sameTolls.stages.tolls,
      exposePlans: config.sandbox.enabled,
      dryRun: config.authorization.directives.dry_run,
      logDenials: config.authorization.directives.errors.log,
    },
    plans: samePlans === undefined ? planStore(config, logger) : samePlans.plans,
    judge:
      sameJudge === undefined
        ? policyJudge(policySettings(config), { onFailure: onUndecided })
        : sameJudge.judge,
    cache: sameCache === undefined ? cacheBaseFor(config, logger) : sameCache.cache,
  };
}

/** Lets go of what only `basis` uses. */
export async function closeBasis(basis: Basis, other?: Basis): Promise<void> {
  const kept = new Set(other === undefined ? [] : closablesOf(other));
  await Promise.all(closablesOf(basis).map(async (one) => (kept.has(one) ? undefined : one?.close())));
}

function closablesOf({ stages, plans, judge, cache }: Basis) {
  return [stages.identity, stages.documents, stages.tolls, plans?.store, judge, cache];
}

function documentsFor(config: GatewayConfig, logger: Logger): Documents {
  const shared = textStoreSettings(config);
  const store =
    shared &&
    redisStore(shared, {
      onDown: (reason) =>
        logger.warn({ reason }, 'persisted queries in Redis cannot be used; those in memory are'),
      onUp: () => logger.info('persisted queries in Redis are used again'),
    });
  return documents(documentSettings(config, { admit: admission(admissionSettings(config)), store }));
}

/** `undefined` when nothing of it is configured: then it costs nothing. */
function tollsFor(config: GatewayConfig, logger: Logger): Tolls | undefined {
  if (!hasTolls(config)) return undefined;
  const shared = bucketStoreSettings(config);
  const buckets =
    shared &&
    redisBuckets(shared, {
      onDown: (reason) =>
        logger.warn({ reason }, 'rates in Redis cannot be counted; this process grants its share'),
      onUp: () => logger.info('rates are counted in Redis again'),
    });
  const rates = createRates(rateSettings(config), buckets, () => performance.now());
  return createTolls(tollSettings(config), rates);
}

function planStore(config: GatewayConfig, logger: Logger): PlanStore | undefined {
  const settings = planStoreSettings(config);
  if (settings === undefined) return undefined;
  let told = false;
  const store = redisStore(settings, {
    onDown: (reason) =>
      logger.warn({ reason }, 'the plan cache in Redis cannot be used; plans are made here'),
    onUp: () => logger.info('the plan cache in Redis is used again'),
  });
  return {
    store,
    onGarbage: () => {
      if (!told) logger.warn('the plan cache in Redis holds what is no plan; it is not used');
      told = true;
    },
  };
}
