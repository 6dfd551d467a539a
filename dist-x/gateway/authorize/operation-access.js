import { isCompositeType, Kind, TypeInfo, visit, visitWithTypeInfo, } from 'graphql';
/**
 * Finds the protected fields of a valid document. A field is judged by the type it is selected on, which inside a
 * named fragment is the fragment's own: so it is judged alike wherever the fragment is used.
 */
export function operationAccess(document, schema, { rules, introspection }) {
    const fields = [];
    const ofSchema = new Set();
    const typeInfo = new TypeInfo(schema);
    visit(document, visitWithTypeInfo(typeInfo, {
        [Kind.FIELD]: {
            enter(node) {
                const parent = typeInfo.getParentType();
                if (!isCompositeType(parent))
                    return;
                if (node.name.value === '__schema' || node.name.value === '__type')
                    ofSchema.add(node);
                const requirement = rules.requirementOf(parent.name, node.name.value);
                if (requirement.size === 0)
                    return;
                fields.push({ node, coordinate: `${parent.name}.${node.name.value}`, requirement });
            },
        },
    }));
    const introspects = ofSchema.size > 0 && introspection === 'allowed';
    // What is shown of the schema hangs on all of its rules.
    const grants = introspects
        ? rules.grants
        : [...new Set(fields.flatMap(({ requirement }) => [...requirement]))];
    const policies = [...new Set(grants.flatMap((grant) => grant.policies))].sort();
    return { fields, grants, policies, introspects };
}
//# sourceMappingURL=operation-access.js.map