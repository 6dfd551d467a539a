import type { EntityInput, EntityPath, FetchNode } from '../model/plan.ts';
import type { CallParts, SubgraphAnswer } from '../model/subgraph-call.ts';
import { WeirError } from '../model/errors.ts';
import { collect } from './collect.ts';
import { collector } from './collect-generated.ts';
import type { Collector } from './collect-generated.ts';
import { entityPlaces } from './entity-places.ts';
import type { EntityPlaces } from './entity-places.ts';
import { abandonedCall, failedCall, reportedError, unusableAnswer } from './errors.ts';
import { fetchDocument } from './fetch-document.ts';
import type { AnswerShape } from './fetch-document.ts';
import { isObject } from './gathered.ts';
import type { Gathered } from './gathered.ts';
import { copyAnswer, mergeAnswer } from './merge.ts';
import { merger } from './merge-generated.ts';
import type { Merger } from './merge-generated.ts';
import { representer } from './represent-generated.ts';
import type { Representer } from './represent-generated.ts';
import { representations } from './representations.ts';
import type { Batch, Representations } from './representations.ts';
import { requestBody, variableMembers } from './request-body.ts';
import type { RequestBody } from './request-body.ts';
import { applyRewrites } from './rewrite.ts';
import type { Run, Step, StepKit } from './run.ts';

/** A fetch of entities for objects already gathered. */
export function entityFetch(node: FetchNode, entities: EntityInput, kit: StepKit): Step {
  if (node.variables.includes('representations')) {
    const message = 'A variable of an operation cannot be called "representations" here; rename it.';
    throw new WeirError('GRAPHQL_VALIDATION_FAILED', message);
  }
  const document = fetchDocument(node.document, node.outputRewrites, kit.schema);
  const shape = document.shape.get('_entities') ?? new Map<string, AnswerShape | undefined>();
  const fetch: EntityFetch = {
    node,
    entities,
    kit,
    shape,
    document: document.text,
    body: requestBody(node, document.text),
    members: variableMembers(node),
    copiesRepeated: isExtended(entities.paths, shape, kit.entityPaths),
    code: lazyCode(entities, shape, kit),
  };
  return (run) => ask(fetch, run);
}

