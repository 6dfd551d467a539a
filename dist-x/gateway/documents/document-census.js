import { Kind, } from 'graphql';
export function census(document) {
    const operations = [];
    const fragments = new Map();
    const spreads = new Map();
    const names = new Map();
    for (const definition of document.definitions) {
        if (definition.kind === Kind.OPERATION_DEFINITION)
            operations.push(definition);
        else if (definition.kind === Kind.FRAGMENT_DEFINITION)
            fragments.set(definition.name.value, definition);
        else
            continue;
        spreads.set(definition, spreadNames(definition.selectionSet, names));
    }
    let mergeWork = 0;
    for (const count of names.values())
        mergeWork += count * count;
    return { operations, fragments, spreads, mergeWork };
}
function spreadNames(root, names) {
    const found = new Set();
    const waiting = [root];
    for (let set = waiting.pop(); set !== undefined; set = waiting.pop()) {
        for (const selection of set.selections) {
            if (selection.kind === Kind.FRAGMENT_SPREAD) {
                found.add(selection.name.value);
                continue;
            }
            if (selection.kind === Kind.FIELD) {
                const name = (selection.alias ?? selection.name).value;
                names.set(name, (names.get(name) ?? 0) + 1);
            }
            if (selection.selectionSet !== undefined)
                waiting.push(selection.selectionSet);
        }
    }
    return found;
}
/** The fragments an operation uses, directly or through others, in the order of the document; cycles do no harm. */
export function usedFragments({ fragments, spreads }, operation) {
    const used = new Set();
    const waiting = [...(spreads.get(operation) ?? [])];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
        const fragment = fragments.get(name);
        if (fragment === undefined || used.has(fragment))
            continue;
        used.add(fragment);
        waiting.push(...(spreads.get(fragment) ?? []));
    }
    return [...fragments.values()].filter((fragment) => used.has(fragment));
}
/** What is wrong with how fragments spread one another: chains longer than `limit`, circles. */
export function chainProblem({ fragments, spreads }, limit) {
    // Takes away, round after round, the fragments that no remaining one spreads; each round is one link of a chain.
    const users = new Map();
    for (const fragment of fragments.values()) {
        for (const name of spreads.get(fragment) ?? [])
            users.set(name, (users.get(name) ?? 0) + 1);
    }
    let round = [...fragments.values()].filter(({ name }) => !users.has(name.value));
    let taken = 0;
    for (let links = 0; round.length > 0; links++) {
        if (links >= limit)
            return 'too long';
        taken += round.length;
        round = round.flatMap((fragment) => released(spreads.get(fragment) ?? [], { users, fragments }));
    }
    return taken < fragments.size ? 'circle' : undefined;
}
function released(spread, { users, fragments }) {
    const free = [];
    for (const name of spread) {
        const left = (users.get(name) ?? 0) - 1;
        users.set(name, left);
        const fragment = fragments.get(name);
        if (left === 0 && fragment !== undefined)
            free.push(fragment);
    }
    return free;
}
//# sourceMappingURL=document-census.js.map