import { Kind, print, TypeInfo, visit, visitWithTypeInfo, } from 'graphql';
/**
 * Takes introspection out of an operation and gives an internal alias to each field whose response name the planner
 * would take for another field's: it merges selections by response name alone, without regard to field or arguments.
 */
export function plannedOperation(document, schema) {
    const groups = fieldGroups(document, schema);
    const internalKeys = internalKeysOf(groups, schema.names);
    return { document: rewritten(document, internalKeys), internalKeys };
}
function fieldGroups(document, schema) {
    const groups = new Map();
    const types = new TypeInfo(schema.api);
    let index = 0;
    visit(document, visitWithTypeInfo(types, {
        Field: (node) => {
            const responseName = node.alias?.value ?? node.name.value;
            const key = `${responseName}:${node.name.value}(${argumentsText(node.arguments ?? [])})`;
            const group = groups.get(key) ?? { responseName, fields: [], mustRename: false };
            groups.set(key, group);
            group.fields.push(index);
            index += 1;
            group.mustRename ||= isConfusable(node, types.getParentType()?.name ?? '', schema.names);
        },
    }));
    return [...groups.values()];
}
function isConfusable(node, parentType, names) {
    const name = node.name.value;
    if (names.isReadWithArguments(name))
        return true;
    const alias = node.alias?.value;
    if (alias === undefined || alias === name)
        return false;
    // Two underscores: the planner's own aliases, ours, and `__typename` look like this.
    return alias.includes('__') || names.hasFieldAround(parentType, alias);
}
/** Equal for argument lists that GraphQL holds for equal, whatever their order. */
function argumentsText(nodes) {
    return nodes
        .map(({ name, value }) => `${name.value}:${valueText(value)}`)
        .sort()
        .join(',');
}
function valueText(value) {
    if (value.kind === Kind.LIST)
        return `[${value.values.map(valueText).join(',')}]`;
    if (value.kind !== Kind.OBJECT)
        return print(value);
    const fields = value.fields.map(({ name, value: inner }) => `${name.value}:${valueText(inner)}`);
    return `{${fields.sort().join(',')}}`;
}
function internalKeysOf(groups, names) {
    const taken = new Set(groups.map((group) => group.responseName));
    const keys = {};
    let number = 0;
    for (const group of groups) {
        if (!group.mustRename)
            continue;
        while (taken.has(`_w${number}`) || names.hasField(`_w${number}`))
            number += 1;
        for (const field of group.fields)
            keys[field] = `_w${number}`;
        number += 1;
    }
    return keys;
}
/** The same operation with internal aliases and without introspection; walks in the order of FieldNode numbers. */
function rewritten(document, internalKeys) {
    let index = -1;
    const fieldOf = (node, isRoot) => {
        index += 1;
        const key = internalKeys[index];
        const selectionSet = node.selectionSet && selectionsOf(node.selectionSet, false);
        if (isIntrospection(node, isRoot) || isNeverIncluded(node))
            return [];
        const alias = key === undefined ? node.alias : { kind: Kind.NAME, value: key };
        return [{ ...node, ...(alias && { alias }), ...(selectionSet && { selectionSet }) }];
    };
    const selectionsOf = (set, isRoot) => ({
        ...set,
        selections: set.selections.flatMap((node) => {
            if (node.kind === Kind.FIELD)
                return fieldOf(node, isRoot);
            if (node.kind === Kind.FRAGMENT_SPREAD)
                return isNeverIncluded(node) ? [] : [node];
            const selectionSet = selectionsOf(node.selectionSet, isRoot);
            return isNeverIncluded(node) ? [] : [{ ...node, selectionSet }];
        }),
    });
    return {
        ...document,
        definitions: document.definitions.map((node) => {
            if (node.kind === Kind.OPERATION_DEFINITION)
                return { ...node, selectionSet: selectionsOf(node.selectionSet, true) };
            if (node.kind === Kind.FRAGMENT_DEFINITION)
                return { ...node, selectionSet: selectionsOf(node.selectionSet, false) };
            return node;
        }),
    };
}
/** `@skip(if: true)`, `@include(if: false)`: the planner drops a field whose selections all are such, and it must not. */
function isNeverIncluded(node) {
    return (node.directives ?? []).some(({ name, arguments: values }) => {
        const value = values?.find((argument) => argument.name.value === 'if')?.value;
        if (value?.kind !== Kind.BOOLEAN)
            return false;
        return (name.value === 'skip' && value.value) || (name.value === 'include' && !value.value);
    });
}
/** Answered without the planner: `__schema` and `__type` (valid on the root alone) and the root's own `__typename`. */
function isIntrospection(node, isRoot) {
    const name = node.name.value;
    return name === '__schema' || name === '__type' || (isRoot && name === '__typename');
}
//# sourceMappingURL=planned-operation.js.map