interface EntityFetch {
  readonly node: FetchNode;
  readonly entities: EntityInput;
  readonly kit: StepKit;
  readonly shape: AnswerShape;
  readonly document: string;
  readonly body: RequestBody;
  readonly members: RequestBody;
  /** Whether one entity given to several objects is copied: later steps may add to what they would share. */
  readonly copiesRepeated: boolean;
  readonly code: () => FetchCode;
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

async function ask(fetch: EntityFetch, run: Run): Promise<void> {
  const { node, kit } = fetch;
  const code = run.isHot ? fetch.code() : plainCode;
  const asked = writable(fetch, run, code);
  if (asked === undefined || asked.texts.length === 0) return;
  const { targets, representationOf, batches } = asked;
  const places = entityPlaces({ node, kit, run, entityShape: fetch.shape, targets, representationOf });
  if (run.request.context.signal.aborted) {
    for (const path of places.ofAll()) run.errors.add(abandonedCall(node.subgraph, path));
    return;
  }
  const calls = batches.map((batch) => askBatch(fetch, run, { asked, batch, places }));
  // The texts are in the request bodies now; holding them until the answers are here would keep them alive twice.
  asked.texts.length = 0;
  const [only] = calls;
  const given = calls.length === 1 && only !== undefined ? await only : (await Promise.all(calls)).flat();
  handOut(fetch, asked, { given, merge: code.merger, unknown: run.unknown });
}

/** What to ask for; `undefined`, and told, when a value that the subgraph needs is too deep to be written as JSON. */
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

interface Asking {
  readonly asked: Representations;
  readonly batch: Batch;
  readonly places: EntityPlaces;
}

/** Null: the subgraph knows none; `undefined`: it gave none, and why has been reported. */
type Entities = readonly (Gathered | null | undefined)[];

async function askBatch(fetch: EntityFetch, run: Run, asking: Asking): Promise<Entities> {
  const { subgraph, operationKind } = fetch.node;
  const { asked, batch, places } = asking;
  const entityCount = batch.to - batch.from;
  // No local names for the body: they would keep it alive while the answer is awaited.
  const answer = await run.request.call(
    { subgraph, operationKind, entityCount, ...bodyOf(fetch, run, asked, batch) },
    run.request.context,
  );
  const entities = answer.kind === 'answered' ? entitiesOf(fetch, run, asking, answer) : undefined;
  if (answer.kind === 'failed') {
    for (const path of places.ofAll()) run.errors.add(failedCall(answer.error, subgraph, path));
  }
  return entities ?? new Array<undefined>(entityCount).fill(undefined);
}

function bodyOf(fetch: EntityFetch, run: Run, asked: Representations, batch: Batch) {
  const isAll = asked.batches.length === 1;
  const representations = isAll ? asked.texts : asked.texts.slice(batch.from, batch.to);
  const { variables } = run.request;
  const { document } = fetch;
  const bodyFor = (texts: readonly string[]): string =>
    fetch.body(variables, [`"representations":[${texts.join(',')}]`, ...batch.members]);
  const parts: CallParts = {
    ...{ document, representations, bodyFor },
    variables: () => fetch.members(variables, batch.members),
  };
  return { body: bodyFor(representations), parts };
}

type Answered = Extract<SubgraphAnswer, { kind: 'answered' }>;

/** One entry per representation of the batch; `undefined` when the answer is of no use, which is reported here. */
function entitiesOf(fetch: EntityFetch, run: Run, asking: Asking, answer: Answered): Entities | undefined {
  const { subgraph } = fetch.node;
  const { batch, places } = asking;
  reportErrors(subgraph, run, asking, answer);
  const list = answer.data?.['_entities'] ?? null;
  if (list === null && answer.errors.length > 0) return undefined;
  const problem = shapeProblem(list, batch.to - batch.from);
  if (problem !== undefined || !Array.isArray(list)) {
    for (const path of places.ofAll()) run.errors.add(unusableAnswer(subgraph, problem ?? '', path));
    return undefined;
  }
  run.mayNeedEscape ||= answer.mayNeedEscape;
  return list.map((entity: unknown, index) => {
    if (entity === null) return null;
    if (isObject(entity)) return rewritten(fetch, entity, answer.owned === true);
    for (const path of places.ofRepresentation(batch.from + index)) {
      run.errors.add(unusableAnswer(subgraph, 'answered with an entity that is no object', path));
    }
    return undefined;
  });
}

function reportErrors(subgraph: string, run: Run, { batch, places }: Asking, answer: Answered): void {
  for (const error of answer.errors) {
    // Paths cost a walk through the data: not worth it for what is only counted.
    const paths = run.errors.isFull ? [undefined] : places.ofError(shifted(error.path, batch.from));
    for (const path of paths) run.errors.add(reportedError(error, subgraph, path));
  }
}

/** The entity as it may be merged: copied unless nobody else holds it. */
function rewritten({ node, shape, kit }: EntityFetch, entity: Gathered, isOwned: boolean): Gathered {
  const own = isOwned ? entity : (copyAnswer(entity, shape) as Gathered);
  if (node.outputRewrites.length > 0) applyRewrites(node.outputRewrites, own, kit.types);
  return own;
}

/** Errors of a later batch count from 0 as well. */
function shifted(
  path: readonly (string | number)[] | undefined,
  by: number,
): readonly (string | number)[] | undefined {
  const [first, index, ...rest] = path ?? [];
  if (first !== '_entities' || typeof index !== 'number') return undefined;
  return [first, index + by, ...rest];
}

function shapeProblem(list: unknown, expected: number): string | undefined {
  if (!Array.isArray(list)) return 'answered without a list of entities';
  if (list.length === expected) return undefined;
  return `answered ${String(list.length)} entities where ${String(expected)} were asked for`;
}

interface Giving {
  readonly given: Entities;
  readonly merge: Merger | undefined;
  readonly unknown: Set<Gathered>;
}

function handOut(fetch: EntityFetch, asked: Representations, { given, merge, unknown }: Giving): void {
  const { targets, representationOf } = asked;
  const used = fetch.copiesRepeated ? new Set<number>() : undefined;
  for (let at = 0; at < targets.length; at += 1) {
    const index = representationOf[at] ?? -1;
    const target = targets[at];
    const entity = given[index];
    if (target !== undefined && entity === null) unknown.add(target);
    if (!entity || target === undefined) continue;
    const own = used?.has(index) === true ? (copyAnswer(entity, fetch.shape) as Gathered) : entity;
    used?.add(index);
    if (merge === undefined) mergeAnswer(target, own, fetch.shape, fetch.kit.types);
    else merge(target, own);
  }
}

interface FetchCode {
  readonly collector: Collector | undefined;
  readonly representer: Representer | undefined;
  readonly merger: Merger | undefined;
}

const plainCode: FetchCode = { collector: undefined, representer: undefined, merger: undefined };

/** Generated when an operation turns out to be used, not before: code costs more than it saves in one run. */
function lazyCode(entities: EntityInput, shape: AnswerShape, { types }: StepKit): () => FetchCode {
  let made: FetchCode | undefined;
  return () =>
    (made ??= {
      collector: collector(entities.paths, types),
      representer: representer(entities, types),
      merger: merger(shape, types),
    });
}
