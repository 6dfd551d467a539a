import { isAbstractType, isObjectType } from 'graphql';
export function typeMembership(schema) {
    const known = new Map();
    function namesUnder(condition) {
        const found = known.get(condition);
        if (found !== undefined)
            return found;
        const type = schema.getType(condition);
        const names = new Set([condition]);
        if (isAbstractType(type)) {
            for (const possible of schema.getPossibleTypes(type))
                names.add(possible.name);
            // An @interfaceObject subgraph calls its objects by an interface's name.
            if ('getFields' in type)
                for (const child of schema.getImplementations(type).interfaces)
                    names.add(child.name);
        }
        // Only names of the schema are kept: plans speak of no others, so this cannot grow without bound.
        if (type !== undefined)
            known.set(condition, names);
        return names;
    }
    return {
        covers: (condition, typeName) => condition === typeName || namesUnder(condition).has(typeName),
        namesUnder,
        isConcrete: (name) => isObjectType(schema.getType(name)),
    };
}
//# sourceMappingURL=type-membership.js.map