import { Kind, visit, } from 'graphql';
import { fragmentsOf } from "./denials.js";
/**
 * The document without the refused fields, still valid: a field left without selections asks for `__typename`,
 * fragments left empty or unused and variables left unused are gone. `undefined` when nothing of the operation is left.
 */
export function allowedDocument(document, denied) {
    const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
    if (operation === undefined)
        return undefined;
    const pruning = new Pruning(fragmentsOf(document), denied);
    const selectionSet = pruning.pruned(operation.selectionSet);
    if (selectionSet === undefined)
        return undefined;
    const rest = {
        kind: Kind.DOCUMENT,
        definitions: [{ ...operation, selectionSet }, ...pruning.used()],
    };
    return withoutUnusedVariables(rest);
}
class Pruning {
    #fragments;
    #denied;
    /** Fragments that were met, after pruning; `undefined` when nothing of one was left. */
    #met = new Map();
    constructor(fragments, denied) {
        this.#fragments = fragments;
        this.#denied = denied;
    }
    /** `undefined` when nothing is left. */
    pruned(set) {
        const selections = set.selections.flatMap((selection) => this.#selection(selection) ?? []);
        return selections.length === 0 ? undefined : { kind: Kind.SELECTION_SET, selections };
    }
    used() {
        return [...this.#met.values()].filter((fragment) => fragment !== undefined);
    }
    #selection(node) {
        if (node.kind === Kind.FRAGMENT_SPREAD)
            return this.#fragment(node.name.value) === undefined ? undefined : node;
        if (node.kind === Kind.INLINE_FRAGMENT) {
            const selectionSet = this.pruned(node.selectionSet);
            return selectionSet === undefined ? undefined : { ...node, selectionSet };
        }
        if (this.#denied.has(node))
            return undefined;
        if (node.selectionSet === undefined)
            return node;
        return { ...node, selectionSet: this.pruned(node.selectionSet) ?? typenameOnly };
    }
    #fragment(name) {
        if (this.#met.has(name))
            return this.#met.get(name);
        const fragment = this.#fragments.get(name);
        const selectionSet = fragment === undefined ? undefined : this.pruned(fragment.selectionSet);
        const rest = fragment === undefined || selectionSet === undefined ? undefined : { ...fragment, selectionSet };
        this.#met.set(name, rest);
        return rest;
    }
}
const typenameOnly = {
    kind: Kind.SELECTION_SET,
    selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};
function withoutUnusedVariables(document) {
    const used = new Set();
    visit(document, {
        [Kind.VARIABLE_DEFINITION]: () => false,
        [Kind.VARIABLE]: (node) => void used.add(node.name.value),
    });
    const definitions = document.definitions.map((definition) => definition.kind === Kind.OPERATION_DEFINITION ? withVariables(definition, used) : definition);
    return { ...document, definitions };
}
const withVariables = (operation, used) => ({
    ...operation,
    variableDefinitions: (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value)),
});
//# sourceMappingURL=allowed-document.js.map