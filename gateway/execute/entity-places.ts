import type { FetchNode } from '../model/plan.ts';
import { rewrittenPath } from './client-paths.ts';
import { collectWithPaths } from './collect.ts';
import type { ResponsePath } from './errors.ts';
import type { AnswerShape } from './fetch-document.ts';
import type { Gathered } from './gathered.ts';
import type { Run, StepKit } from './run.ts';

/** One error of a subgraph is shown at each place that used the entity, but not at more than these. */
const mostPlaces = 20;

/** Where in the client's response the entities of one fetch stand; worked out only when something went wrong. */
export interface EntityPlaces {
  /** Client paths for a path of a subgraph's error (`["_entities", 3, "name"]`). */
  readonly ofError: (path: ResponsePath | undefined) => readonly ResponsePath[];
  /** Client paths of the objects that one representation stood for. */
  readonly ofRepresentation: (index: number) => readonly ResponsePath[];
  /** One client path per place of the plan: the object itself when there is one, else the list it is in. */
  readonly ofAll: () => readonly ResponsePath[];
}

export interface EntityPlacesInput {
  readonly node: FetchNode;
  readonly kit: StepKit;
  readonly entityShape: AnswerShape;
  readonly run: Run;
  readonly targets: readonly Gathered[];
  /** For each target the representation it gave, -1 for none. */
  readonly representationOf: readonly number[];
}

export function entityPlaces(input: EntityPlacesInput): EntityPlaces {
  const { node, kit, run } = input;
  let known: ReadonlyMap<number, readonly ResponsePath[]> | undefined;

  const gatheredPaths = (index: number): readonly ResponsePath[] => {
    known ??= pathsByRepresentation(input);
    return known.get(index) ?? [];
  };

  const ofAll = (): readonly ResponsePath[] =>
    (node.entities?.paths ?? []).flatMap((entityPath) => {
      const found = collectWithPaths(run.data, entityPath, kit.types);
      const first = found[0]?.path;
      if (first === undefined) return [];
      if (found.length > 1) return [kit.clientPaths.of(first.slice(0, first.findIndex(isIndex)))];
      const names = kit.clientPaths.namesBelow(first, input.entityShape.keys());
      return [[...kit.clientPaths.of(first), ...(names.length === 1 ? names : [])]];
    });

  return {
    ofAll,
    ofRepresentation: (index) => gatheredPaths(index).map((path) => kit.clientPaths.of(path)),
    ofError: (path) => {
      const [, index, ...rest] = path ?? [];
      const places = typeof index === 'number' ? gatheredPaths(index) : [];
      if (places.length === 0) return ofAll();
      const below = rewrittenPath(rest, node.outputRewrites);
      return places.map((place) => kit.clientPaths.of([...place, ...below]));
    },
  };
}

const isIndex = (part: string | number): boolean => typeof part === 'number';

function pathsByRepresentation(input: EntityPlacesInput): ReadonlyMap<number, readonly ResponsePath[]> {
  const indexOf = new Map<Gathered, number>();
  for (const [at, target] of input.targets.entries()) indexOf.set(target, input.representationOf[at] ?? -1);
  const paths = new Map<number, ResponsePath[]>();
  for (const entityPath of input.node.entities?.paths ?? []) {
    for (const { object, path } of collectWithPaths(input.run.data, entityPath, input.kit.types)) {
      const index = indexOf.get(object);
      if (index === undefined || index < 0) continue;
      const known = paths.get(index) ?? [];
      if (known.length < mostPlaces) known.push(path);
      paths.set(index, known);
    }
  }
  return paths;
}
