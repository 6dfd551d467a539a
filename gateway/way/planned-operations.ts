import type { GraphQLSchema } from 'graphql';
import type { GatewayConfig } from '../config/config.ts';
import type { Costs } from '../cost/cost.ts';
import { compile } from '../execute/execute.ts';
import type { CancelSignal } from '../model/cancellation.ts';
import type { Runnable } from '../model/execution.ts';
import type { Metrics } from '../model/metrics.ts';
import type { AuthorizedOperation, Operation } from '../model/operation.ts';
import type { Plan, PlanFailure } from '../model/plan.ts';
import { activeLabels, type Planner, type Supergraph } from '../plan/plan.ts';
import { isCached } from './response-cache.ts';
import { countedPlanning } from './service-numbers.ts';

/** An operation ready to run, with the plan it was compiled from. */
export type Planned =
  | { readonly kind: 'planned'; readonly plan: Plan; readonly run: Runnable }
  | { readonly kind: 'failed'; readonly failure: PlanFailure };

/** The plan of an operation as far as its caller may have it, compiled; at once where it is known. */
export type PlannedOperations = (
  operation: Operation,
  authorized: AuthorizedOperation,
  signal: CancelSignal,
) => Planned | Promise<Planned>;

interface PlanningBasis {
  readonly supergraph: Supergraph;
  /** With everything that clients do not see. */
  readonly fullSchema: GraphQLSchema;
  readonly planner: Planner;
  readonly config: GatewayConfig;
  /** What the answer is weighed by; `undefined`: it is not. */
  readonly costs: Costs | undefined;
  readonly metrics: Metrics | undefined;
}

/** The plan of an operation of which nothing is left for the caller. */
const nothingToFetch: Plan = { root: undefined, internalKeys: {} };

/** Plans operations of one supergraph and compiles the plans, each once. */
export function plannedOperations(basis: PlanningBasis): PlannedOperations {
  const { supergraph, planner, config, metrics } = basis;
  const heldLabels = labelsThatHold(config);
  const runnable = runnables(compiler(basis));
  return (operation, authorized, signal) => {
    const { allowed, shape } = authorized;
    const ready = (plan: Plan): Planned => {
      const run = runnable({ plan, operation, authorized });
      return { kind: 'planned', plan, run };
    };
    if (allowed === undefined) return ready(nothingToFetch);
    const labels = activeLabels(supergraph.overrideLabels, Math.random, heldLabels);
    const known = planner.known(allowed, { shape, labels });
    if (known !== undefined) return ready(known);
    const planning = planner.plan(allowed, { shape, labels, signal });
    return (metrics === undefined ? planning : countedPlanning(planning, metrics)).then((planned) =>
      planned.kind === 'failed' ? planned : ready(planned.plan),
    );
  };
}

function compiler({
  supergraph: { apiSchema: schema },
  fullSchema,
  config,
  costs,
}: PlanningBasis): (subject: RunnableSubject) => Runnable {
  const { max_representations: maxRepresentations } = config.limits.subgraph.all;
  const settings = { maxRepresentations, joins: (name: string) => joinsEntityCalls(config, name) };
  return ({ plan, operation, authorized: { allowed, denied, introspected } }) =>
    compile({
      ...(allowed === undefined ? {} : { planned: allowed }),
      ...{ plan, operation, denied, schema, introspected, fullSchema, settings },
      weighing: costs?.of(operation).counting,
    });
}

interface RunnableSubject {
  readonly plan: Plan;
  readonly operation: Operation;
  readonly authorized: AuthorizedOperation;
}

/** Keeps what was compiled for as long as the plan and the operation are kept by their own caches. */
function runnables(make: (subject: RunnableSubject) => Runnable): (subject: RunnableSubject) => Runnable {
  const byPlan = new WeakMap<Plan, WeakMap<Operation, Map<string, Runnable>>>();
  return (subject) => {
    const { plan, operation, authorized } = subject;
    const byOperation = byPlan.get(plan) ?? new WeakMap<Operation, Map<string, Runnable>>();
    byPlan.set(plan, byOperation);
    // A plan is for one shape, but for the empty one, which serves every shape that leaves nothing.
    const byShape = byOperation.get(operation) ?? new Map<string, Runnable>();
    byOperation.set(operation, byShape);
    const run = byShape.get(authorized.shape) ?? make(subject);
    if (byShape.size < maxShapes) byShape.set(authorized.shape, run);
    return run;
  };
}

const maxShapes = 64;

/** Entities are kept one by one, so what is kept is asked for kind by kind. */
function joinsEntityCalls(config: GatewayConfig, subgraph: string): boolean {
  const { all, subgraphs } = config.traffic_shaping;
  const named = Object.hasOwn(subgraphs, subgraph) ? subgraphs[subgraph]?.join_entity_calls : undefined;
  return (named ?? all.join_entity_calls) && !isCached(config, subgraph);
}

/** Labels of progressive overrides that the configuration turns on. */
const labelsThatHold = ({ override_labels: labels }: GatewayConfig): ReadonlySet<string> =>
  new Set(Object.keys(labels).filter((label) => labels[label] === true));
