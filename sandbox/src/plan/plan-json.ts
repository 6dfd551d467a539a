import { isObject, listAt, stringAt } from '../json.ts';

/** A query plan as the gateway tells it, cut down to what is drawn. */
export type PlanStep =
  | { readonly kind: 'sequence' | 'parallel'; readonly steps: readonly PlanStep[] }
  | {
      readonly kind: 'condition';
      readonly variable: string;
      readonly whenTrue: PlanStep | undefined;
      readonly whenFalse: PlanStep | undefined;
    }
  | FetchStep;

export interface FetchStep {
  readonly kind: 'fetch';
  readonly subgraph: string;
  readonly operationKind: string;
  readonly document: string;
  readonly variables: readonly string[];
  /** Where the entities stand in the data, as `orders[].customer`; empty for a fetch of root fields. */
  readonly paths: readonly string[];
  /** What is sent for each entity, as `User { id }`. */
  readonly sends: readonly string[];
}

export interface ShownPlan {
  /** `undefined` when nothing has to be fetched. */
  readonly root: PlanStep | undefined;
  readonly text: string;
}

/** Deeper than any real plan; a guard against an answer made to exhaust the stack. */
const maxDepth = 100;

/** Reads `extensions.apolloQueryPlan`; `undefined` when it holds no plan. */
export function parsePlan(json: unknown): ShownPlan | undefined {
  if (!isObject(json)) return undefined;
  const { object } = json;
  const text = stringAt(json, 'text') ?? '';
  if (!isObject(object)) return text === '' ? undefined : { root: undefined, text };
  return {
    root: stepOf(object['root'], 0),
    text: text === '' ? 'The gateway sent no text of this plan.' : text,
  };
}

function stepOf(json: unknown, depth: number): PlanStep | undefined {
  if (!isObject(json) || depth > maxDepth) return undefined;
  const stepsAt = (key: string): readonly PlanStep[] =>
    listAt(json, key).flatMap((child) => stepOf(child, depth + 1) ?? []);
  switch (json['kind']) {
    case 'sequence':
      return { kind: 'sequence', steps: stepsAt('steps') };
    case 'parallel':
      return { kind: 'parallel', steps: stepsAt('branches') };
    case 'condition':
      return {
        kind: 'condition',
        variable: stringAt(json, 'variable') ?? '?',
        whenTrue: stepOf(json['whenTrue'], depth + 1),
        whenFalse: stepOf(json['whenFalse'], depth + 1),
      };
    case 'fetch':
      return fetchOf(json);
    default:
      return undefined;
  }
}

function fetchOf(json: unknown): FetchStep {
  const entities = isObject(json) ? json['entities'] : undefined;
  return {
    kind: 'fetch',
    subgraph: stringAt(json, 'subgraph') ?? 'unnamed subgraph',
    operationKind: stringAt(json, 'operationKind') ?? 'query',
    document: stringAt(json, 'document') ?? '',
    variables: listAt(json, 'variables').filter((name) => typeof name === 'string'),
    paths: listAt(entities, 'paths').map(pathText),
    sends: listAt(entities, 'requires').map((need) => selectionText(need, 0)),
  };
}

function pathText(path: unknown): string {
  const steps: readonly unknown[] = Array.isArray(path) ? path : [];
  return steps
    .map((step) => (stringAt(step, 'kind') === 'list' ? '[]' : `.${stringAt(step, 'name') ?? '?'}`))
    .join('')
    .replace(/^\./, '');
}

/** `User { id }` for what an entity carries; fields and type conditions nest. */
function selectionText(json: unknown, depth: number): string {
  const onType = stringAt(json, 'onType');
  const name = onType === undefined ? fieldText(json) : depth === 0 ? onType : `... on ${onType}`;
  const inner =
    depth > maxDepth ? [] : listAt(json, 'selections').map((child) => selectionText(child, depth + 1));
  return inner.length === 0 ? name : `${name} { ${inner.join(' ')} }`;
}

function fieldText(json: unknown): string {
  return stringAt(json, 'readAs') ?? stringAt(json, 'sendAs') ?? '?';
}

/** Fetches, subgraphs and the longest chain of fetches that wait for one another. */
export interface PlanFacts {
  readonly fetches: number;
  readonly subgraphs: readonly string[];
  readonly rounds: number;
}

export function factsOf(step: PlanStep | undefined): PlanFacts {
  if (step === undefined) return { fetches: 0, subgraphs: [], rounds: 0 };
  if (step.kind === 'fetch') return { fetches: 1, subgraphs: [step.subgraph], rounds: 1 };
  const children = step.kind === 'condition' ? [step.whenTrue, step.whenFalse] : step.steps;
  const facts = children.map(factsOf);
  const rounds = facts.map((fact) => fact.rounds);
  return {
    fetches: sum(facts.map((fact) => fact.fetches)),
    subgraphs: [...new Set(facts.flatMap((fact) => fact.subgraphs))],
    rounds: step.kind === 'sequence' ? sum(rounds) : Math.max(0, ...rounds),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The operations of a document, printed in lines when the gateway sent it in one. */
export function readableDocument(document: string, print: (text: string) => string): string {
  try {
    return print(document);
  } catch {
    return document;
  }
}
