import { parse, type DocumentNode, type FieldNode } from 'graphql';
import { WeirError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { Caller, SubgraphAnswer, SubgraphCall } from '../model/subgraph-call.ts';
import { mostCost, type Variables } from './amount.ts';
import type { AnswerCount } from './answer-count.ts';

export interface SubgraphCostLimit {
  /** For all calls of one operation; `undefined`: they have no limit. */
  readonly max: number | undefined;
  /** Items of a list of which the schema says nothing. */
  readonly listSize: number;
}

export interface SubgraphCostSettings {
  /** Calls over the maximum are not made; else it is only told. */
  readonly enforced: boolean;
  /** The answers of subgraphs are weighed. */
  readonly weighed: boolean;
  readonly all: SubgraphCostLimit;
  /** In place of `all`, by name. */
  readonly subgraphs: ReadonlyMap<string, SubgraphCostLimit>;
}

/** What the calls of one operation that runs cost. */
interface SubgraphMeter {
  readonly calls: (made: Caller) => Caller;
  /** What the answers so far weigh together; `undefined` when nobody asks. */
  readonly actual: () => number | undefined;
}

export interface SubgraphCosts {
  /** `tell` is given a warning for the log, once for each subgraph of which too much is asked. */
  readonly enter: (plan: Plan, variables: Variables, tell: (warning: string) => void) => SubgraphMeter;
}

/** What tells the cost of documents by the whole supergraph's schema. */
interface FetchCosts {
  readonly of: (fetch: { readonly document: DocumentNode; readonly kind: SubgraphCall['operationKind'] }) => {
    readonly estimate: FetchCost['estimate'];
    readonly counting: (dataKey: (node: FieldNode) => string) => AnswerCount;
  };
}

interface FetchCost {
  readonly estimate: (variables: Variables) => { readonly cost: number };
  readonly count: AnswerCount;
}

/** The fetches of one plan from one subgraph. */
interface SubgraphFetches {
  readonly limit: SubgraphCostLimit;
  readonly of: (document: string, kind: SubgraphCall['operationKind']) => FetchCost;
}

type Data = Readonly<Record<string, unknown>>;

type PlanFetches = (subgraph: string) => SubgraphFetches;

/**
 * Costs of what subgraphs are asked, by the same weights as those of operations: worked out once for each fetch of a
 * plan. Entities are objects like others, as many as are asked for at run time.
 * @param costsFor by the length of lists of which the schema says nothing.
 */
export function createSubgraphCosts(
  settings: SubgraphCostSettings,
  costsFor: (listSize: number) => FetchCosts,
): SubgraphCosts {
  const bySize = remembered(costsFor);
  const plans = new WeakMap<Plan, PlanFetches>();
  const fetchesOf = (plan: Plan): PlanFetches => {
    const known = plans.get(plan) ?? remembered((name) => subgraphFetches(settings, name, bySize));
    plans.set(plan, known);
    return known;
  };
  return {
    enter: (plan, variables, tell) => new Meter({ settings, fetches: fetchesOf(plan), variables, tell }),
  };
}

function subgraphFetches(
  { all, subgraphs }: SubgraphCostSettings,
  name: string,
  bySize: (listSize: number) => FetchCosts,
): SubgraphFetches {
  const limit = subgraphs.get(name) ?? all;
  const known = new Map<string, FetchCost>();
  const make = (document: string, kind: SubgraphCall['operationKind']): FetchCost => {
    const cost = bySize(limit.listSize).of({ document: parse(document, { noLocation: true }), kind });
    return {
      estimate: cost.estimate,
      count: cost.counting(({ alias, name: field }) => (alias ?? field).value),
    };
  };
  return {
    limit,
    of: (document, kind) => {
      const fetch = known.get(document) ?? make(document, kind);
      known.set(document, fetch);
      return fetch;
    },
  };
}

interface Metering {
  readonly settings: SubgraphCostSettings;
  readonly fetches: PlanFetches;
  readonly variables: Variables;
  readonly tell: (warning: string) => void;
}

class Meter implements SubgraphMeter {
  readonly #metering: Metering;
  /** Estimates of the calls that were made, by subgraph. */
  readonly #asked = new Map<string, number>();
  readonly #told = new Set<string>();
  #actual = 0;

  constructor(metering: Metering) {
    this.#metering = metering;
  }

  actual(): number | undefined {
    return this.#metering.settings.weighed ? this.#actual : undefined;
  }

  calls(made: Caller): Caller {
    const { settings, fetches } = this.#metering;
    return (call, context) => {
      const { subgraph, parts, joined } = call;
      const document = (parts ?? joined)?.document;
      if (document === undefined) return made(call, context);
      const { limit, of } = fetches(subgraph);
      const fetch = of(document, call.operationKind);
      const variables = this.#variablesOf(call);
      const refused = limit.max === undefined ? undefined : this.#ask(subgraph, limit.max, fetch, variables);
      if (refused !== undefined) return Promise.resolve(refused);
      const answer = made(call, context);
      return settings.weighed ? this.#weighed(answer, fetch, variables) : answer;
    };
  }

  #variablesOf({ entityCount, joined }: SubgraphCall): Variables {
    const { variables } = this.#metering;
    if (joined !== undefined) return { ...variables, ...joined.entityCounts };
    return entityCount === 0 ? variables : { ...variables, representations: entityCount };
  }

  /** What stands in place of the answer to a call that is not made. */
  #ask(subgraph: string, max: number, fetch: FetchCost, variables: Variables): SubgraphAnswer | undefined {
    const { settings, tell } = this.#metering;
    const before = this.#asked.get(subgraph) ?? 0;
    const estimated = Math.min(mostCost, before + fetch.estimate(variables).cost);
    const isTooMuch = estimated > max;
    if (isTooMuch && !this.#told.has(subgraph)) {
      this.#told.add(subgraph);
      tell(`SUBGRAPH_COST_ESTIMATED_TOO_EXPENSIVE ${subgraph}`);
    }
    if (isTooMuch && settings.enforced) return tooExpensive(subgraph, estimated, max);
    this.#asked.set(subgraph, estimated);
    return undefined;
  }

  async #weighed(
    asked: Promise<SubgraphAnswer>,
    fetch: FetchCost,
    variables: Variables,
  ): Promise<SubgraphAnswer> {
    const answer = await asked;
    // Before it is merged: what is gathered is no longer what this subgraph gave.
    if (answer.kind === 'answered' && answer.data !== null)
      this.#actual = Math.min(mostCost, this.#actual + counted(answer.data, fetch, variables));
    return answer;
  }
}

function counted(data: Data, { count, estimate }: FetchCost, variables: Variables): number {
  try {
    return count(data, variables);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Lists in lists, nested more deeply than any schema has them.
    return estimate(variables).cost;
  }
}

function tooExpensive(subgraph: string, estimated: number, maximum: number): SubgraphAnswer {
  const asked = `What is asked of subgraph "${subgraph}" may cost ${String(estimated)}`;
  const allowed = `at most ${String(maximum)} allowed, demand_control.strategy.static_estimated.subgraph`;
  const message = `${asked} (${allowed}). Ask for fewer or shorter lists.`;
  return {
    kind: 'failed',
    error: new WeirError('SUBGRAPH_COST_ESTIMATED_TOO_EXPENSIVE', message, {
      extensions: { estimated, maximum },
    }),
  };
}

function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}
