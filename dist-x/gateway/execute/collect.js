import { isObject, readOwn, typeNameOf } from "./gathered.js";
/** Objects at the end of the paths, in order; an object that two paths lead to is there twice. */
export function collect(data, paths, types) {
    const found = [];
    for (const path of paths)
        gather(data, path, 0, { found, types });
    return found;
}
function gather(value, path, at, into) {
    const step = path[at];
    if (step === undefined) {
        // A list at the end of a path is not the planner's, but its items are meant.
        if (Array.isArray(value))
            for (const item of value)
                gather(item, path, at, into);
        else if (isObject(value))
            into.found.push(value);
        return;
    }
    if (step.kind === 'field') {
        if (!isObject(value))
            return;
        const next = readOwn(value, step.name);
        if (meets(next, step, into.types))
            gather(next, path, at + 1, into);
        return;
    }
    if (!Array.isArray(value))
        return;
    for (const item of value)
        if (meets(item, step, into.types))
            gather(item, path, at + 1, into);
}
/** The types of a step are those of the value it leads to; what does not say its type is of the one possible type. */
export function meets(value, step, types) {
    if (step.onTypes === undefined || !isObject(value))
        return true;
    const typeName = typeNameOf(value);
    return typeName === undefined || step.onTypes.some((condition) => types.covers(condition, typeName));
}
/** The same walk, remembering the way: for errors and context values only. */
export function collectWithPaths(data, path, types) {
    const found = [];
    walk({ value: data, at: 0, path: [], line: [data] });
    return found;
    function walk({ value, at, path: way, line }) {
        const step = path[at];
        if (step === undefined) {
            if (Array.isArray(value))
                eachItem({ value, at, path: way, line }, undefined);
            else if (isObject(value))
                found.push({ object: value, path: way, line });
            return;
        }
        if (step.kind === 'list') {
            eachItem({ value, at: at + 1, path: way, line }, step);
            return;
        }
        if (!isObject(value))
            return;
        const next = readOwn(value, step.name);
        if (!meets(next, step, types))
            return;
        walk({
            value: next,
            at: at + 1,
            path: [...way, step.name],
            line: isObject(next) ? [...line, next] : line,
        });
    }
    function eachItem({ value, at, path: way, line }, step) {
        if (!Array.isArray(value))
            return;
        for (const [index, item] of value.entries()) {
            if (step !== undefined && !meets(item, step, types))
                continue;
            walk({ value: item, at, path: [...way, index], line: isObject(item) ? [...line, item] : line });
        }
    }
}
//# sourceMappingURL=collect.js.map