import { isAbstractType, Kind, typeFromAST, } from 'graphql';
export function selectedFields(schema, document, booleans) {
    const fragments = new Map();
    let root;
    for (const definition of document.definitions) {
        if (definition.kind === Kind.FRAGMENT_DEFINITION)
            fragments.set(definition.name.value, definition);
        else if (definition.kind === Kind.OPERATION_DEFINITION)
            root ??= definition.selectionSet;
    }
    if (root === undefined)
        throw new Error('a document without an operation');
    const collector = { schema, fragments, booleans };
    return {
        root,
        of: (type, sets) => {
            const fields = new Map();
            const seen = new Set();
            for (const set of sets)
                collect(set, type, { ...collector, fields, seen });
            return fields.values();
        },
    };
}
function collect(set, type, into) {
    if (into.seen.has(set))
        return;
    into.seen.add(set);
    for (const selection of set.selections) {
        if (!isAsked(selection.directives, into.booleans))
            continue;
        if (selection.kind === Kind.FIELD) {
            const name = (selection.alias ?? selection.name).value;
            const known = into.fields.get(name);
            if (known === undefined)
                into.fields.set(name, [selection]);
            else
                known.push(selection);
            continue;
        }
        const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? into.fragments.get(selection.name.value) : selection;
        if (fragment === undefined || !appliesTo(type, fragment.typeCondition, into.schema))
            continue;
        collect(fragment.selectionSet, type, into);
    }
}
function appliesTo(type, condition, schema) {
    if (condition === undefined)
        return true;
    const wanted = typeFromAST(schema, condition);
    return wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type));
}
function isAsked(directives, booleans) {
    return (directives ?? []).every(({ name, arguments: given }) => {
        const condition = given?.find((one) => one.name.value === 'if')?.value;
        if (condition === undefined || (name.value !== 'skip' && name.value !== 'include'))
            return true;
        const value = booleanOf(condition, booleans);
        return value === undefined || value === (name.value === 'include');
    });
}
function booleanOf(value, booleans) {
    if (value.kind === Kind.BOOLEAN)
        return value.value;
    return value.kind === Kind.VARIABLE ? booleans?.(value.name.value) : undefined;
}
//# sourceMappingURL=selected-fields.js.map