import { nearestName } from "../../schema/yaml/yaml.js";
/** Under these keys stand names of subgraphs, wherever in gateway.yaml they are. */
const namingKeys = new Set(['subgraphs', 'override_subgraph_url']);
/**
 * What gateway.yaml says of subgraphs that are not there. It is no reason to refuse a supergraph: a subgraph may come
 * later than its settings, or go before them.
 */
export function unknownSubgraphs(config, known) {
    return namedIn(config, '').flatMap(({ path, name }) => known.has(name) ? [] : [{ key: `${path}.${name}`, near: nearestName(name, known) }]);
}
/** One line for all of them. */
export function unknownSubgraphsText(unknown) {
    return unknown
        .map(({ key, near }) => (near === undefined ? key : `${key} (did you mean "${near}"?)`))
        .join(', ');
}
function namedIn(value, path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        return [];
    return Object.entries(value).flatMap(([key, inner]) => {
        const at = path === '' ? key : `${path}.${key}`;
        if (!namingKeys.has(key))
            return namedIn(inner, at);
        return Object.keys(inner).map((name) => ({ path: at, name }));
    });
}
//# sourceMappingURL=subgraph-names.js.map