import { parse } from 'graphql';
import { WeirError } from "../model/errors.js";
import { mostCost } from "./amount.js";
/**
 * Costs of what subgraphs are asked, by the same weights as those of operations: worked out once for each fetch of a
 * plan. Entities are objects like others, as many as are asked for at run time.
 * @param costsFor by the length of lists of which the schema says nothing.
 */
export function createSubgraphCosts(settings, costsFor) {
    const bySize = remembered(costsFor);
    const plans = new WeakMap();
    const fetchesOf = (plan) => {
        const known = plans.get(plan) ?? remembered((name) => subgraphFetches(settings, name, bySize));
        plans.set(plan, known);
        return known;
    };
    return {
        enter: (plan, variables, tell) => new Meter({ settings, fetches: fetchesOf(plan), variables, tell }),
    };
}
function subgraphFetches({ all, subgraphs }, name, bySize) {
    const limit = subgraphs.get(name) ?? all;
    const known = new Map();
    const make = (document, kind) => {
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
class Meter {
    #metering;
    /** Estimates of the calls that were made, by subgraph. */
    #asked = new Map();
    #told = new Set();
    #actual = 0;
    constructor(metering) {
        this.#metering = metering;
    }
    actual() {
        return this.#metering.settings.weighed ? this.#actual : undefined;
    }
    calls(made) {
        const { settings, fetches } = this.#metering;
        return (call, context) => {
            const { subgraph, parts, joined } = call;
            const document = (parts ?? joined)?.document;
            if (document === undefined)
                return made(call, context);
            const { limit, of } = fetches(subgraph);
            const fetch = of(document, call.operationKind);
            const variables = this.#variablesOf(call);
            const refused = limit.max === undefined ? undefined : this.#ask(subgraph, limit.max, fetch, variables);
            if (refused !== undefined)
                return Promise.resolve(refused);
            const answer = made(call, context);
            return settings.weighed ? this.#weighed(answer, fetch, variables) : answer;
        };
    }
    #variablesOf({ entityCount, joined }) {
        const { variables } = this.#metering;
        if (joined !== undefined)
            return { ...variables, ...joined.entityCounts };
        return entityCount === 0 ? variables : { ...variables, representations: entityCount };
    }
    /** What stands in place of the answer to a call that is not made. */
    #ask(subgraph, max, fetch, variables) {
        const { settings, tell } = this.#metering;
        const before = this.#asked.get(subgraph) ?? 0;
        const estimated = Math.min(mostCost, before + fetch.estimate(variables).cost);
        const isTooMuch = estimated > max;
        if (isTooMuch && !this.#told.has(subgraph)) {
            this.#told.add(subgraph);
            tell(`SUBGRAPH_COST_ESTIMATED_TOO_EXPENSIVE ${subgraph}`);
        }
        if (isTooMuch && settings.enforced)
            return tooExpensive(subgraph, estimated, max);
        this.#asked.set(subgraph, estimated);
        return undefined;
    }
    async #weighed(asked, fetch, variables) {
        const answer = await asked;
        // Before it is merged: what is gathered is no longer what this subgraph gave.
        if (answer.kind === 'answered' && answer.data !== null)
            this.#actual = Math.min(mostCost, this.#actual + counted(answer.data, fetch, variables));
        return answer;
    }
}
function counted(data, { count, estimate }, variables) {
    try {
        return count(data, variables);
    }
    catch (error) {
        if (!(error instanceof RangeError))
            throw error;
        // Lists in lists, nested more deeply than any schema has them.
        return estimate(variables).cost;
    }
}
function tooExpensive(subgraph, estimated, maximum) {
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
function remembered(make) {
    const known = new Map();
    return (key) => {
        const value = known.get(key) ?? make(key);
        known.set(key, value);
        return value;
    };
}
//# sourceMappingURL=subgraph-costs.js.map