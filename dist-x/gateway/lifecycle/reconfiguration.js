import { closeBasis, judgeFor } from "./basis.js";
import { reconfigured } from "./config-change.js";
import { policyFollower } from "./policy-follower.js";
import { edgeSettings, overloadSettings } from "../settings/stage-settings.js";
/**
 * Replaces the configuration of a running gateway, or the module that decides policies when its file changes: as a whole,
 * or not at all.
 */
export function reconfiguration(running) {
    const { supply, observer } = running;
    const leaving = new Set();
    let last = Promise.resolve();
    const replaceBy = (replacing) => {
        last = last.then(async () => {
            const replaced = await replacing().catch((cause) => {
                observer.logger.error({ err: cause }, 'a configuration cannot be taken over; the last one stays');
            });
            if (replaced === undefined)
                return;
            policies.follow(supply.basis().judge);
            const { before, settled } = replaced;
            const left = settled.then(() => closeBasis(before, supply.basis())).finally(() => leaving.delete(left));
            leaving.add(left);
        });
        return last;
    };
    const policies = policyFollower(() => void replaceBy(() => withPoliciesAsTheyAre(running)));
    policies.follow(supply.basis().judge);
    return {
        reconfigure: (loaded) => {
            if (loaded.ok)
                return replaceBy(() => replace(running, loaded.config));
            observer.metrics?.count('weir_config_reloads_total', 'refused');
            observer.logger.error({ problems: loaded.text }, 'the configuration is not valid; the last one stays');
            return Promise.resolve();
        },
        closed: async () => {
            await policies.close();
            await last;
            await Promise.all(leaving);
            await closeBasis(supply.basis());
        },
    };
}
/** `undefined` when everything stays as it is. */
async function replace({ supply, observer, edge, load, basisOf }, next) {
    const { logger } = observer;
    const before = supply.basis();
    const { config, changed, afterRestart } = reconfigured(before.config, next);
    if (afterRestart.length > 0)
        logger.warn({ keys: afterRestart }, 'these take effect after a restart');
    if (!changed)
        return undefined;
    const basis = basisOf(config, before);
    const rebased = await supply.rebase(basis);
    if (rebased.kind === 'refused') {
        logger.error({ problems: rebased.text }, 'a configuration cannot be taken over; the last one stays');
        await closeBasis(basis, before);
        return undefined;
    }
    edge.reconfigure(edgeSettings(config, config.supergraph.listen));
    load.reconfigure(overloadSettings(config));
    logger.level = config.telemetry.logging.level;
    observer.metrics?.count('weir_config_reloads_total', 'taken');
    logger.info('configuration taken over');
    return { before, settled: rebased.settled };
}
/** `undefined` when the policies of before stay. */
async function withPoliciesAsTheyAre({ supply, observer: { logger }, }) {
    const before = supply.basis();
    const basis = { ...before, judge: judgeFor(before.config, logger) };
    const rebased = await supply.rebase(basis);
    if (rebased.kind === 'refused') {
        logger.error({ problems: rebased.text }, 'the policies cannot be taken over; the last good ones stay');
        await closeBasis(basis, before);
        return undefined;
    }
    logger.info('policies taken over');
    return { before, settled: rebased.settled };
}
//# sourceMappingURL=reconfiguration.js.map