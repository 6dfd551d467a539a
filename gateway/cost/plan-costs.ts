import { Kind, parse, visit, type DocumentNode } from 'graphql';
import type { EntityPath, FetchNode, Plan, PlanNode } from '../model/plan.ts';
import { mostCost, type Variables } from './amount.ts';
import type { Costs } from './operation-cost.ts';

/** What one subgraph is asked for one operation, before it runs. */
export interface SubgraphShare {
  readonly subgraph: string;
  readonly calls: number;
  /** Asked for by key in these calls, at most. */
  readonly entities: number;
  readonly cost: number;
}

export interface PlanCostSettings {
  /** Of the operation, as the client wrote it. */
  readonly operation: { readonly document: DocumentNode; readonly kind: FetchNode['operationKind'] };
  readonly variables: Variables;
  /** By the whole supergraph's schema, with lists as long as is said for a subgraph. */
  readonly costsFor: (subgraph: string) => Costs;
  /** By the schema that clients see. */
  readonly clientCosts: Costs;
}

/**
 * Costs of a plan's calls by subgraph, dearest first. Entities count as often as the lists above them promise; where an
 * operation's own selections do not tell (the planner may fetch more than was asked), as often as what is above.
 */
export function planCosts(plan: Plan, settings: PlanCostSettings): readonly SubgraphShare[] {
  const shares = new Map<string, SubgraphShare>();
  for (const fetch of fetchesIn(plan.root, settings.variables)) {
    const entities = entitiesOf(fetch, plan, settings);
    const document = parse(fetch.document, { noLocation: true });
    const cost = settings.costsFor(fetch.subgraph).of({ document, kind: fetch.operationKind });
    const estimate = cost.estimate({ ...settings.variables, representations: entities });
    const before = shares.get(fetch.subgraph) ?? {
      ...{ subgraph: fetch.subgraph, calls: 0, entities: 0, cost: 0 },
    };
    shares.set(fetch.subgraph, {
      subgraph: fetch.subgraph,
      calls: before.calls + 1,
      entities: Math.min(mostCost, before.entities + entities),
      cost: Math.min(mostCost, before.cost + estimate.cost),
    });
  }
  return [...shares.values()].sort((a, b) => b.cost - a.cost);
}

/** Those that run with these variables. */
function fetchesIn(node: PlanNode | undefined, variables: Variables): readonly FetchNode[] {
  if (node === undefined) return [];
  switch (node.kind) {
    case 'fetch':
      return [node];
    case 'sequence':
      return node.steps.flatMap((step) => fetchesIn(step, variables));
    case 'parallel':
      return node.branches.flatMap((branch) => fetchesIn(branch, variables));
    case 'condition':
      return fetchesIn(variables[node.variable] === true ? node.whenTrue : node.whenFalse, variables);
  }
}

function entitiesOf({ entities }: FetchNode, plan: Plan, settings: PlanCostSettings): number {
  if (entities === undefined) return 0;
  const names = responseNames(plan, settings.operation.document);
  const cost = settings.clientCosts.of(settings.operation);
  let count = 0;
  for (const path of entities.paths) count += cost.objectsAt(keysIn(path, names), settings.variables);
  return Math.min(mostCost, count);
}

function keysIn(path: EntityPath, names: ReadonlyMap<string, string>): readonly string[] {
  return path.flatMap((step) => (step.kind === 'field' ? [names.get(step.name) ?? step.name] : []));
}

/** What the client calls the fields that stand under another key in the gathered data. */
function responseNames({ internalKeys }: Plan, document: DocumentNode): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  let index = 0;
  visit(document, {
    [Kind.FIELD]: {
      enter: ({ alias, name }) => {
        const key = internalKeys[index];
        index += 1;
        if (key !== undefined) names.set(key, (alias ?? name).value);
      },
    },
  });
  return names;
}
