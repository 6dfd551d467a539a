import { z } from 'zod';
/** Which keys a schema knows at a path: what a mistyped key is compared with. */
export function knownKeys(schema, path) {
    const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    let shapes = alternatives(root, root);
    for (const step of path) {
        shapes = shapes.flatMap((shape) => stepInto(shape, step)).flatMap((shape) => alternatives(shape, root));
    }
    return new Set(shapes.flatMap((shape) => Object.keys(shape.properties ?? {})));
}
function stepInto(shape, step) {
    const next = typeof step === 'number'
        ? shape.items
        : (own(shape.properties, String(step)) ?? shape.additionalProperties);
    return typeof next === 'object' ? [next] : [];
}
function alternatives(shape, root) {
    const name = shape.$ref?.replace('#/$defs/', '');
    const target = name === undefined ? undefined : own(root.$defs, name);
    const branches = [...(shape.anyOf ?? []), ...(shape.oneOf ?? []), ...(shape.allOf ?? [])];
    return [
        shape,
        ...(target === undefined ? [] : [target]),
        ...branches.flatMap((branch) => alternatives(branch, root)),
    ];
}
function own(shapes, key) {
    return shapes !== undefined && Object.hasOwn(shapes, key) ? shapes[key] : undefined;
}
//# sourceMappingURL=known-keys.js.map