const longestCompared = 64;
/**
 * The known name nearest to a mistyped one, or `undefined` when none is near enough to be worth a question.
 * Case is ignored; a swap of two neighbours counts as one slip.
 */
export function nearestName(written, known) {
    if (written.length > longestCompared)
        return undefined;
    const wanted = simplified(written);
    let best;
    let bestDistance = Math.floor(written.length * 0.4) + 2;
    for (const name of known) {
        if (name.length > longestCompared)
            continue;
        const distance = slips(wanted, simplified(name));
        if (distance >= bestDistance || distance >= Math.max(wanted.length, name.length))
            continue;
        best = name;
        bestDistance = distance;
    }
    return best ?? begunName(wanted, known);
}
/** `redact` for `redact_message`: the only known name that starts so. */
function begunName(wanted, known) {
    if (wanted.length < 3)
        return undefined;
    const begun = [...known].filter((name) => simplified(name).startsWith(wanted));
    return begun.length === 1 ? begun[0] : undefined;
}
function simplified(name) {
    return name.toLowerCase().replaceAll('-', '_');
}
/** Optimal string alignment distance, three rows at a time. */
function slips(from, to) {
    let beforeLast = [];
    let last = Array.from({ length: to.length + 1 }, (_, index) => index);
    for (let row = 1; row <= from.length; row++) {
        const current = [row];
        for (let column = 1; column <= to.length; column++) {
            const cost = from[row - 1] === to[column - 1] ? 0 : 1;
            const around = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + cost);
            const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
            current.push(swapped ? Math.min(around, at(beforeLast, column - 2) + 1) : around);
        }
        beforeLast = last;
        last = current;
    }
    return at(last, to.length);
}
function at(row, index) {
    return row[index] ?? Number.POSITIVE_INFINITY;
}
//# sourceMappingURL=suggestion.js.map