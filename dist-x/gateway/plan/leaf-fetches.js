import { branchesOf, inParallel, inSequence, stepsOf, withParallels } from "./plan-nodes.js";
/**
 * A fetch that nothing hangs on and that stands beside a longer branch goes where that branch asks the same subgraph: both
 * can then go out as one call, and nobody waits longer than for the longer branch. Where another branch asks that subgraph
 * at once, it stays.
 */
export function withLeavesAlong(node) {
    return withParallels(node, (branches) => inParallel(placedLeaves(branches.map(withLeavesAlong))));
}
function placedLeaves(branches) {
    let placed = branches;
    for (const leaf of branches) {
        if (leaf.kind !== 'fetch' || leaf.entities === undefined)
            continue;
        const others = placed.filter((branch) => branch !== leaf);
        if (others.some((branch) => asks(stepsOf(branch)[0], leaf)))
            continue;
        const host = others.find((branch) => stepsOf(branch).some((step) => asks(step, leaf)));
        if (host === undefined)
            continue;
        placed = others.map((branch) => (branch === host ? withLeaf(host, leaf) : branch));
    }
    return placed;
}
/** Whether a step begins with a fetch of entities from the same subgraph. */
function asks(step, { subgraph }) {
    if (step === undefined)
        return false;
    return branchesOf(step).some((branch) => {
        const [first] = stepsOf(branch);
        return first?.kind === 'fetch' && first.entities !== undefined && first.subgraph === subgraph;
    });
}
function withLeaf(host, leaf) {
    const steps = stepsOf(host);
    const at = steps.findIndex((step) => asks(step, leaf));
    return (inSequence(steps.map((step, index) => (index === at ? (inParallel([step, leaf]) ?? step) : step))) ?? host);
}
//# sourceMappingURL=leaf-fetches.js.map