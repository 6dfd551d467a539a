import { buildASTSchema } from 'graphql';
import { createCosts, planCosts } from "../../gateway/cost/cost.js";
import { createPlanner, loadSupergraph } from "../../gateway/plan/plan.js";
import { enforcedDirectives } from "../../gateway/service.js";
import { plannerSettings } from "../../gateway/settings/stage-settings.js";
import { subgraphLimits } from "../../gateway/settings/toll-settings.js";
/** What each subgraph is asked for an operation, by its plan; a sentence when it has none. Takes a second to plan. */
export async function subgraphCosts(sdl, config, { operation, variables }) {
    const loaded = loadSupergraph(sdl, { enforced: enforcedDirectives });
    if (loaded.kind === 'refused')
        return loaded.problems[0]?.message ?? 'the supergraph cannot be planned on';
    const { supergraph } = loaded;
    const planner = createPlanner(supergraph, plannerSettings(config));
    try {
        const { signal } = new AbortController();
        const planned = await planner.plan(operation, { shape: 'all', labels: new Set(), signal });
        if (planned.kind === 'failed')
            return planned.failure.message;
        const { document, apiSchema } = supergraph;
        const full = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
        const limitOf = subgraphLimits(config);
        const costsFor = (subgraph) => createCosts(document, full, { listSize: limitOf(subgraph).listSize });
        const { list_size: listSize } = config.demand_control.strategy.static_estimated;
        const clientCosts = createCosts(document, apiSchema, { listSize });
        const shares = planCosts(planned.plan, { operation, variables, costsFor, clientCosts });
        return shares.map((share) => ({ ...share, max: limitOf(share.subgraph).max }));
    }
    finally {
        await planner.close();
    }
}
//# sourceMappingURL=subgraph-costs.js.map