import { compile } from "../execute/execute.js";
import { activeLabels } from "../plan/plan.js";
import { isCached } from "./response-cache.js";
import { countedPlanning } from "./service-numbers.js";
/** The plan of an operation of which nothing is left for the caller. */
const nothingToFetch = { root: undefined, internalKeys: {} };
/** Plans operations of one supergraph and compiles the plans, each once. */
export function plannedOperations(basis) {
    const { supergraph, planner, config, metrics } = basis;
    const heldLabels = labelsThatHold(config);
    const runnable = runnables(compiler(basis));
    return (operation, authorized, signal) => {
        const { allowed, shape } = authorized;
        const ready = (plan) => {
            const run = runnable({ plan, operation, authorized });
            return { kind: 'planned', plan, run };
        };
        if (allowed === undefined)
            return ready(nothingToFetch);
        const labels = activeLabels(supergraph.overrideLabels, Math.random, heldLabels);
        const known = planner.known(allowed, { shape, labels });
        if (known !== undefined)
            return ready(known);
        const planning = planner.plan(allowed, { shape, labels, signal });
        return (metrics === undefined ? planning : countedPlanning(planning, metrics)).then((planned) => planned.kind === 'failed' ? planned : ready(planned.plan));
    };
}
function compiler({ supergraph: { apiSchema: schema }, fullSchema, config, costs, }) {
    const { max_representations: maxRepresentations } = config.limits.subgraph.all;
    const settings = { maxRepresentations, joins: (name) => joinsEntityCalls(config, name) };
    return ({ plan, operation, authorized: { allowed, denied, introspected } }) => compile({
        ...(allowed === undefined ? {} : { planned: allowed }),
        ...{ plan, operation, denied, schema, introspected, fullSchema, settings },
        weighing: costs?.of(operation).counting,
    });
}
/** Keeps what was compiled for as long as the plan and the operation are kept by their own caches. */
function runnables(make) {
    const byPlan = new WeakMap();
    return (subject) => {
        const { plan, operation, authorized } = subject;
        const byOperation = byPlan.get(plan) ?? new WeakMap();
        byPlan.set(plan, byOperation);
        // A plan is for one shape, but for the empty one, which serves every shape that leaves nothing.
        const byShape = byOperation.get(operation) ?? new Map();
        byOperation.set(operation, byShape);
        const run = byShape.get(authorized.shape) ?? make(subject);
        if (byShape.size < maxShapes)
            byShape.set(authorized.shape, run);
        return run;
    };
}
const maxShapes = 64;
/** Entities are kept one by one, so what is kept is asked for kind by kind. */
function joinsEntityCalls(config, subgraph) {
    const { all, subgraphs } = config.traffic_shaping;
    const named = Object.hasOwn(subgraphs, subgraph) ? subgraphs[subgraph]?.join_entity_calls : undefined;
    return (named ?? all.join_entity_calls) && !isCached(config, subgraph);
}
/** Labels of progressive overrides that the configuration turns on. */
const labelsThatHold = ({ override_labels: labels }) => new Set(Object.keys(labels).filter((label) => labels[label] === true));
//# sourceMappingURL=planned-operations.js.map