import { isTypeDefinitionNode, isTypeExtensionNode, Kind, } from 'graphql';
import { argumentOf, textOf } from "./access-directives.js";
import {} from "./grants.js";
/** Every type of the full supergraph with its rules; definitions and extensions are joined. */
export function annotatedTypes(supergraph, names, known) {
    const types = new Map();
    for (const node of supergraph.definitions) {
        if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node))
            continue;
        const draft = types.get(node.name.value) ?? emptyDraft(node);
        types.set(draft.name, draft);
        annotate(draft, node, names, known);
    }
    return types;
}
const emptyDraft = ({ kind, name }) => ({
    name: name.value,
    isInterface: kind === Kind.INTERFACE_TYPE_DEFINITION || kind === Kind.INTERFACE_TYPE_EXTENSION,
    interfaces: new Set(),
    objectIn: new Set(),
    rule: new Set(),
    fields: new Map(),
    contexts: new Set(),
});
function annotate(draft, node, names, known) {
    for (const grant of ruleOf(node.directives, names, known))
        draft.rule.add(grant);
    for (const directive of node.directives ?? [])
        noteOf(draft, directive, names);
    if (!hasOutputFields(node))
        return;
    for (const one of node.interfaces ?? [])
        draft.interfaces.add(one.name.value);
    for (const field of node.fields ?? [])
        draft.fields.set(field.name.value, annotatedField(field, names, known));
}
function noteOf(draft, directive, names) {
    const context = names.context.has(directive.name.value) ? textOf(argumentOf(directive, 'name')) : undefined;
    if (context !== undefined)
        draft.contexts.add(context);
    const graph = isTrue(directive, 'isInterfaceObject') ? graphOf(directive) : undefined;
    if (graph !== undefined)
        draft.objectIn.add(graph);
}
const hasOutputFields = (node) => node.kind === Kind.OBJECT_TYPE_DEFINITION ||
    node.kind === Kind.OBJECT_TYPE_EXTENSION ||
    node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
    node.kind === Kind.INTERFACE_TYPE_EXTENSION;
function annotatedField(field, names, known) {
    const joins = (field.directives ?? []).filter(({ name }) => name.value === 'join__field');
    return {
        returns: namedType(field.type),
        rule: ruleOf(field.directives, names, known),
        graphs: joins.length === 0 ? undefined : new Set(joins.flatMap((join) => graphOf(join) ?? [])),
        isExternal: joins.some((join) => isTrue(join, 'external')),
        requires: joins.flatMap((join) => textOf(argumentOf(join, 'requires')) ?? []),
        fromContext: joins.flatMap(contextArguments),
    };
}
const ruleOf = (directives, names, known) => new Set((directives ?? []).flatMap((directive) => {
    const feature = names.access.get(directive.name.value);
    return feature === undefined ? [] : [known.of(directive, feature)];
}));
function contextArguments(join) {
    const list = argumentOf(join, 'contextArguments');
    if (list?.kind !== Kind.LIST)
        return [];
    return list.values.flatMap((entry) => {
        if (entry.kind !== Kind.OBJECT)
            return [];
        const part = (name) => textOf(entry.fields.find((one) => one.name.value === name)?.value) ?? '';
        return [{ context: part('context'), selection: part('selection') }];
    });
}
function graphOf(join) {
    const graph = argumentOf(join, 'graph');
    return graph?.kind === Kind.ENUM ? graph.value : undefined;
}
function isTrue(join, name) {
    const value = argumentOf(join, name);
    return value?.kind === Kind.BOOLEAN && value.value;
}
const namedType = (type) => type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
//# sourceMappingURL=annotated-types.js.map