import { entitiesIn, tagsToDrop, typeTag } from "./entry-tags.js";
/**
 * Tags of what a mutation's answer shows to have changed: the entities in it, in every subgraph that knows them. An entity
 * without its key drops its type in the subgraph that changed it.
 */
export function changedTags(facts, questions, call, answer) {
    if (call.parts === undefined || answer.kind === 'failed' || answer.data === null)
        return [];
    const { facts: document } = questions.learned(call.subgraph, call.parts.document);
    const { entities } = entitiesIn({ facts, document }, answer.data, undefined);
    const tags = entities.flatMap(({ type, keys }) => {
        if (keys.size === 0)
            return facts.related(type).map((name) => typeTag(call.subgraph, name));
        const knowing = [...facts.subgraphs].filter((name) => knows(facts, name, type));
        return knowing.flatMap((subgraph) => tagsToDrop(facts, { subgraph, type, keys }));
    });
    return [...new Set(tags)];
}
function knows(facts, subgraph, type) {
    const types = facts.typesOf(subgraph);
    return facts.related(type).some((name) => types.has(name));
}
//# sourceMappingURL=mutations.js.map