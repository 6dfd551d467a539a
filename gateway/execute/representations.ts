import type { EntityInput } from '../model/plan.ts';
import { collect, collectWithPaths } from './collect.ts';
import { contextMembers } from './context-values.ts';
import type { Collector } from './collect-generated.ts';
import type { Gathered } from './gathered.ts';
import type { Representer } from './represent-generated.ts';
import { representation } from './represent.ts';
import type { TypeMembership } from './type-membership.ts';

/** The entities of one fetch and how they will be asked for. */
export interface Representations {
  readonly targets: readonly Gathered[];
  /** For each target the place of its representation in `texts`; -1 when it cannot be asked for. */
  readonly representationOf: readonly number[];
  /** JSON texts, each different. */
  readonly texts: string[];
  readonly batches: readonly Batch[];
}

/** Representations that go out in one call: `texts` from `from` up to `to`, exclusive. */
export interface Batch {
  readonly from: number;
  readonly to: number;
  /** JSON members for the variables that are this batch's own. */
  readonly members: readonly string[];
}

export interface RepresentationsInput {
  readonly entities: EntityInput;
  readonly types: TypeMembership;
  readonly limit: number;
  /** Generated code for the same, where there is any. */
  readonly collector: Collector | undefined;
  readonly representer: Representer | undefined;
}

/** Representations in the order in which their objects stand, equal ones once, cut into batches of at most `limit`. */
export function representations(data: Gathered, input: RepresentationsInput): Representations {
  const { entities, types, limit, collector, representer } = input;
  if (entities.contextRewrites.length > 0) return withContext(data, input);
  const targets = collector === undefined ? collect(data, entities.paths, types) : collector(data);
  const texts: string[] = [];
  const representationOf =
    representer === undefined ? plainly(targets, texts, entities, types) : representer(targets, texts);
  return { targets, representationOf, texts, batches: cut(0, texts.length, { limit, members: [] }) };
}

function plainly(
  targets: readonly Gathered[],
  texts: string[],
  entities: EntityInput,
  types: TypeMembership,
): number[] {
  const known = new Map<string, number>();
  return targets.map((target) => {
    const text = representation(target, entities, types);
    if (text === undefined) return -1;
    const index = known.get(text) ?? texts.push(text) - 1;
    known.set(text, index);
    return index;
  });
}

function cut(from: number, to: number, batch: { limit: number; members: readonly string[] }): Batch[] {
  const batches: Batch[] = [];
  for (let at = from; at < to; at += batch.limit) {
    batches.push({ from: at, to: Math.min(at + batch.limit, to), members: batch.members });
  }
  return batches;
}

/**
 * With `@fromContext` arguments entities below different ancestors need different variables, and variables are one
 * set per call: entities whose values are equal go out together.
 */
function withContext(
  data: Gathered,
  { entities: input, types, limit }: RepresentationsInput,
): Representations {
  const groups = new Map<
    string,
    { readonly members: readonly string[]; readonly texts: Map<string, Gathered[]> }
  >();
  const targets: Gathered[] = [];
  const representationOf: number[] = [];
  for (const found of input.paths.flatMap((path) => collectWithPaths(data, path, types))) {
    const text = representation(found.object, input, types);
    if (text === undefined) continue;
    const members = contextMembers(found, input.contextRewrites, types);
    const key = members.join(',');
    const group = groups.get(key) ?? { members, texts: new Map<string, Gathered[]>() };
    groups.set(key, group);
    group.texts.set(text, [...(group.texts.get(text) ?? []), found.object]);
  }
  const texts: string[] = [];
  const batches: Batch[] = [];
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
