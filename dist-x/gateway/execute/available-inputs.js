import { answerShape } from "./fetch-document.js";
/**
 * A plan for one combination of booleans, whose representations require nothing that no fetch of the plan asks for.
 * The planner fetches the inputs of a field with `@skip` or `@include` under the same condition, yet lists them as
 * required for all fields of their common fetch: where the condition leaves the field out, the others would be lost.
 */
export function withAvailableInputs(root, booleans) {
    const fetches = fetchesOf(root, booleans);
    if (!fetches.some(({ document }) => /@(skip|include)\b/.test(document)))
        return root;
    const gathered = new Map();
    for (const fetch of fetches) {
        const shape = answerShape(fetch.document, fetch.outputRewrites, booleans);
        if (fetch.entities === undefined)
            addShape(gathered, shape);
        const inside = shape.get('_entities');
        for (const path of fetch.entities?.paths ?? [])
            if (inside)
                addShape(placeAt(gathered, path), inside);
    }
    return withFetches(root, (fetch) => {
        const { entities } = fetch;
        return entities === undefined ? fetch : { ...fetch, entities: withoutMissing(entities, gathered) };
    });
}
/** The fetches that these booleans let run. */
function fetchesOf(node, booleans) {
    switch (node?.kind) {
        case undefined:
            return [];
        case 'fetch':
            return [node];
        case 'sequence':
            return node.steps.flatMap((step) => fetchesOf(step, booleans));
        case 'parallel':
            return node.branches.flatMap((branch) => fetchesOf(branch, booleans));
        case 'condition':
            return fetchesOf(booleans[node.variable] === true ? node.whenTrue : node.whenFalse, booleans);
    }
}
function withFetches(node, change) {
    switch (node.kind) {
        case 'fetch':
            return change(node);
        case 'sequence':
            return { ...node, steps: node.steps.map((step) => withFetches(step, change)) };
        case 'parallel':
            return { ...node, branches: node.branches.map((branch) => withFetches(branch, change)) };
        case 'condition':
            return {
                ...node,
                whenTrue: node.whenTrue && withFetches(node.whenTrue, change),
                whenFalse: node.whenFalse && withFetches(node.whenFalse, change),
            };
    }
}
function addShape(into, shape) {
    for (const [key, below] of shape) {
        const known = into.get(key);
        if (below === undefined) {
            if (!into.has(key))
                into.set(key, undefined);
            continue;
        }
        const inside = known ?? new Map();
        into.set(key, inside);
        addShape(inside, below);
    }
}
function placeAt(gathered, path) {
    let place = gathered;
    for (const step of path) {
        if (step.kind === 'list')
            continue;
        const next = place.get(step.name) ?? new Map();
        place.set(step.name, next);
        place = next;
    }
    return place;
}
function withoutMissing(entities, gathered) {
    const places = entities.paths.map((path) => placeAt(gathered, path));
    return {
        ...entities,
        requires: entities.requires.map((requirement) => {
            const selections = present(requirement.selections, places);
            // With nothing but a type name left no subgraph could find the entity: then it is better not asked for.
            return identifies(selections) ? { ...requirement, selections } : requirement;
        }),
    };
}
function identifies(selections) {
    return selections.some((one) => one.kind === 'on' ? identifies(one.selections) : one.readAs !== '__typename');
}
function present(selections, places) {
    return selections.flatMap((one) => {
        if (one.kind === 'on')
            return [{ ...one, selections: present(one.selections, places) }];
        if (one.readAs === '__typename')
            return [one];
        const having = places.filter((place) => place.has(one.readAs));
        if (having.length === 0)
            return [];
        if (one.selections === undefined)
            return [one];
        const inside = having.flatMap((place) => place.get(one.readAs) ?? []);
        return [{ ...one, selections: present(one.selections, inside) }];
    });
}
//# sourceMappingURL=available-inputs.js.map