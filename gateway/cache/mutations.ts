import type { SubgraphAnswer, SubgraphCall } from '../model/subgraph-call.ts';
import type { DocumentFacts } from './document-facts.ts';
import { entitiesIn, tagsToDrop, typeTag } from './entry-tags.ts';
import { isRefusal } from './faults.ts';
import type { Questions } from './question.ts';
import type { SchemaFacts } from './schema-facts.ts';

/**
 * Tags of what a mutation changed, as far as its answer shows: the entities in it, in every subgraph that knows them. An
 * entity without its key drops its type in the subgraph that changed it. A mutation that failed may have happened all the
 * same: what it would have answered with is then dropped by type, in every subgraph. Not where the subgraph would not do what
 * its caller may not, or asked wrongly: otherwise anybody could empty the cache by asking wrongly again and again.
 */
export function changedTags(
  facts: SchemaFacts,
  questions: Questions,
  call: SubgraphCall,
  answer: SubgraphAnswer,
): readonly string[] {
  if (call.parts === undefined) return [];
  const { facts: document } = questions.learned(call.subgraph, call.parts.document);
  const hidden = (): readonly string[] => (isRefusal(answer) ? [] : hiddenTags(facts, document));
  if (answer.kind === 'failed' || answer.data === null) return hidden();
  const { entities, open } = entitiesIn({ facts, document }, answer.data, undefined);
  const tags = entities.flatMap(({ type, keys }) => {
    if (keys.size === 0) return facts.related(type).map((name) => typeTag(call.subgraph, name));
    return knowing(facts, type).flatMap((subgraph) => tagsToDrop(facts, { subgraph, type, keys }));
  });
  const isCut = answer.errors.length > 0 && open.size > 0;
  return [...new Set([...tags, ...(isCut ? hidden() : [])])];
}

/** Of all entities that an answer may have held. */
function hiddenTags(facts: SchemaFacts, { types }: DocumentFacts): readonly string[] {
  const entities = [...types].filter((type) => facts.keysOf(type).length > 0);
  const tags = entities.flatMap((type) =>
    knowing(facts, type).flatMap((subgraph) => facts.related(type).map((name) => typeTag(subgraph, name))),
  );
  return [...new Set(tags)];
}

function knowing(facts: SchemaFacts, type: string): readonly string[] {
  const names = facts.related(type);
  return [...facts.subgraphs].filter((subgraph) => {
    const types = facts.typesOf(subgraph);
    return names.some((name) => types.has(name));
  });
}
