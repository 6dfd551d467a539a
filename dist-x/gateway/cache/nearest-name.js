const longestName = 200;
/** The name that differs least from what was written, if it is near enough to have been meant. */
export function nearestOf(given, known) {
    const wanted = given.toLowerCase().slice(0, longestName);
    let best;
    for (const name of known) {
        const distance = editsBetween(wanted, name.toLowerCase().slice(0, longestName));
        if (best === undefined || distance < best.distance)
            best = { name, distance };
    }
    return best !== undefined && best.distance <= Math.max(2, wanted.length / 3) ? best.name : undefined;
}
/** Letters to add, to remove or to replace. */
function editsBetween(one, other) {
    let row = Array.from({ length: other.length + 1 }, (_, index) => index);
    for (let at = 1; at <= one.length; at += 1) {
        const next = [at];
        for (let to = 1; to <= other.length; to += 1) {
            const replaced = (row[to - 1] ?? 0) + (one[at - 1] === other[to - 1] ? 0 : 1);
            next.push(Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, replaced));
        }
        row = next;
    }
    return row[other.length] ?? 0;
}
//# sourceMappingURL=nearest-name.js.map