import { isCompositeType, possibleRuntimeTypes, } from '@apollo/federation-internals';
import { parse, visit } from 'graphql';
/** Reads the names off a supergraph's full schema, hidden elements included. */
export function schemaNames(supergraph) {
    const around = new Map();
    const all = new Set();
    const withArguments = new Set();
    for (const type of supergraph.types()) {
        if (!isCompositeType(type))
            continue;
        around.set(type.name, fieldNamesAround(type));
        for (const field of ownFields(type)) {
            all.add(field.name);
            if (field.hasArguments())
                withArguments.add(field.name);
        }
    }
    const read = fieldsReadByDirectives(supergraph);
    const objects = interfaceObjects(supergraph);
    return {
        hasFieldAround: (typeName, fieldName) => around.get(typeName)?.has(fieldName) ?? false,
        hasField: (fieldName) => all.has(fieldName),
        isReadWithArguments: (fieldName) => withArguments.has(fieldName) && read.has(fieldName),
        isInterfaceObject: (typeName) => objects.has(typeName),
    };
}
function fieldNamesAround(type) {
    if (!isCompositeType(type))
        return new Set();
    const types = [type, ...possibleRuntimeTypes(type)];
    return new Set(types.flatMap((each) => ownFields(each).map((field) => field.name)));
}
function ownFields(type) {
    return type.kind === 'ObjectType' || type.kind === 'InterfaceType' ? type.fields() : [];
}
function interfaceObjects(supergraph) {
    const join = supergraph.coreFeatures?.getByIdentity('https://specs.apollo.dev/join');
    const directive = supergraph.directive(join?.directiveNameInSchema('type') ?? 'join__type');
    const names = new Set();
    for (const application of directive?.applications() ?? []) {
        const { isInterfaceObject } = application.arguments();
        if (isInterfaceObject === true && 'name' in application.parent)
            names.add(String(application.parent.name));
    }
    return names;
}
/** Names in the field sets of `@join__field(requires:, contextArguments:)`. */
function fieldsReadByDirectives(supergraph) {
    const join = supergraph.coreFeatures?.getByIdentity('https://specs.apollo.dev/join');
    const directive = supergraph.directive(join?.directiveNameInSchema('field') ?? 'join__field');
    const names = new Set();
    for (const application of directive?.applications() ?? []) {
        for (const text of fieldSets(application.arguments()))
            addNames(text, names);
    }
    return names;
}
function fieldSets(values) {
    const contexts = Array.isArray(values['contextArguments']) ? values['contextArguments'] : [];
    const selections = contexts.map((entry) => entry.selection);
    return [values['requires'], ...selections].filter((text) => typeof text === 'string');
}
function addNames(fieldSet, names) {
    const text = fieldSet.trim();
    visit(parse(text.startsWith('{') ? text : `{${text}}`), {
        Field: (node) => void names.add(node.name.value),
    });
}
//# sourceMappingURL=schema-names.js.map