import { isOnInterfaceObject, keysOf } from "./entity-keys.js";
import { entitySelection } from "./entity-selection.js";
/**
 * Marks the inputs of `@interfaceObject` fields that the planner requires of all implementations, although the client asks
 * for the fields on some of them only: what stands without a key would be sent of the others as well, which the subgraph
 * cannot know.
 */
export function withKeylessMarked(fetch, subgraphs) {
    const { entities } = fetch;
    const subgraph = subgraphs.get(fetch.subgraph);
    if (entities === undefined || entities.requires.length < 2 || subgraph === undefined)
        return fetch;
    const fields = entitySelection(fetch.document)?.fields.filter((one) => isOnInterfaceObject(one, subgraph));
    if (fields === undefined || fields.length === 0)
        return fetch;
    const keys = [...new Set(fields.map(({ onType }) => onType))].flatMap((name) => keysOf(name, subgraph));
    const hasKey = ({ onType, selections }) => {
        if (selections.some(({ kind }) => kind === 'on'))
            return true;
        const names = new Set(selections.flatMap((one) => (one.kind === 'field' ? [one.sendAs] : [])));
        return [...keysOf(onType, subgraph), ...keys].some((key) => key.every((name) => names.has(name)));
    };
    if (!entities.requires.some(hasKey))
        return fetch;
    const requires = entities.requires.map((one) => hasKey(one) ? one : { ...one, isAddition: true });
    return { ...fetch, entities: { ...entities, requires } };
}
//# sourceMappingURL=keyless-requirements.js.map