import type { EntityInput, EntityPath, FetchNode } from '../model/plan.ts';
import { WeirError } from '../model/errors.ts';
import { collect } from './collect.ts';
import { collector } from './collect-generated.ts';
import type { Collector } from './collect-generated.ts';
import { copier } from './copy-generated.ts';
import type { Copier } from './copy-generated.ts';
import { entityPlaces } from './entity-places.ts';
import type { EntityPlaces } from './entity-places.ts';
import { abandonedCall, unusableAnswer } from './errors.ts';
import { fetchDocument } from './fetch-document.ts';
import type { AnswerShape } from './fetch-document.ts';
import { copyAnswer } from './merge.ts';
import { merger } from './merge-generated.ts';
import type { Merger } from './merge-generated.ts';
import { representer } from './represent-generated.ts';
import type { Representer } from './represent-generated.ts';
import { representations } from './representations.ts';
import type { Representations } from './representations.ts';
import type { Run, StepKit } from './run.ts';

/** A fetch of entities made ready. */
export interface EntityFetch {
  readonly node: FetchNode;
  readonly entities: EntityInput;
  readonly kit: StepKit;
  readonly shape: AnswerShape;
  /** What is sent. */
  readonly document: string;
  /** Whether later steps may add to objects inside the answer: these must be nobody else's. */
  readonly isExtended: boolean;
  readonly plainCopy: Copier;
  readonly code: () => FetchCode;
}

/** @throws WeirError for a document that cannot be sent. */
export function readyFetch(node: FetchNode, entities: EntityInput, kit: StepKit): EntityFetch {
  if (node.variables.includes('representations')) {
    const message = 'A variable of an operation cannot be called "representations" here; rename it.';
    throw new WeirError('GRAPHQL_VALIDATION_FAILED', message);
  }
  const document = fetchDocument(node.document, node.outputRewrites, kit.schema);
  const shape = document.shape.get('_entities') ?? new Map<string, AnswerShape | undefined>();
  return {
    ...{ node, entities, kit, shape },
    document: document.text,
    isExtended: kit.rootsMeet || isExtended(entities.paths, shape, kit.entityPaths),
    plainCopy: (value) => copyAnswer(value, shape),
    code: lazyCode(entities, shape, kit),
  };
}

/**
 * Whether objects inside the answer may be added to later: an entity path leads through them, or another fetch of the
 * same entities may give parts of the same objects.
 */
function isExtended(paths: readonly EntityPath[], shape: AnswerShape, all: readonly EntityPath[]): boolean {
  const keys = [...shape].flatMap(([key, below]) => (below === undefined ? [] : [key]));
  if (keys.length === 0) return false;
  const others = all.map(pathText);
  return paths.map(pathText).some((path) => {
    if (others.filter((other) => other === path).length > 1) return true;
    return keys.some((key) => others.some((other) => `${other}/`.startsWith(`${path}/${key}/`)));
  });
}

const pathText = (path: EntityPath): string =>
  path.map((step) => (step.kind === 'list' ? '@' : step.name)).join('/');

/** What one request asks for by one fetch. */
export interface EntityAsk {
  readonly fetch: EntityFetch;
  readonly asked: Representations;
  readonly places: EntityPlaces;
  readonly copy: Copier;
  readonly merge: Merger | undefined;
}

/** What to ask for now; `undefined` when there is nothing, or it cannot be asked, which is reported here. */
export function entityAsk(fetch: EntityFetch, run: Run): EntityAsk | undefined {
  const { node, kit } = fetch;
  const code = run.isHot ? fetch.code() : plainCode;
  const asked = writable(fetch, run, code);
  if (asked === undefined || asked.texts.length === 0) return undefined;
  const { targets, representationOf } = asked;
  const places = entityPlaces({ node, kit, run, entityShape: fetch.shape, targets, representationOf });
  const { merger: merge, copier: copy = fetch.plainCopy } = code;
  if (!run.request.context.signal.aborted) return { fetch, asked, places, copy, merge };
  for (const path of places.ofAll()) run.errors.add(abandonedCall(node.subgraph, path));
  return undefined;
}

/** `undefined`, and told, when a value that the subgraph needs is too deep to be written as JSON. */
function writable({ node, entities, kit, shape }: EntityFetch, run: Run, code: FetchCode) {
  const { types, maxRepresentations: limit } = kit;
  try {
    return representations(run.data, { entities, types, limit, ...code });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const targets = collect(run.data, entities.paths, types);
    const representationOf = targets.map(() => 0);
    const places = entityPlaces({ node, kit, run, entityShape: shape, targets, representationOf });
    for (const path of places.ofAll()) {
      run.errors.add(unusableAnswer(node.subgraph, 'needs a value that is nested too deeply', path));
    }
    return undefined;
  }
}

interface FetchCode {
  readonly collector: Collector | undefined;
  readonly representer: Representer | undefined;
  readonly copier: Copier | undefined;
  readonly merger: Merger | undefined;
}

const plainCode: FetchCode = {
  collector: undefined,
  representer: undefined,
  copier: undefined,
  merger: undefined,
};

/** Generated when an operation turns out to be used, not before: code costs more than it saves in one run. */
function lazyCode(entities: EntityInput, shape: AnswerShape, { types }: StepKit): () => FetchCode {
  let made: FetchCode | undefined;
  return () =>
    (made ??= {
      collector: collector(entities.paths, types),
      representer: representer(entities, types),
      copier: copier(shape),
      merger: merger(shape, types),
    });
}
