import { isObject, readOwn, typeNameOf } from "./gathered.js";
import { jsonText } from "./json-text.js";
/**
 * The `@fromContext` arguments of one entity as JSON members (`"name":value`), read from the objects it hangs below.
 * Several rewrites may name one variable, one per type the ancestor can have: the first that finds a value counts.
 */
export function contextMembers(found, rewrites, types) {
    const values = new Map();
    for (const rewrite of rewrites) {
        const known = values.get(rewrite.variable);
        if (known === undefined)
            values.set(rewrite.variable, contextValue(found, rewrite, types));
    }
    return [...values].map(([name, value]) => `${JSON.stringify(name)}:${jsonText(value ?? null)}`);
}
function contextValue(found, rewrite, types) {
    let level = found.line.length - 1;
    let value;
    for (const step of rewrite.path) {
        if (step.kind === 'parent')
            level -= 1;
        else
            break;
    }
    value = found.line[level];
    for (const step of rewrite.path) {
        if (step.kind === 'key')
            value = readAll(value, step.name);
        else if (step.kind === 'onType' && !isOfType(value, step.typeName, types))
            return undefined;
    }
    return value;
}
function readAll(value, key) {
    if (Array.isArray(value))
        return value.map((item) => readAll(item, key) ?? null);
    return isObject(value) ? readOwn(value, key) : undefined;
}
function isOfType(value, condition, types) {
    if (!isObject(value))
        return true;
    const typeName = typeNameOf(value);
    return typeName === undefined || types.covers(condition, typeName);
}
//# sourceMappingURL=context-values.js.map