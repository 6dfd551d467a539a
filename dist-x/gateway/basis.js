import { admission } from "./admission/admission.js";
import { policyJudge } from "./authorize/authorize.js";
import { documents } from "./documents/documents.js";
import { createIdentity, identitySettings } from "./identity/identity.js";
import { isSame } from "./config-change.js";
import { createRates } from "./rates/rates.js";
import { respond } from "./respond/respond.js";
import { cacheBaseFor, cacheSettings } from "./response-cache.js";
import { admissionSettings, documentSettings, planStoreSettings, policySettings, textStoreSettings, } from "./stage-settings.js";
import { redisBuckets, redisStore } from "./store/store.js";
import { createTolls } from "./toll.js";
import { bucketStoreSettings, hasTolls, rateSettings, tollSettings } from "./toll-settings.js";
/** The parts for a configuration; those whose settings are as `before` stay, with all they remember. */
export function basisFor(config, logger, before) {
    const kept = (settings) => before !== undefined && isSame(settings(before.config), settings(config)) ? before : undefined;
    const onFailure = (cause) => logger.warn({ err: cause }, 'tokens or API keys cannot be checked as they should');
    const samePlans = kept(planStoreSettings);
    const sameTolls = kept(({ demand_control: demand, rate_limit: rates }) => [demand, rates]);
    const sameJudge = kept(policySettings);
    const onUndecided = (cause) => logger.warn({ err: cause }, 'policies cannot be decided');
    const sameCache = kept((one) => [cacheSettings(one), one.response_cache]);
    return {
        config,
        stages: {
            identity: kept(identitySettings)?.stages.identity ?? createIdentity(identitySettings(config), { onFailure }),
            documents: kept(({ limits, supergraph, apq, persisted_queries: listed, authorization }) => [
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
        judge: sameJudge === undefined
            ? policyJudge(policySettings(config), { onFailure: onUndecided })
            : sameJudge.judge,
        cache: sameCache === undefined ? cacheBaseFor(config, logger) : sameCache.cache,
    };
}
/** Lets go of what only `basis` uses. */
export async function closeBasis(basis, other) {
    const kept = new Set(other === undefined ? [] : closablesOf(other));
    await Promise.all(closablesOf(basis).map(async (one) => (kept.has(one) ? undefined : one?.close())));
}
function closablesOf({ stages, plans, judge, cache }) {
    return [stages.identity, stages.documents, stages.tolls, plans?.store, judge, cache];
}
function documentsFor(config, logger) {
    const shared = textStoreSettings(config);
    const store = shared &&
        redisStore(shared, {
            onDown: (reason) => logger.warn({ reason }, 'persisted queries in Redis cannot be used; those in memory are'),
            onUp: () => logger.info('persisted queries in Redis are used again'),
        });
    return documents(documentSettings(config, { admit: admission(admissionSettings(config)), store }));
}
/** `undefined` when nothing of it is configured: then it costs nothing. */
function tollsFor(config, logger) {
    if (!hasTolls(config))
        return undefined;
    const shared = bucketStoreSettings(config);
    const buckets = shared &&
        redisBuckets(shared, {
            onDown: (reason) => logger.warn({ reason }, 'rates in Redis cannot be counted; this process grants its share'),
            onUp: () => logger.info('rates are counted in Redis again'),
        });
    const rates = createRates(rateSettings(config), buckets, () => performance.now());
    return createTolls(tollSettings(config), rates);
}
function planStore(config, logger) {
    const settings = planStoreSettings(config);
    if (settings === undefined)
        return undefined;
    let told = false;
    const store = redisStore(settings, {
        onDown: (reason) => logger.warn({ reason }, 'the plan cache in Redis cannot be used; plans are made here'),
        onUp: () => logger.info('the plan cache in Redis is used again'),
    });
    return {
        store,
        onGarbage: () => {
            if (!told)
                logger.warn('the plan cache in Redis holds what is no plan; it is not used');
            told = true;
        },
    };
}
//# sourceMappingURL=basis.js.map