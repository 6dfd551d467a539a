import { rewrittenPath } from "./client-paths.js";
import { collectWithPaths } from "./collect.js";
/** One error of a subgraph is shown at each place that used the entity, but not at more than these. */
const mostPlaces = 20;
export function entityPlaces(input) {
    const { node, kit, run } = input;
    let known;
    const gatheredPaths = (index) => {
        known ??= pathsByRepresentation(input);
        return known.get(index) ?? [];
    };
    const ofAll = () => (node.entities?.paths ?? []).flatMap((entityPath) => {
        const found = collectWithPaths(run.data, entityPath, kit.types);
        const first = found[0]?.path;
        if (first === undefined)
            return [];
        if (found.length > 1)
            return [kit.clientPaths.of(first.slice(0, first.findIndex(isIndex)))];
        const names = kit.clientPaths.namesBelow(first, input.entityShape.keys());
        return [[...kit.clientPaths.of(first), ...(names.length === 1 ? names : [])]];
    });
    return {
        ofAll,
        ofRepresentation: (index) => gatheredPaths(index).map((path) => kit.clientPaths.of(path)),
        ofError: (path) => {
            const [, index, ...rest] = path ?? [];
            const places = typeof index === 'number' ? gatheredPaths(index) : [];
            if (places.length === 0)
                return ofAll();
            const below = rewrittenPath(rest, node.outputRewrites);
            return places.map((place) => kit.clientPaths.of([...place, ...below]));
        },
    };
}
const isIndex = (part) => typeof part === 'number';
function pathsByRepresentation(input) {
    const indexOf = new Map();
    for (const [at, target] of input.targets.entries())
        indexOf.set(target, input.representationOf[at] ?? -1);
    const paths = new Map();
    for (const entityPath of input.node.entities?.paths ?? []) {
        for (const { object, path } of collectWithPaths(input.run.data, entityPath, input.kit.types)) {
            const index = indexOf.get(object);
            if (index === undefined || index < 0)
                continue;
            const known = paths.get(index) ?? [];
            if (known.length < mostPlaces)
                known.push(path);
            paths.set(index, known);
        }
    }
    return paths;
}
//# sourceMappingURL=entity-places.js.map