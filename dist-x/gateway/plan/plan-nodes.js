/** Steps one after the other, nested sequences opened; `undefined` when there are none. */
export function inSequence(steps) {
    const flat = steps.flatMap((step) => (step.kind === 'sequence' ? step.steps : [step]));
    return flat.length > 1 ? { kind: 'sequence', steps: flat } : flat[0];
}
/** Branches side by side, nested parallels opened; `undefined` when there are none. */
export function inParallel(branches) {
    const flat = branches.flatMap((branch) => (branch.kind === 'parallel' ? branch.branches : [branch]));
    return flat.length > 1 ? { kind: 'parallel', branches: flat } : flat[0];
}
/** The steps of a node that stands for a sequence, itself when it is none. */
export function stepsOf(node) {
    return node.kind === 'sequence' ? node.steps : [node];
}
/** The branches of a node that stands for a parallel, itself when it is none. */
export function branchesOf(node) {
    return node.kind === 'parallel' ? node.branches : [node];
}
/** A plan in which `change` makes each outermost parallel anew; going on within its branches is up to it. */
export function withParallels(node, change) {
    const within = (one) => withParallels(one, change);
    switch (node.kind) {
        case 'fetch':
            return node;
        case 'condition':
            return {
                ...node,
                whenTrue: node.whenTrue && within(node.whenTrue),
                whenFalse: node.whenFalse && within(node.whenFalse),
            };
        case 'sequence':
            return inSequence(node.steps.map(within)) ?? node;
        case 'parallel':
            return change(node.branches) ?? node;
    }
}
/** All fetches of a plan, in the order in which it names them. */
export function fetchesOf(node) {
    switch (node?.kind) {
        case undefined:
            return [];
        case 'fetch':
            return [node];
        case 'sequence':
            return node.steps.flatMap(fetchesOf);
        case 'parallel':
            return node.branches.flatMap(fetchesOf);
        case 'condition':
            return [...fetchesOf(node.whenTrue), ...fetchesOf(node.whenFalse)];
    }
}
//# sourceMappingURL=plan-nodes.js.map