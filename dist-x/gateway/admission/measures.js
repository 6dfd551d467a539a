import { Kind, } from 'graphql';
import { innermostFirst } from "./fragment-order.js";
/** Counters stop here: a fragment bomb reaches any number. */
export const mostCounted = 1_000_000_000;
const nothing = {
    ...{ depth: 0, height: 0, aliases: 0, rootFields: 0 },
    ...{ directives: 0, introspection: 0, lists: 0 },
};
/**
 * Measures without expanding: each selection set is measured once, fragments after those they spread. The document
 * holds one operation; it need not be valid; a spread that closes a circle counts nothing, as validation refuses it.
 */
export function measureOperation(document) {
    const fragments = new Map();
    let operation;
    for (const definition of document.definitions) {
        if (definition.kind === Kind.FRAGMENT_DEFINITION)
            fragments.set(definition.name.value, definition);
        else if (definition.kind === Kind.OPERATION_DEFINITION)
            operation = definition;
    }
    const sets = new Map();
    const inside = (selection) => {
        const selections = selection.kind === Kind.FRAGMENT_SPREAD
            ? fragments.get(selection.name.value)?.selectionSet
            : selection.selectionSet;
        return { selections, measures: (selections && sets.get(selections)) ?? nothing };
    };
    const measureSet = (set) => {
        for (const selection of set.selections)
            if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet !== undefined)
                measureSet(selection.selectionSet); // how deep one definition goes is bounded before parsing
        sets.set(set, measured(set, inside));
    };
    for (const name of innermostFirst(fragments)) {
        const fragment = fragments.get(name);
        if (fragment !== undefined)
            measureSet(fragment.selectionSet);
    }
    if (operation === undefined)
        return { measures: nothing, selections: undefined, inside };
    measureSet(operation.selectionSet);
    const { depth, height, aliases, rootFields, introspection, ...own } = sets.get(operation.selectionSet) ?? nothing;
    const directives = Math.max(own.directives, ...definitionDirectives(operation, fragments.values()));
    const measures = { depth, height, aliases, rootFields, directives, introspection };
    return { measures, selections: operation.selectionSet, inside };
}
function* definitionDirectives(operation, fragments) {
    yield count(operation.directives);
    let most = 0;
    for (const variable of operation.variableDefinitions ?? [])
        most = Math.max(most, count(variable.directives));
    for (const fragment of fragments)
        most = Math.max(most, count(fragment.directives));
    yield most;
}
function measured(set, inside) {
    let { depth, height, aliases, rootFields, directives, introspection, lists } = nothing;
    for (const selection of set.selections) {
        const { measures: inner } = inside(selection);
        const field = selection.kind === Kind.FIELD ? selection : undefined;
        const one = field === undefined ? 0 : 1;
        depth = Math.max(depth, sum(inner.depth, one));
        height = sum(height, inner.height + one);
        aliases = sum(aliases, inner.aliases + (field?.alias === undefined ? 0 : 1));
        rootFields = sum(rootFields, field === undefined ? inner.rootFields : 1);
        directives = Math.max(directives, inner.directives, count(selection.directives));
        lists = Math.max(lists, inner.lists + (field !== undefined && isList(field) ? 1 : 0));
        introspection = Math.max(introspection, field !== undefined && isIntrospection(field) ? inner.lists : inner.introspection);
    }
    return { depth, height, aliases, rootFields, directives, introspection, lists };
}
/** Lists of introspection that lead back to types, so that each more of them multiplies the answer. */
const introspectionLists = new Set([
    'fields',
    'interfaces',
    'possibleTypes',
    'inputFields',
]);
const isList = ({ name }) => introspectionLists.has(name.value);
const isIntrospection = ({ name }) => name.value === '__schema' || name.value === '__type';
const count = (directives) => directives?.length ?? 0;
const sum = (one, other) => Math.min(mostCounted, one + other);
//# sourceMappingURL=measures.js.map