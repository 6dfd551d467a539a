import { activeLabels } from "./override-labels.js";
import { PlanCache, } from "./plan-cache.js";
import { plannerVersion } from "./planner-version.js";
import { PlanningPool } from "./planning-pool.js";
import { loadSupergraph, } from "./supergraph.js";
import { withSharedPlans } from "./shared-plans.js";
export { activeLabels, loadSupergraph };
/** Settings for one gateway on an ordinary machine. */
export const plannerDefaults = {
    workers: 1,
    timeoutMs: 5_000,
    memoryMb: 1_024,
    queueLimit: 200,
    options: { typeConditionedFetching: false },
    cache: { maxPlans: 512, maxBytes: 64 * 1024 * 1024, failureMs: 30_000 },
};
/**
 * A planner in threads of its own, which start at once; plans are remembered, and shared with other gateways where
 * `shared` is given. Close it when it is replaced.
 */
export function createPlanner(supergraph, settings, shared) {
    const pool = new PlanningPool({ ...settings, plannerSdl: supergraph.plannerSdl });
    const own = (request, signal) => pool.plan(request, signal);
    const planning = shared === undefined ? own : withSharedPlans(own, shared, originOf(supergraph, settings));
    const cache = new PlanCache(settings.cache, planning);
    const known = (labels) => labels.size === 0 ? labels : new Set(supergraph.overrideLabels.filter((label) => labels.has(label)));
    return {
        ready: pool.ready,
        known: (operation, { shape, labels }) => cache.known({ operation, shape, labels: known(labels) }),
        plan: (operation, { shape, labels, signal }) => cache.plan({ operation, shape, labels: known(labels) }, signal),
        warmUp: async (operations, signal, onProgress) => {
            let progress = { done: 0, total: operations.length, failed: 0 };
            for (const { operation, shape, labels } of operations) {
                if (signal.aborted)
                    break;
                const { kind } = await cache.plan({ operation, shape, labels: known(labels) }, signal);
                progress = {
                    ...progress,
                    done: progress.done + 1,
                    failed: progress.failed + (kind === 'failed' ? 1 : 0),
                };
                onProgress?.(progress);
            }
            return progress;
        },
        hottest: (count) => cache.hottest(count),
        stats: () => ({ ...cache.stats(), ...pool.stats() }),
        close: () => pool.close(),
    };
}
function originOf({ id, subgraphs }, { options }) {
    const version = `${plannerVersion()} ${JSON.stringify(options)}`;
    return { plannerVersion: version, supergraphId: id, subgraphs: new Set(subgraphs.keys()) };
}
//# sourceMappingURL=plan.js.map