import { Kind, parse, } from 'graphql';
import { fetchesOf } from "./plan-nodes.js";
/**
 * The response names of root fields that a plan forgets to fetch: the planner silently drops branches for which it
 * sees no possible type. Fields that can never be asked for are not missed.
 */
export function uncoveredRootFields(operation, root) {
    const rootFetches = fetchesOf(root).filter((fetch) => fetch.entities === undefined);
    const fetched = new Set(rootFetches.flatMap((fetch) => [...rootFieldsOf(parse(fetch.document))]));
    return [...rootFieldsOf(operation)].filter((name) => !fetched.has(name));
}
function rootFieldsOf(document) {
    const fragments = new Map();
    const names = new Set();
    for (const node of document.definitions) {
        if (node.kind === Kind.FRAGMENT_DEFINITION)
            fragments.set(node.name.value, node);
    }
    for (const node of document.definitions) {
        if (node.kind === Kind.OPERATION_DEFINITION)
            collect(node.selectionSet, { fragments, names, conditions: [] });
    }
    return names;
}
function collect(set, state) {
    for (const node of set.selections) {
        const conditions = [...state.conditions, ...(node.directives ?? []).flatMap(conditionOf)];
        if (isNever(conditions))
            continue;
        if (node.kind === Kind.FIELD) {
            if (node.name.value !== '__typename')
                state.names.add(node.alias?.value ?? node.name.value);
            continue;
        }
        const inner = node.kind === Kind.INLINE_FRAGMENT
            ? node.selectionSet
            : state.fragments.get(node.name.value)?.selectionSet;
        if (inner !== undefined)
            collect(inner, { ...state, conditions });
    }
}
function conditionOf(node) {
    if (node.name.value !== 'skip' && node.name.value !== 'include')
        return [];
    const value = node.arguments?.find(({ name }) => name.value === 'if')?.value;
    return value?.kind === Kind.VARIABLE
        ? [{ variable: value.name.value, wants: node.name.value === 'include' }]
        : [];
}
function isNever(conditions) {
    return conditions.some(({ variable, wants }) => conditions.some((other) => other.variable === variable && other.wants !== wants));
}
//# sourceMappingURL=root-coverage.js.map