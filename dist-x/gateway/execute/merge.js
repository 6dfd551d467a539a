import { isObject, readOwn, writeOwn } from "./gathered.js";
/**
 * Adds what a subgraph answered to the data gathered so far: only the keys it was asked for, so that neither their
 * number nor their depth is the subgraph's to choose. Values are taken over, not copied. A null never replaces a value
 * that is there: the subgraph that gave the value knew it.
 */
export function mergeAnswer(target, answer, shape, types) {
    for (const [key, below] of shape)
        mergeKey(target, answer, { key, below, types });
}
export function mergeKey(target, answer, { key, below, types }) {
    const value = readOwn(answer, key);
    if (value === undefined)
        return;
    const present = readOwn(target, key);
    if (present === undefined || present === null) {
        writeOwn(target, key, value);
        return;
    }
    if (value === null)
        return;
    if (below !== undefined)
        mergeValues(present, value, below, types);
    else if (key !== '__typename' || replacesType(present, value, types))
        writeOwn(target, key, value);
}
/** An `@interfaceObject` subgraph calls an object by its interface's name; the name of an object type is not lost to it. */
function replacesType(present, value, types) {
    if (typeof value !== 'string')
        return false;
    return !(typeof present === 'string' && types.isConcrete(present));
}
/** Lists that two subgraphs gave are the same list: merged by place. */
export function mergeValues(present, value, shape, types) {
    if (Array.isArray(present) && Array.isArray(value)) {
        const both = Math.min(present.length, value.length);
        for (let index = 0; index < both; index += 1) {
            const item = present[index];
            if (item === null || item === undefined)
                present[index] = value[index];
            else
                mergeValues(item, value[index], shape, types);
        }
        return;
    }
    if (isObject(present) && isObject(value))
        mergeAnswer(present, value, shape, types);
}
/** A copy whose objects and lists may be extended without changing the original; leaves are shared. */
export function copyAnswer(value, shape) {
    if (shape === undefined)
        return value;
    if (Array.isArray(value))
        return value.map((item) => copyAnswer(item, shape));
    if (!isObject(value))
        return value;
    const copy = {};
    for (const [key, below] of shape) {
        const inner = readOwn(value, key);
        if (inner !== undefined)
            writeOwn(copy, key, copyAnswer(inner, below));
    }
    return copy;
}
//# sourceMappingURL=merge.js.map