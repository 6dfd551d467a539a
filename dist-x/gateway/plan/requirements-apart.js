import { entitySelection, narrowedTo } from "./entity-selection.js";
import { isOnInterfaceObject, keysOf } from "./entity-keys.js";
import { withoutPaths } from "./required-selections.js";
/**
 * An entity fetch as several, one for the fields of an `@interfaceObject` that require nothing and one for each set of
 * inputs that others require. The planner puts them into one fetch although the client may ask for some on a few object
 * types only; the inputs are then fetched for those alone, and all other objects would be left out for want of them.
 */
export function requirementsApart(fetch, subgraphs, inputs) {
    const subgraph = inputs.isNeededBy(fetch.subgraph) ? subgraphs.get(fetch.subgraph) : undefined;
    if (fetch.entities === undefined || subgraph === undefined)
        return [fetch];
    const { entities } = fetch;
    const selection = entitySelection(fetch.document);
    const fields = (selection?.fields ?? []).filter(({ node }) => node.name.value !== '__typename');
    if (selection === undefined || !fields.some((field) => isOnInterfaceObject(field, subgraph)))
        return [fetch];
    const groups = groupsOf(fields, (field) => inputs.of(fetch.subgraph, field.onType, field.node.name.value));
    if (groups.length < 2)
        return [fetch];
    const all = new Set(groups.flatMap(({ needs }) => needs.flatMap(nameOf)));
    const keys = new Set(fields.flatMap(({ onType }) => keysOf(onType, subgraph).flat()));
    return groups.map((group) => {
        const own = new Set(group.needs.flatMap(nameOf));
        const foreign = new Set([...all].filter((name) => !own.has(name) && !keys.has(name)).map((name) => `/${name}`));
        const requires = entities.requires.map((each) => ({
            ...each,
            selections: withoutPaths(each.selections, foreign),
        }));
        return { ...narrowedTo(fetch, selection, group.fields), entities: { ...entities, requires } };
    });
}
function groupsOf(fields, needsOf) {
    const groups = new Map();
    for (const field of fields) {
        const needs = needsOf(field) ?? [];
        const key = JSON.stringify(needs);
        const group = groups.get(key) ?? { needs, fields: [] };
        groups.set(key, group);
        group.fields.push(field);
    }
    return [...groups.values()];
}
const nameOf = (selection) => selection.kind === 'field' ? [selection.sendAs] : selection.selections.flatMap(nameOf);
//# sourceMappingURL=requirements-apart.js.map