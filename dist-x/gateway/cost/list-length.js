import { mostCost } from "./amount.js";
import { readingAt } from "./input-values.js";
/**
 * How many items a field promises: the largest slicing argument, else `assumedSize`, else `usual`. What a subgraph may
 * take in any way (null, nothing, negative, a fraction) never makes the list shorter than assumed.
 */
export function listLength({ assumedSize, slicingArguments, requireOneSlicingArgument }, field, usual) {
    const assumed = assumedSize ?? usual;
    const readings = slicingArguments.map((path) => readingAt(field.args, field.node, path));
    const lengthOf = (variables) => {
        let longest;
        for (const { read } of readings) {
            const value = read(variables);
            if (value === undefined || value === null)
                continue;
            longest = Math.max(longest ?? 0, sizeOf(value) ?? assumed);
        }
        return Math.min(longest ?? assumed, mostCost);
    };
    const faultOf = (variables) => readings.filter(({ read }) => (read(variables) ?? null) !== null).length === 1 ? 0 : 1;
    const isConstant = readings.every((reading) => reading.isConstant);
    const fault = isConstant ? faultOf({}) : faultOf;
    return {
        length: isConstant ? lengthOf({}) : lengthOf,
        fault: requireOneSlicingArgument ? fault : 0,
    };
}
/** A count, or the length of a list; `undefined` for what is neither. */
function sizeOf(value) {
    if (Array.isArray(value))
        return value.length;
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
//# sourceMappingURL=list-length.js.map