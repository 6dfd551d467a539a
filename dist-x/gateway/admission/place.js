import { Kind } from 'graphql';
const mostSteps = 5;
const longestName = 40;
/**
 * Response path of the innermost selection that alone is over a limit, for the message of a refusal; `undefined` when
 * only the operation as a whole is. `left` is what of the limit is left inside of a field.
 */
export function placeOver({ selections, inside }, measure, most) {
    const path = [];
    const seen = new Set();
    let left = most;
    for (let set = selections; set !== undefined;) {
        const over = set.selections.find((one) => !seen.has(one) && inside(one).measures[measure] > spared(one, measure, left));
        if (over === undefined)
            break;
        seen.add(over); // a circle of fragments is walked once
        left = spared(over, measure, left);
        if (over.kind === Kind.FIELD)
            path.push(short((over.alias ?? over.name).value));
        set = inside(over).selections;
    }
    if (path.length === 0)
        return undefined;
    return path.length <= mostSteps ? path.join('.') : `${path.slice(0, mostSteps).join('.')}…`;
}
/** What may stand inside of a selection: depth is used up on the way, everything else is not. */
function spared(selection, measure, left) {
    return measure === 'depth' && selection.kind === Kind.FIELD ? left - 1 : left;
}
const short = (name) => name.length <= longestName ? name : `${name.slice(0, longestName)}…`;
//# sourceMappingURL=place.js.map