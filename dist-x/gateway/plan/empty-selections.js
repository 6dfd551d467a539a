import { Kind, } from 'graphql';
const onlyTypename = {
    kind: Kind.SELECTION_SET,
    selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};
/**
 * A document whose selections may have become empty, made valid again: empty fragments and their spreads go, fields
 * that lost all their selections ask for `__typename`. `undefined` when nothing of the operation is left.
 */
export function withoutEmptySelections(document) {
    let definitions = document.definitions;
    for (;;) {
        const names = new Set(definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [node.name.value] : [])));
        const pruned = definitions.flatMap((node) => prunedDefinition(node, names));
        if (!pruned.some((node) => node.kind === Kind.OPERATION_DEFINITION))
            return undefined;
        // A fragment that fell away may leave those that spread it empty.
        if (pruned.length === definitions.length)
            return { ...document, definitions: pruned };
        definitions = pruned;
    }
}
function prunedDefinition(node, fragments) {
    if (node.kind !== Kind.OPERATION_DEFINITION && node.kind !== Kind.FRAGMENT_DEFINITION)
        return [node];
    const selectionSet = prunedSelections(node.selectionSet, fragments);
    return selectionSet === undefined ? [] : [{ ...node, selectionSet }];
}
function prunedSelections(set, fragments) {
    const selections = set.selections.flatMap((node) => prunedSelection(node, fragments));
    return selections.length === 0 ? undefined : { ...set, selections };
}
function prunedSelection(node, fragments) {
    if (node.kind === Kind.FRAGMENT_SPREAD)
        return fragments.has(node.name.value) ? [node] : [];
    if (node.kind === Kind.FIELD)
        return [prunedField(node, fragments)];
    const selectionSet = prunedSelections(node.selectionSet, fragments);
    return selectionSet === undefined ? [] : [{ ...node, selectionSet }];
}
function prunedField(node, fragments) {
    if (node.selectionSet === undefined)
        return node;
    return { ...node, selectionSet: prunedSelections(node.selectionSet, fragments) ?? onlyTypename };
}
//# sourceMappingURL=empty-selections.js.map