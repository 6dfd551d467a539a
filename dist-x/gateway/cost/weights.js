import { isTypeDefinitionNode, isTypeExtensionNode, Kind, } from 'graphql';
import { costDirectives } from "./cost-directives.js";
/** Reads every weight and list size once; definitions and extensions are joined. */
export function readWeights(supergraph) {
    const directives = costDirectives(supergraph);
    const draft = { types: new Map(), fields: new Map(), arguments: new Map(), listSizes: new Map() };
    for (const node of supergraph.definitions) {
        if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node))
            continue;
        keep(draft.types, node.name.value, directives.weight(node.directives));
        readFields(draft, node, directives);
    }
    return draft;
}
function readFields(draft, node, read) {
    if (!('fields' in node))
        return;
    for (const field of fieldsOf(node)) {
        const coordinate = `${node.name.value}.${field.name.value}`;
        keep(draft.fields, coordinate, read.weight(field.directives));
        keep(draft.listSizes, coordinate, read.listSize(field.directives));
        if (field.kind !== Kind.FIELD_DEFINITION)
            continue;
        for (const argument of field.arguments ?? [])
            keep(draft.arguments, `${coordinate}.${argument.name.value}`, read.weight(argument.directives));
    }
}
const fieldsOf = (node) => node.fields ?? [];
function keep(map, name, value) {
    if (value !== undefined)
        map.set(name, value);
}
//# sourceMappingURL=weights.js.map