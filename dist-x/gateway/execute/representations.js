import { collect, collectWithPaths } from "./collect.js";
import { contextMembers } from "./context-values.js";
import { representation } from "./represent.js";
/** Representations in the order in which their objects stand, equal ones once, cut into batches of at most `limit`. */
export function representations(data, input) {
    const { entities, types, limit, collector, representer } = input;
    if (entities.contextRewrites.length > 0)
        return withContext(data, input);
    const targets = collector === undefined ? collect(data, entities.paths, types) : collector(data);
    const texts = [];
    const representationOf = representer === undefined ? plainly(targets, texts, entities, types) : representer(targets, texts);
    return { targets, representationOf, texts, batches: cut(0, texts.length, { limit, members: [] }) };
}
function plainly(targets, texts, entities, types) {
    const known = new Map();
    return targets.map((target) => {
        const text = representation(target, entities, types);
        if (text === undefined)
            return -1;
        const index = known.get(text) ?? texts.push(text) - 1;
        known.set(text, index);
        return index;
    });
}
function cut(from, to, batch) {
    const batches = [];
    for (let at = from; at < to; at += batch.limit) {
        batches.push({ from: at, to: Math.min(at + batch.limit, to), members: batch.members });
    }
    return batches;
}
/**
 * With `@fromContext` arguments entities below different ancestors need different variables, and variables are one
 * set per call: entities whose values are equal go out together.
 */
function withContext(data, { entities: input, types, limit }) {
    const groups = new Map();
    const targets = [];
    const representationOf = [];
    for (const found of input.paths.flatMap((path) => collectWithPaths(data, path, types))) {
        const text = representation(found.object, input, types);
        if (text === undefined)
            continue;
        const members = contextMembers(found, input.contextRewrites, types);
        const key = members.join(',');
        const group = groups.get(key) ?? { members, texts: new Map() };
        groups.set(key, group);
        group.texts.set(text, [...(group.texts.get(text) ?? []), found.object]);
    }
    const texts = [];
    const batches = [];
    for (const group of groups.values()) {
        const from = texts.length;
        for (const [text, objects] of group.texts) {
            for (const object of objects) {
                targets.push(object);
                representationOf.push(texts.length);
            }
            texts.push(text);
        }
        batches.push(...cut(from, texts.length, { limit, members: group.members }));
    }
    return { targets, representationOf, texts, batches };
}
//# sourceMappingURL=representations.js.map