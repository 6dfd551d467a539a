import { Kind, parse, visit } from 'graphql';
import { mostCost } from "./amount.js";
/**
 * Costs of a plan's calls by subgraph, dearest first. Entities count as often as the lists above them promise; where an
 * operation's own selections do not tell (the planner may fetch more than was asked), as often as what is above.
 */
export function planCosts(plan, settings) {
    const shares = new Map();
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
function fetchesIn(node, variables) {
    if (node === undefined)
        return [];
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
function entitiesOf({ entities }, plan, settings) {
    if (entities === undefined)
        return 0;
    const names = responseNames(plan, settings.operation.document);
    const cost = settings.clientCosts.of(settings.operation);
    let count = 0;
    for (const path of entities.paths)
        count += cost.objectsAt(keysIn(path, names), settings.variables);
    return Math.min(mostCost, count);
}
function keysIn(path, names) {
    return path.flatMap((step) => (step.kind === 'field' ? [names.get(step.name) ?? step.name] : []));
}
/** What the client calls the fields that stand under another key in the gathered data. */
function responseNames({ internalKeys }, document) {
    const names = new Map();
    let index = 0;
    visit(document, {
        [Kind.FIELD]: {
            enter: ({ alias, name }) => {
                const key = internalKeys[index];
                index += 1;
                if (key !== undefined)
                    names.set(key, (alias ?? name).value);
            },
        },
    });
    return names;
}
//# sourceMappingURL=plan-costs.js.map