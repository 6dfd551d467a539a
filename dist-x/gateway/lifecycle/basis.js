import { admission } from "../admission/admission.js";
import { policyJudge } from "../authorize/authorize.js";
import { documents } from "../documents/documents.js";
import { createIdentity, identitySettings } from "../identity/identity.js";
import { Epoch } from "../model/epoch.js";
import { isSame } from "./config-change.js";
import { createRates } from "../rates/rates.js";
import { respond } from "../respond/respond.js";
import { clientProfiles } from "../way/client-profiles.js";
import { cacheBaseFor, cacheSettings } from "../way/response-cache.js";
import { admissionSettings, documentSettings, planStoreSettings, policySettings, textStoreSettings, } from "../settings/stage-settings.js";
import { profileErrors, profileLimits, profileRules, uncachedProfiles, } from "../settings/profile-settings.js";
import { redisBuckets, redisStore } from "../store/store.js";
import { countedStore, documentReadings, watched } from "../way/basis-numbers.js";
import { createTolls } from "../way/toll.js";
import { bucketStoreSettings, hasTolls, rateSettings, tollSettings } from "../settings/toll-settings.js";
/** The parts for a configuration; those whose settings are as `before` stay, with all they remember. */
export function basisFor(config, around, before) {
    const { logger, metrics, turns } = around;
    const kept = (settings) => before !== undefined && isSame(settings(before.config), settings(config)) ? before : undefined;
    const onFailure = (cause) => logger.warn({ err: cause }, 'tokens or API keys cannot be checked as they should');
    const onKeysRead = (isRead) => metrics?.count('weir_key_reads_total', isRead ? 'read' : 'failed');
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
            identity: kept(identitySettings)?.stages.identity ??
                createIdentity(identitySettings(config), { onFailure, onKeysRead }),
            documents: kept(({ limits, supergraph, apq, persisted_queries: listed, authorization, client_profiles: own }) => [
                ...[limits, supergraph.introspection, apq, listed, authorization.directives.introspection, own],
            ])?.stages.documents ?? documentsFor(config, around),
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
export function judgeFor(config, logger) {
    const onFailure = (cause) => logger.warn({ err: cause }, 'policies cannot be decided');
    return policyJudge(policySettings(config), { onFailure });
}
/** Lets go of what only `basis` uses. */
export async function closeBasis(basis, other) {
    const kept = new Set(other === undefined ? [] : closablesOf(other));
    await Promise.all(closablesOf(basis).map(async (one) => (kept.has(one) ? undefined : one?.close())));
}
function closablesOf({ stages, plans, judge, cache }) {
    return [stages.identity, stages.documents, stages.tolls, plans?.store, judge, cache];
}
function responderFor({ authorization }, errors) {
    const { response: unauthorized } = authorization.directives.errors;
    return respond({ includeSubgraphErrors: errors, unauthorized });
}
function documentsFor(config, { logger, metrics }) {
    const shared = textStoreSettings(config);
    const events = {
        metrics,
        onDown: (reason) => logger.warn({ reason }, 'persisted queries in Redis cannot be used; those in memory are'),
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
function tollsFor(config, { logger, metrics, buckets: relayed }) {
    if (!hasTolls(config))
        return undefined;
    const shared = bucketStoreSettings(config);
    const events = {
        metrics,
        onDown: (reason) => logger.warn({ reason }, 'rates in Redis cannot be counted; this process grants its share'),
        onUp: () => logger.info('rates are counted in Redis again'),
    };
    const inRedis = shared && countedStore('rates', events, (told) => redisBuckets(shared, told));
    const rates = createRates(rateSettings(config), inRedis ?? relayed, () => performance.now());
    return createTolls(tollSettings(config), rates);
}
function planStore(config, { logger, metrics }) {
    const settings = planStoreSettings(config);
    if (settings === undefined)
        return undefined;
    let told = false;
    const events = {
        metrics,
        onDown: (reason) => logger.warn({ reason }, 'the plan cache in Redis cannot be used; plans are made here'),
        onUp: () => logger.info('the plan cache in Redis is used again'),
    };
    const store = countedStore('plans', events, (told) => redisStore(settings, told));
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