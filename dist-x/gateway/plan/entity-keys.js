import { isCompositeType } from '@apollo/federation-internals';
import { Kind, parse } from 'graphql';
/** The keys of a type in a subgraph, each as the names of its fields, without what is in those. */
export function keysOf(typeName, subgraph) {
    const type = subgraph.schema.type(typeName);
    if (type === undefined || !isCompositeType(type))
        return [];
    return type.appliedDirectivesOf(subgraph.metadata().keyDirective()).map((key) => {
        const [definition] = parse(`{${String(key.arguments().fields)}}`).definitions;
        if (definition?.kind !== Kind.OPERATION_DEFINITION)
            return [];
        return definition.selectionSet.selections
            .filter((node) => node.kind === Kind.FIELD)
            .map((node) => node.name.value);
    });
}
export function isOnInterfaceObject({ onType }, subgraph) {
    const type = subgraph.schema.type(onType);
    return type?.kind === 'ObjectType' && subgraph.metadata().isInterfaceObjectType(type);
}
//# sourceMappingURL=entity-keys.js.map