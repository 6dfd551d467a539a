import { basisFor, closeBasis } from "./basis.js";
import { reconfigured } from "./config-change.js";
import { edgeSettings, overloadSettings } from "./stage-settings.js";
/** Replaces the configuration of a running gateway as a whole, or not at all. */
export function reconfiguration(running) {
    const { supply, observer } = running;
    const leaving = new Set();
    let last = Promise.resolve();
    return {
        reconfigure: (loaded) => {
            if (!loaded.ok) {
                observer.logger.error({ problems: loaded.text }, 'the configuration is not valid; the last one stays');
                return Promise.resolve();
            }
            last = last.then(async () => {
                const replaced = await replace(running, loaded.config).catch((cause) => {
                    observer.logger.error({ err: cause }, 'a configuration cannot be taken over; the last one stays');
                });
                if (replaced === undefined)
                    return;
                const { before, settled } = replaced;
                const left = settled
                    .then(() => closeBasis(before, supply.basis()))
                    .finally(() => leaving.delete(left));
                leaving.add(left);
            });
            return last;
        },
        closed: async () => {
            await last;
            await Promise.all(leaving);
            await closeBasis(supply.basis());
        },
    };
}
/** `undefined` when everything stays as it is. */
async function replace({ supply, observer, edge, load }, next) {
    const { logger } = observer;
    const before = supply.basis();
    const { config, changed, afterRestart } = reconfigured(before.config, next);
    if (afterRestart.length > 0)
        logger.warn({ keys: afterRestart }, 'these take effect after a restart');
    if (!changed)
        return undefined;
    const basis = basisFor(config, logger, before);
    const rebased = await supply.rebase(basis);
    if (rebased.kind === 'refused') {
        logger.error({ problems: rebased.text }, 'a configuration cannot be taken over; the last one stays');
        await closeBasis(basis, before);
        return undefined;
    }
    edge.reconfigure(edgeSettings(config, config.supergraph.listen));
    load.reconfigure(overloadSettings(config));
    logger.level = config.telemetry.logging.level;
    logger.info('configuration taken over');
    return { before, settled: rebased.settled };
}
//# sourceMappingURL=reconfiguration.js.map