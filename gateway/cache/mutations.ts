import type { SubgraphAnswer, SubgraphCall } from '../model/subgraph-call.ts';
import type { DocumentFacts } from './document-facts.ts';
import { entitiesIn, tagsToDrop, typeTag } from './entry-tags.ts';
import type { Questions } from './question.ts';
import type { SchemaFacts } from './schema-facts.ts';

/**
 * Tags of what a mutation changed, as far as its answer shows: the entities in it, in every subgraph that knows them. An
 * entity without its key drops its type in the subgraph that changed it. A mutation that failed may have happened all the
 * same: what it would have answered with is then dropped by type, in every subgraph.
 */
export function changedTags(
  facts: SchemaFacts,
  questions: Questions,
  call: SubgraphCall,
  answer: SubgraphAnswer,
): readonly string[] {
  if (call.parts === undefined) return [];
  const { facts: document } = questions.learned(call.subgraph, call.parts.document);
  if (answer.kind === 'failed' || answer.data === null) return hiddenTags(facts, document);
  const { entities, open } = entitiesIn({ facts, document }, answer.data, undefined);
  const tags = entities.flatMap(({ type, keys }) => {
    if (keys.size === 0) return facts.related(type).map((name) => typeTag(call.subgraph, name));
    return knowing(facts, type).flatMap((subgraph) => tagsToDrop(facts, { subgraph, type, keys }));
  });
  const hidden = answer.errors.length > 0 && open.size > 0 ? hiddenTags(facts, document) : [];
  return [...new Set([...tags, ...hidden])];
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
