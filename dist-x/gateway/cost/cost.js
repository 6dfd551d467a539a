import { Kind, visit } from 'graphql';
import { amountOf, mostCost } from "./amount.js";
import { answerCount } from "./answer-count.js";
import { costShares } from "./cost-shares.js";
import { costTree } from "./cost-tree-maker.js";
import { objectsAt } from "./objects-at.js";
import { selectedFields } from "./selected-fields.js";
import { readWeights } from "./weights.js";
export { mostCost };
export { planCosts } from "./plan-costs.js";
export { createSubgraphCosts, } from "./subgraph-costs.js";
/** Combinations of `@skip` and `@include` variables kept for one operation; all others count as if all were asked. */
const mostVariants = 16;
/**
 * Costs of operations by `@cost` and `@listSize` of the full supergraph, by Apollo's defaults: objects weigh 1, scalars
 * and enums 0, mutations 10. https://ibm.github.io/graphql-specs/cost-spec.html
 */
export function createCosts(supergraph, schema, settings) {
    const weights = readWeights(supergraph);
    const known = new WeakMap();
    let turn = 0;
    const make = (operation) => {
        const treeFor = (booleans) => costTree({ schema, weights, listSize: settings.listSize }, selectedFields(schema, operation.document, booleans), operation.kind);
        const tree = variants(conditionVariables(operation.document), treeFor);
        return {
            estimate: (variables) => {
                const { amount, faults, faulty } = tree(variables);
                const cost = amountOf(amount, variables, ++turn);
                return { cost, unsliced: amountOf(faults, variables, turn) > 0 ? faulty : [] };
            },
            counting: (dataKey) => {
                const counts = new WeakMap();
                return (data, variables) => {
                    const chosen = tree(variables);
                    const count = counts.get(chosen) ?? answerCount(chosen, dataKey);
                    counts.set(chosen, count);
                    return count(data, variables);
                };
            },
            shares: (variables) => costShares(tree(variables), variables, ++turn),
            objectsAt: (path, variables) => objectsAt(tree(variables), path, { variables, turn: ++turn }),
        };
    };
    return {
        of: (operation) => {
            const cost = known.get(operation) ?? make(operation);
            known.set(operation, cost);
            return cost;
        },
    };
}
/** One tree for each combination of the variables, as they come. */
function variants(names, treeFor) {
    if (names.length === 0) {
        let only;
        return () => (only ??= treeFor(undefined));
    }
    const trees = new Map();
    let all;
    return (variables) => {
        const key = names.map((name) => (variables[name] === true ? '1' : '0')).join('');
        const known = trees.get(key);
        if (known !== undefined)
            return known;
        // Whoever changes the combination each time pays for all of it.
        if (trees.size >= mostVariants)
            return (all ??= treeFor(undefined));
        const tree = treeFor((name) => variables[name] === true);
        trees.set(key, tree);
        return tree;
    };
}
/** Variables that decide by `@skip` or `@include` what is part of the operation. */
function conditionVariables(document) {
    const names = new Set();
    visit(document, {
        Directive({ name, arguments: given }) {
            if (name.value !== 'skip' && name.value !== 'include')
                return;
            const condition = given?.find((one) => one.name.value === 'if')?.value;
            if (condition?.kind === Kind.VARIABLE)
                names.add(condition.name.value);
        },
    });
    return [...names];
}
//# sourceMappingURL=cost.js.map