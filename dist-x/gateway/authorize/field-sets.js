import { Kind, parse } from 'graphql';
/** Longer than any field set a person writes; the parser's stack is the reason. */
const maxLength = 50_000;
/**
 * Every field that a field set (`@requires`, a context's selection) reads, starting on `type`.
 * `undefined` when the set cannot be read or names a field that does not exist.
 */
export function fieldsOf(fieldSet, type, types) {
    const selections = selectionsOf(fieldSet);
    if (selections === undefined)
        return undefined;
    const found = [];
    const walk = (set, on) => set.selections.every((selection) => {
        if (selection.kind === Kind.FRAGMENT_SPREAD)
            return false;
        if (selection.kind === Kind.INLINE_FRAGMENT)
            return walk(selection.selectionSet, selection.typeCondition?.name.value ?? on);
        const name = selection.name.value;
        if (name === '__typename')
            return true;
        const field = types.get(on)?.fields.get(name);
        if (field === undefined)
            return false;
        found.push({ type: on, field: name });
        return selection.selectionSet === undefined || walk(selection.selectionSet, field.returns);
    });
    return walk(selections, type) ? found : undefined;
}
function selectionsOf(fieldSet) {
    if (fieldSet.length > maxLength)
        return undefined;
    // A context's selection is written with its braces and perhaps with the context's name before them.
    const bare = fieldSet.trim().replace(/^\$\w+\s*/, '');
    try {
        const [operation] = parse(bare.startsWith('{') ? bare : `{ ${bare} }`).definitions;
        return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet : undefined;
    }
    catch {
        return undefined;
    }
}
//# sourceMappingURL=field-sets.js.map