import { Kind, visit } from 'graphql';
import { WeirError } from "../model/errors.js";
export const responseName = (node) => (node.alias ?? node.name).value;
/**
 * Finds the data key of each field of the client's operation. Keys are numbered in the planned document; when that is
 * a reduced one, its nodes are matched with those of the client's document first.
 * @throws WeirError INTERNAL_SERVER_ERROR when the planned document is no part of the client's.
 */
export function dataKeys({ internalKeys, document, planned }) {
    const keys = new Map();
    const original = document === planned ? undefined : matchingNodes(document, planned);
    let index = 0;
    visit(planned, {
        Field(node) {
            const key = internalKeys?.[index];
            index += 1;
            if (key !== undefined)
                keys.set(original?.get(node) ?? node, key);
        },
    });
    return (node) => keys.get(node) ?? responseName(node);
}
/** For each field node of the reduced document the node of the whole document that it was made from. */
function matchingNodes(whole, reduced) {
    const pairs = [];
    for (const definition of reduced.definitions) {
        if (!('selectionSet' in definition))
            continue;
        const source = whole.definitions.find((one) => one.kind === definition.kind &&
            (one.kind === Kind.OPERATION_DEFINITION || nameOf(one) === nameOf(definition)));
        const matched = source !== undefined && 'selectionSet' in source
            ? matchedSelections(source.selectionSet, definition.selectionSet)
            : undefined;
        if (matched === undefined) {
            throw new WeirError('INTERNAL_SERVER_ERROR', 'The planned operation is not a part of the one to be answered.');
        }
        pairs.push(...matched);
    }
    return new Map(pairs);
}
const nameOf = (node) => 'name' in node ? node.name?.value : undefined;
/**
 * The reduced selections are the whole ones with some left out, in the same order. Of several that look alike the first
 * one that has all its parts is as good as any: equal fields have equal keys. `undefined` when something has no source.
 */
function matchedSelections(whole, reduced) {
    const pairs = [];
    let at = 0;
    for (const part of reduced?.selections ?? []) {
        const found = firstMatch(whole?.selections.slice(at) ?? [], part);
        if (found !== undefined) {
            pairs.push(...found.pairs);
            at += found.index + 1;
            continue;
        }
        // A reduced document may hold a `__typename` where nothing else was left.
        if (part.kind !== Kind.FIELD || part.name.value !== '__typename')
            return undefined;
    }
    return pairs;
}
function firstMatch(candidates, part) {
    for (const [index, source] of candidates.entries()) {
        if (!isAlike(source, part))
            continue;
        const inside = matchedSelections(selectionsOf(source), selectionsOf(part));
        if (inside === undefined)
            continue;
        const isField = part.kind === Kind.FIELD && source.kind === Kind.FIELD;
        return { index, pairs: isField ? [[part, source], ...inside] : inside };
    }
    return undefined;
}
function selectionsOf(node) {
    return node.kind === Kind.FRAGMENT_SPREAD ? undefined : node.selectionSet;
}
function isAlike(whole, part) {
    if (whole === part)
        return true;
    if (whole.kind === Kind.FIELD && part.kind === Kind.FIELD) {
        return responseName(whole) === responseName(part) && whole.name.value === part.name.value;
    }
    if (whole.kind === Kind.INLINE_FRAGMENT && part.kind === Kind.INLINE_FRAGMENT) {
        return whole.typeCondition?.name.value === part.typeCondition?.name.value;
    }
    return whole.kind === part.kind && nameOf(whole) === nameOf(part);
}
//# sourceMappingURL=response-keys.js.map