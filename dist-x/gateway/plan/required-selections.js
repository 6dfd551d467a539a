/** All paths of names in the selections, inner ones included. */
export function namesAt(selections, path = '') {
    return new Set(readKeys(selections, path).keys());
}
/** The key under which each path of names is read. */
export function readKeys(selections, path = '') {
    const keys = new Map();
    for (const selection of selections) {
        const here = selection.kind === 'field' ? `${path}/${selection.sendAs}` : path;
        if (selection.kind === 'field')
            keys.set(here, selection.readAs);
        for (const [inner, key] of readKeys(selection.selections ?? [], here))
            keys.set(inner, key);
    }
    return keys;
}
/** The selections without the fields at the given paths, and without what became empty by that. */
export function withoutPaths(selections, removed, path = '') {
    return selections.flatMap((selection) => {
        const here = selection.kind === 'field' ? `${path}/${selection.sendAs}` : path;
        if (selection.kind === 'field' && removed.has(here))
            return [];
        if (selection.selections === undefined)
            return [selection];
        const inner = withoutPaths(selection.selections, removed, here);
        return inner.length === 0 ? [] : [{ ...selection, selections: inner }];
    });
}
/** Both lists in one, equal fields and equal type conditions joined. */
export function mergedSelections(one, other) {
    const merged = new Map();
    for (const selection of [...one, ...other]) {
        const key = selection.kind === 'field' ? `${selection.readAs}:${selection.sendAs}` : `on ${selection.onType}`;
        const known = merged.get(key);
        merged.set(key, known === undefined ? selection : withSelectionsOf(known, selection));
    }
    return [...merged.values()];
}
function withSelectionsOf(known, added) {
    if (known.selections === undefined || added.selections === undefined)
        return known;
    return { ...known, selections: mergedSelections(known.selections, added.selections) };
}
//# sourceMappingURL=required-selections.js.map