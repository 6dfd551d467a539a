import { isAbstractType, Kind, parse, print, stripIgnoredCharacters, TypeInfo, visit, visitWithTypeInfo, } from 'graphql';
import { responseName } from "./response-keys.js";
import { isIncluded, operationOf } from "./shapes.js";
/** Reads the document of a fetch: what it will answer with, and that abstract objects in it say their type. */
export function fetchDocument(text, rewrites, schema) {
    const document = parse(text, { noLocation: true });
    const completed = withTypeNames(document, schema);
    return {
        text: completed === undefined ? text : stripIgnoredCharacters(print(completed)),
        shape: shapeOf(completed ?? document, rewrites, undefined),
        certainKeys: operationOf(document).selectionSet.selections.flatMap((one) => one.kind === Kind.FIELD && (one.directives ?? []).length === 0 ? [responseName(one)] : []),
    };
}
/** The keys a fetch will answer with, when its `@skip` and `@include` variables have these values or whatever they have. */
export function answerShape(text, rewrites, booleans) {
    return shapeOf(parse(text, { noLocation: true }), rewrites, booleans);
}
function shapeOf(document, rewrites, booleans) {
    const fragments = new Map();
    for (const one of document.definitions) {
        if (one.kind === Kind.FRAGMENT_DEFINITION)
            fragments.set(one.name.value, one);
    }
    const shape = new Map();
    addSelections(operationOf(document).selectionSet, shape, { fragments, booleans });
    for (const rewrite of rewrites)
        if (rewrite.kind === 'renameKey')
            addRenamed(shape, rewrite);
    return shape;
}
function addSelections(set, shape, shaping) {
    for (const selection of set.selections) {
        if (shaping.booleans !== undefined && !isIncluded(selection.directives, shaping.booleans))
            continue;
        if (selection.kind === Kind.FIELD) {
            const key = responseName(selection);
            const inside = selection.selectionSet;
            const below = inside && (shape.get(key) ?? new Map());
            shape.set(key, below);
            if (inside !== undefined && below !== undefined)
                addSelections(inside, below, shaping);
            continue;
        }
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : shaping.fragments.get(selection.name.value);
        if (fragment !== undefined)
            addSelections(fragment.selectionSet, shape, shaping);
    }
}
function addRenamed(shape, rewrite) {
    const keys = rewrite.path.flatMap((step) => (step.kind === 'key' ? [step.name] : []));
    const last = keys.pop();
    let parent = shape.get('_entities') ?? shape;
    for (const key of keys)
        parent = parent?.get(key);
    if (last !== undefined && parent?.has(last) === true)
        parent.set(rewrite.to, parent.get(last));
}
/**
 * Every object of an abstract type must say its type plainly: without it neither fragments nor `__typename` can be
 * answered. The planner leaves it out where the subgraph knows a narrower type than the client. Asking for it is
 * valid on any object. `undefined` when nothing had to be added.
 */
function withTypeNames(document, schema) {
    const typeInfo = new TypeInfo(schema);
    let added = 0;
    const completed = visit(document, visitWithTypeInfo(typeInfo, {
        SelectionSet(node, _key, parent) {
            // The selections of a fragment belong to an object whose own selection set asks.
            const isOfField = parent !== undefined && 'kind' in parent && parent.kind === Kind.FIELD;
            if (!isOfField || !isAbstractType(typeInfo.getParentType()))
                return undefined;
            if (node.selections.some(isPlainTypeName))
                return undefined;
            added += 1;
            return { ...node, selections: [typeNameField, ...node.selections] };
        },
    }));
    return added > 0 ? completed : undefined;
}
const typeNameField = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
function isPlainTypeName(node) {
    return (node.kind === Kind.FIELD &&
        node.name.value === '__typename' &&
        node.alias === undefined &&
        (node.directives ?? []).length === 0);
}
//# sourceMappingURL=fetch-document.js.map