/** The fetches of entities beside which another may ask the same subgraph at the same time. */
export function fetchesWithMates(root, booleans) {
    const found = new Set();
    if (root !== undefined)
        walk(root, booleans, found);
    return found;
}
/** The fetches of entities in a part of a plan; those with mates in that part are added to `found`. */
function walk(node, booleans, found) {
    switch (node?.kind) {
        case undefined:
            return [];
        case 'fetch':
            return node.entities === undefined ? [] : [node];
        case 'condition':
            return walk(booleans[node.variable] === true ? node.whenTrue : node.whenFalse, booleans, found);
        case 'sequence':
            return node.steps.flatMap((step) => walk(step, booleans, found));
        case 'parallel': {
            const branches = node.branches.map((branch) => walk(branch, booleans, found));
            addMates(branches, found);
            return branches.flat();
        }
    }
}
function addMates(branches, found) {
    const asking = new Map();
    for (const branch of branches) {
        for (const subgraph of new Set(branch.map((fetch) => fetch.subgraph)))
            asking.set(subgraph, (asking.get(subgraph) ?? 0) + 1);
    }
    for (const fetch of branches.flat())
        if ((asking.get(fetch.subgraph) ?? 0) > 1)
            found.add(fetch);
}
//# sourceMappingURL=joint-mates.js.map