import { buildASTSchema } from 'graphql';
import type { GatewayConfig } from '../../gateway/config/config.ts';
import { createCosts, planCosts, type Costs, type SubgraphShare } from '../../gateway/cost/cost.ts';
import type { Operation } from '../../gateway/model/operation.ts';
import { createPlanner, loadSupergraph } from '../../gateway/plan/plan.ts';
import { enforcedDirectives } from '../../gateway/service.ts';
import { plannerSettings } from '../../gateway/settings/stage-settings.ts';
import { subgraphLimits } from '../../gateway/settings/toll-settings.ts';

/** A subgraph's share of an operation, and what gateway.yaml allows it. */
export interface LimitedShare extends SubgraphShare {
  /** `undefined`: no limit. */
  readonly max: number | undefined;
}

export interface CostlyOperation {
  readonly operation: Operation;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What each subgraph is asked for an operation, by its plan; a sentence when it has none. Takes a second to plan. */
export async function subgraphCosts(
  sdl: string,
  config: GatewayConfig,
  { operation, variables }: CostlyOperation,
): Promise<readonly LimitedShare[] | string> {
  const loaded = loadSupergraph(sdl, { enforced: enforcedDirectives });
  if (loaded.kind === 'refused') return loaded.problems[0]?.message ?? 'the supergraph cannot be planned on';
  const { supergraph } = loaded;
  const planner = createPlanner(supergraph, plannerSettings(config));
  try {
    const { signal } = new AbortController();
    const planned = await planner.plan(operation, { shape: 'all', labels: new Set(), signal });
    if (planned.kind === 'failed') return planned.failure.message;
    const { document, apiSchema } = supergraph;
    const full = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
    const limitOf = subgraphLimits(config);
    const costsFor = (subgraph: string): Costs =>
      createCosts(document, full, { listSize: limitOf(subgraph).listSize });
    const { list_size: listSize } = config.demand_control.strategy.static_estimated;
    const clientCosts = createCosts(document, apiSchema, { listSize });
    const shares = planCosts(planned.plan, { operation, variables, costsFor, clientCosts });
    return shares.map((share) => ({ ...share, max: limitOf(share.subgraph).max }));
  } finally {
    await planner.close();
  }
}
