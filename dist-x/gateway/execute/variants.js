import { Kind, visit } from 'graphql';
/** Names of the boolean variables that decide which parts of an operation and its plan take part. */
export function steeringVariables(document, plan) {
    const names = new Set();
    visit(document, {
        Directive(node) {
            if (node.name.value !== 'skip' && node.name.value !== 'include')
                return;
            for (const argument of node.arguments ?? []) {
                if (argument.value.kind === Kind.VARIABLE)
                    names.add(argument.value.name.value);
            }
        },
    });
    if (plan.root !== undefined)
        addConditions(plan.root, names);
    return [...names];
}
function addConditions(node, names) {
    switch (node.kind) {
        case 'sequence':
            for (const step of node.steps)
                addConditions(step, names);
            break;
        case 'parallel':
            for (const branch of node.branches)
                addConditions(branch, names);
            break;
        case 'condition':
            names.add(node.variable);
            if (node.whenTrue !== undefined)
                addConditions(node.whenTrue, names);
            if (node.whenFalse !== undefined)
                addConditions(node.whenFalse, names);
            break;
        case 'fetch':
            break;
    }
}
/**
 * Picks the variant compiled for a request's booleans and makes it when it is first met. At most `limit` are kept,
 * the oldest goes first, so that a caller who tries all combinations costs time but no memory.
 */
export function variantPicker(names, limit, make) {
    if (names.length === 0) {
        const only = make({});
        return () => only;
    }
    const variants = new Map();
    return (variables) => {
        let key = '';
        for (const name of names)
            key += isTrue(variables, name) ? '1' : '0';
        const found = variants.get(key);
        if (found !== undefined)
            return found;
        const made = make(booleansOf(names, variables));
        if (variants.size >= limit)
            variants.delete(variants.keys().next().value ?? '');
        variants.set(key, made);
        return made;
    };
}
function isTrue(variables, name) {
    return Object.hasOwn(variables, name) && variables[name] === true;
}
function booleansOf(names, variables) {
    return Object.fromEntries(names.map((name) => [name, isTrue(variables, name)]));
}
//# sourceMappingURL=variants.js.map