import type { EntityInput, EntityPath, FetchNode } from '../model/plan.ts';
import type { SubgraphAnswer } from '../model/subgraph-call.ts';
import { WeirError } from '../model/errors.ts';
import { entityPlaces } from './entity-places.ts';
import type { EntityPlaces } from './entity-places.ts';
import { abandonedCall, failedCall, reportedError, unusableAnswer } from './errors.ts';
import { fetchDocument } from './fetch-document.ts';
import type { AnswerShape } from './fetch-document.ts';
import { isObject } from './gathered.ts';
import type { Gathered } from './gathered.ts';
import { copyAnswer, mergeAnswer } from './merge.ts';
import { representations } from './representations.ts';
import type { Batch, Representations } from './representations.ts';
import { requestBody } from './request-body.ts';
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
    body: requestBody(node, document.text),
    copiesRepeated: isExtended(entities.paths, kit.entityPaths) || [...shape.values()].some(isComposite),
  };
  return (run) => ask(fetch, run);
}

interface EntityFetch {
  readonly node: FetchNode;
  readonly entities: EntityInput;
  readonly kit: StepKit;
  readonly shape: AnswerShape;
  readonly body: RequestBody;
  /** Whether one entity given to several objects is copied: later steps may add to what they would share. */
  readonly copiesRepeated: boolean;
}

const isComposite = (below: AnswerShape | undefined): boolean => below !== undefined;

/** Whether some entity path of the plan goes on beyond one of these. */
function isExtended(paths: readonly EntityPath[], all: readonly EntityPath[]): boolean {
  const own = paths.map(pathText);
  return all.some((path) => own.some((prefix) => pathText(path).startsWith(`${prefix}/`)));
}

const pathText = (path: EntityPath): string =>
  path.map((step) => (step.kind === 'list' ? '@' : step.name)).join('/');

async function ask(fetch: EntityFetch, run: Run): Promise<void> {
  const { node, entities, kit } = fetch;
  const asked = representations(run.data, entities, kit.types, kit.maxRepresentations);
  if (asked.texts.length === 0) return;
  const places = entityPlaces({
    node,
    kit,
    run,
    entityShape: fetch.shape,
    targets: asked.targets,
    representationOf: asked.representationOf,
  });
  if (run.request.context.signal.aborted) {
    for (const path of places.ofAll()) run.errors.add(abandonedCall(node.subgraph, path));
    return;
  }
  const answers = await Promise.all(
    asked.batches.map((batch) => askBatch(fetch, run, { asked, batch, places })),
  );
  const given = new Map<number, Gathered>();
  for (const [at, entitiesOfBatch] of answers.entries()) {
    const from = asked.batches[at]?.from ?? 0;
    for (const [index, entity] of entitiesOfBatch.entries())
      if (entity !== undefined) given.set(from + index, entity);
  }
  handOut(fetch, asked, given);
}

interface Asking {
  readonly asked: Representations;
  readonly batch: Batch;
  readonly places: EntityPlaces;
}

type Entities = readonly (Gathered | undefined)[];

async function askBatch(fetch: EntityFetch, run: Run, asking: Asking): Promise<Entities> {
  const { subgraph, operationKind } = fetch.node;
  const { asked, batch, places } = asking;
  const list = `"representations":[${asked.texts.slice(batch.from, batch.to).join(',')}]`;
  const answer = await run.request.call(
    {
      subgraph,
      operationKind,
      body: fetch.body(run.request.variables, [list, ...batch.members]),
      entityCount: batch.to - batch.from,
    },
    run.request.context,
  );
  if (answer.kind === 'answered') return entitiesOf(fetch, run, asking, answer);
  for (const path of places.ofAll()) run.errors.add(failedCall(answer.error, subgraph, path));
  return [];
}

type Answered = Extract<SubgraphAnswer, { kind: 'answered' }>;

function entitiesOf(fetch: EntityFetch, run: Run, asking: Asking, answer: Answered): Entities {
  const { subgraph } = fetch.node;
  const { batch, places } = asking;
  reportErrors(subgraph, run, asking, answer);
  const list = answer.data?.['_entities'] ?? null;
  if (list === null && answer.errors.length > 0) return [];
  const problem = shapeProblem(list, batch.to - batch.from);
  if (problem !== undefined || !Array.isArray(list)) {
    for (const path of places.ofAll()) run.errors.add(unusableAnswer(subgraph, problem ?? '', path));
    return [];
  }
  run.mayNeedEscape ||= answer.mayNeedEscape;
  return list.map((entity: unknown, index) => {
    if (entity === null) return undefined;
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

function handOut(fetch: EntityFetch, asked: Representations, given: ReadonlyMap<number, Gathered>): void {
  const used = new Set<number>();
  for (const [at, target] of asked.targets.entries()) {
    const index = asked.representationOf[at] ?? -1;
    const entity = given.get(index);
    if (entity === undefined) continue;
    const isRepeated = fetch.copiesRepeated && used.has(index);
    used.add(index);
    const own = isRepeated ? (copyAnswer(entity, fetch.shape) as Gathered) : entity;
    mergeAnswer(target, own, fetch.shape, fetch.kit.types);
  }
}
