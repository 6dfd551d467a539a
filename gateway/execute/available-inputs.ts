import type { EntityInput, EntityPath, FetchNode, PlanNode, RequiredSelection } from '../model/plan.ts';
import { answerShape } from './fetch-document.ts';
import type { AnswerShape } from './fetch-document.ts';
import type { Booleans } from './shapes.ts';

type GatheredShape = Map<string, GatheredShape | undefined>;

/**
 * A plan for one combination of booleans, whose representations require nothing that no fetch of the plan asks for.
 * The planner fetches the inputs of a field with `@skip` or `@include` under the same condition, yet lists them as
 * required for all fields of their common fetch: where the condition leaves the field out, the others would be lost.
 */
export function withAvailableInputs(root: PlanNode, booleans: Booleans): PlanNode {
  const fetches = fetchesOf(root, booleans);
  if (!fetches.some(({ document }) => /@(skip|include)\b/.test(document))) return root;
  const gathered: GatheredShape = new Map();
  for (const fetch of fetches) {
    const shape = answerShape(fetch.document, fetch.outputRewrites, booleans);
    if (fetch.entities === undefined) addShape(gathered, shape);
    const inside = shape.get('_entities');
    for (const path of fetch.entities?.paths ?? []) if (inside) addShape(placeAt(gathered, path), inside);
  }
  return withFetches(root, (fetch) => {
    const { entities } = fetch;
    return entities === undefined ? fetch : { ...fetch, entities: withoutMissing(entities, gathered) };
  });
}

/** The fetches that these booleans let run. */
function fetchesOf(node: PlanNode | undefined, booleans: Booleans): readonly FetchNode[] {
  switch (node?.kind) {
    case undefined:
      return [];
    case 'fetch':
      return [node];
    case 'sequence':
      return node.steps.flatMap((step) => fetchesOf(step, booleans));
    case 'parallel':
      return node.branches.flatMap((branch) => fetchesOf(branch, booleans));
    case 'condition':
      return fetchesOf(booleans[node.variable] === true ? node.whenTrue : node.whenFalse, booleans);
  }
}

function withFetches(node: PlanNode, change: (fetch: FetchNode) => FetchNode): PlanNode {
  switch (node.kind) {
    case 'fetch':
      return change(node);
    case 'sequence':
      return { ...node, steps: node.steps.map((step) => withFetches(step, change)) };
    case 'parallel':
      return { ...node, branches: node.branches.map((branch) => withFetches(branch, change)) };
    case 'condition':
      return {
        ...node,
        whenTrue: node.whenTrue && withFetches(node.whenTrue, change),
        whenFalse: node.whenFalse && withFetches(node.whenFalse, change),
      };
  }
}

function addShape(into: GatheredShape, shape: AnswerShape): void {
  for (const [key, below] of shape) {
    const known = into.get(key);
    if (below === undefined) {
      if (!into.has(key)) into.set(key, undefined);
      continue;
    }
    const inside: GatheredShape = known ?? new Map<string, GatheredShape | undefined>();
    into.set(key, inside);
    addShape(inside, below);
  }
}

function placeAt(gathered: GatheredShape, path: EntityPath): GatheredShape {
  let place = gathered;
  for (const step of path) {
    if (step.kind === 'list') continue;
    const next: GatheredShape = place.get(step.name) ?? new Map<string, GatheredShape | undefined>();
    place.set(step.name, next);
    place = next;
  }
  return place;
}

function withoutMissing(entities: EntityInput, gathered: GatheredShape): EntityInput {
  const places = entities.paths.map((path) => placeAt(gathered, path));
  return {
    ...entities,
    requires: entities.requires.map((requirement) => {
      const selections = present(requirement.selections, places);
      // With nothing but a type name left no subgraph could find the entity: then it is better not asked for.
      return identifies(selections) ? { ...requirement, selections } : requirement;
    }),
  };
}

function identifies(selections: readonly RequiredSelection[]): boolean {
  return selections.some((one) =>
    one.kind === 'on' ? identifies(one.selections) : one.readAs !== '__typename',
  );
}

function present(
  selections: readonly RequiredSelection[],
  places: readonly AnswerShape[],
): readonly RequiredSelection[] {
  return selections.flatMap((one): readonly RequiredSelection[] => {
    if (one.kind === 'on') return [{ ...one, selections: present(one.selections, places) }];
    if (one.readAs === '__typename') return [one];
    const having = places.filter((place) => place.has(one.readAs));
    if (having.length === 0) return [];
    if (one.selections === undefined) return [one];
    const inside = having.flatMap((place) => place.get(one.readAs) ?? []);
    return [{ ...one, selections: present(one.selections, inside) }];
  });
}
