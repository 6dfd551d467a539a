import { buildASTSchema, Kind, parse, printSchema, visit, } from 'graphql';
/**
 * The schema as a caller may see it: without the fields that are never for them, without types that are left empty, and
 * without types to which nothing leads any more. Roots stay, though they may be empty. For introspection alone.
 */
export function visibleSchema(schema, rules, isHeld) {
    const isAllowed = (requirement) => [...requirement].every(isHeld);
    const whole = parse(printSchema(schema), { noLocation: true });
    const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) => type?.name ?? []));
    const unreachable = unreached(whole, roots);
    const shown = withoutEmptyTypes(withoutForbidden(whole, { rules, isAllowed, roots }), roots);
    const gone = unreached(shown, roots);
    return buildASTSchema(without(shown, (name) => gone.has(name) && !unreachable.has(name)), { assumeValid: true, assumeValidSDL: true });
}
function withoutForbidden(document, { rules, isAllowed, roots }) {
    const fieldsOf = (type, fields = []) => fields.filter((field) => isAllowed(rules.requirementOf(type, field.name.value)));
    const shown = visit(document, {
        ObjectTypeDefinition: (node) => ({ ...node, fields: fieldsOf(node.name.value, node.fields) }),
        InterfaceTypeDefinition: (node) => ({ ...node, fields: fieldsOf(node.name.value, node.fields) }),
    });
    return without(shown, (type) => !roots.has(type) && !isAllowed(rules.requirementOfType(type)), 'composite');
}
/** Until nothing changes: a type without fields takes along the fields that return it. */
function withoutEmptyTypes(document, roots) {
    for (let now = document;;) {
        const empty = new Set(now.definitions.flatMap((node) => isEmpty(node) && !roots.has(node.name.value) ? [node.name.value] : []));
        if (empty.size === 0)
            return now;
        now = without(now, (name) => empty.has(name));
    }
}
const isEmpty = (node) => node.kind === Kind.UNION_TYPE_DEFINITION
    ? (node.types ?? []).length === 0
    : (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION) &&
        (node.fields ?? []).length === 0;
/** Types that are gone, from definitions, unions, `implements` and, with the fields that return them, from fields. */
function without(document, isGone, which = 'any') {
    const gone = new Set(document.definitions.flatMap((node) => {
        if (!node.kind.endsWith('TypeDefinition'))
            return [];
        const { name } = node;
        const isComposite = 'interfaces' in node;
        return (isComposite || which === 'any') && isGone(name.value) ? [name.value] : [];
    }));
    if (gone.size === 0)
        return document;
    return visit(document, {
        enter: (node) => {
            if ('name' in node &&
                node.kind.endsWith('TypeDefinition') &&
                gone.has(node.name.value))
                return null;
            if (node.kind === Kind.FIELD_DEFINITION && gone.has(returned(node.type)))
                return null;
            // Within a list of members or interfaces; the types of fields are dealt with above.
            return node.kind === Kind.NAMED_TYPE && gone.has(node.name.value) ? null : undefined;
        },
    });
}
const returned = (type) => type.name?.value ?? (type.type === undefined ? '' : returned(type.type));
/** Names of the types to which no field, argument or membership leads from the roots. */
function unreached(document, roots) {
    const types = new Map();
    const implementers = new Map();
    for (const node of document.definitions) {
        if (!node.kind.endsWith('TypeDefinition'))
            continue;
        const type = node;
        types.set(type.name.value, type);
        for (const face of 'interfaces' in type ? (type.interfaces ?? []) : [])
            implementers.set(face.name.value, [...(implementers.get(face.name.value) ?? []), type.name.value]);
    }
    const reached = new Set();
    const open = [...roots];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
        if (reached.has(name))
            continue;
        reached.add(name);
        const type = types.get(name);
        if (type === undefined)
            continue;
        visit(type, { NamedType: (node) => void open.push(node.name.value) });
        open.push(...(implementers.get(name) ?? []));
    }
    return new Set([...types.keys()].filter((name) => !reached.has(name)));
}
//# sourceMappingURL=visible-schema.js.map