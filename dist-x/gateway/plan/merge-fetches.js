import { branchesOf, inParallel, inSequence, stepsOf, withParallels } from "./plan-nodes.js";
/**
 * Joins entity fetches of one wave that differ only in where their entities stand into one fetch with several paths,
 * and joins what follows them in the same way. Conditions on one variable are joined too, so that the fetches behind
 * them can be. Order within each branch is kept.
 */
export function withEqualFetchesJoined(node) {
    return withParallels(node, joinedBranches);
}
/** Branches grouped by an equal first step; each group becomes one branch. */
function joinedBranches(branches) {
    const groups = new Map();
    for (const branch of branches.flatMap(branchesOf)) {
        const key = firstStepKey(branch, groups.size);
        groups.set(key, [...(groups.get(key) ?? []), branch]);
    }
    return inParallel([...groups.values()].map(joinedGroup));
}
function joinedGroup(group) {
    const [only] = group;
    if (only !== undefined && group.length === 1)
        return withEqualFetchesJoined(only);
    const heads = group.flatMap((branch) => stepsOf(branch).slice(0, 1));
    const tails = group.flatMap((branch) => inSequence(stepsOf(branch).slice(1)) ?? []);
    const tail = joinedBranches(tails);
    return inSequence([joinedHeads(heads), ...(tail === undefined ? [] : [tail])]) ?? joinedHeads(heads);
}
function joinedHeads(heads) {
    const [first] = heads;
    if (first?.kind === 'condition')
        return joinedConditions(first, heads);
    if (first?.kind !== 'fetch' || first.entities === undefined)
        throw new Error('Only fetches of entities are joined.');
    const paths = heads.flatMap((head) => (head.kind === 'fetch' ? (head.entities?.paths ?? []) : []));
    const distinct = new Map(paths.map((path) => [JSON.stringify(path), path]));
    return { ...first, entities: { ...first.entities, paths: [...distinct.values()] } };
}
function joinedConditions(first, heads) {
    const conditions = heads.filter((head) => head.kind === 'condition');
    return {
        ...first,
        whenTrue: joinedBranches(conditions.flatMap((head) => head.whenTrue ?? [])),
        whenFalse: joinedBranches(conditions.flatMap((head) => head.whenFalse ?? [])),
    };
}
/** Equal for branches that begin with a joinable step; everything else gets a key of its own. */
function firstStepKey(branch, number) {
    const [first] = stepsOf(branch);
    if (first?.kind === 'condition')
        return `condition ${first.variable}`;
    if (first?.kind === 'fetch' && isJoinable(first)) {
        return JSON.stringify({ ...first, entities: { ...first.entities, paths: [] } });
    }
    return `alone ${number}`;
}
/** Context arguments are read relative to the path, so such fetches stay apart. */
function isJoinable(fetch) {
    return fetch.entities?.contextRewrites.length === 0;
}
//# sourceMappingURL=merge-fetches.js.map