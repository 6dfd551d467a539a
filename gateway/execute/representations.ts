import type { EntityInput } from '../model/plan.ts';
import { collect, collectWithPaths } from './collect.ts';
import { contextMembers } from './context-values.ts';
import type { Gathered } from './gathered.ts';
import { representation } from './represent.ts';
import type { TypeMembership } from './type-membership.ts';

/** The entities of one fetch and how they will be asked for. */
export interface Representations {
  readonly targets: readonly Gathered[];
  /** For each target the place of its representation in `texts`; -1 when it cannot be asked for. */
  readonly representationOf: readonly number[];
  /** JSON texts, each different. */
  readonly texts: readonly string[];
  readonly batches: readonly Batch[];
}

/** Representations that go out in one call: `texts` from `from` up to `to`, exclusive. */
export interface Batch {
  readonly from: number;
  readonly to: number;
  /** JSON members for the variables that are this batch's own. */
  readonly members: readonly string[];
}

/** Representations in the order in which their objects stand, equal ones once, cut into batches of at most `limit`. */
export function representations(
  data: Gathered,
  input: EntityInput,
  types: TypeMembership,
  limit: number,
): Representations {
  if (input.contextRewrites.length > 0) return withContext(data, input, types, limit);
  const targets = collect(data, input.paths, types);
  const known = new Map<string, number>();
  const representationOf = targets.map((target) => {
    const text = representation(target, input, types);
    if (text === undefined) return -1;
    const index = known.get(text) ?? known.size;
    known.set(text, index);
    return index;
  });
  return {
    targets,
    representationOf,
    texts: [...known.keys()],
    batches: cut(0, known.size, { limit, members: [] }),
  };
}

export function cut(from: number, to: number, batch: { limit: number; members: readonly string[] }): Batch[] {
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
  input: EntityInput,
  types: TypeMembership,
  limit: number,
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
