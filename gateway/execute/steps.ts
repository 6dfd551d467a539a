import type { FetchNode, PlanNode } from '../model/plan.ts';
import { withAvailableInputs } from './available-inputs.ts';
import { readyFetch } from './entity-call.ts';
import { answerShape } from './fetch-document.ts';
import { loneFetch } from './entity-fetch.ts';
import { JointFetches } from './joint-fetch.ts';
import { fetchesWithMates } from './joint-mates.ts';
import { rootFetch } from './root-fetch.ts';
import type { Step, StepKit } from './run.ts';
import type { Booleans } from './shapes.ts';
import { WeirError } from '../model/errors.ts';

interface Variant {
  readonly booleans: Booleans;
  /** Fetches beside which others may ask the same subgraph. */
  readonly mates: ReadonlySet<FetchNode>;
}

/** Makes steps of plan nodes; a fetch is made ready once, however many variants it takes part in. */
export class StepCompiler {
  readonly #kit: StepKit;
  // Weak: some fetches are made anew for each combination of booleans, and combinations come and go.
  readonly #fetches = new WeakMap<FetchNode, Step>();
  readonly #joined = new WeakMap<FetchNode, Step>();
  readonly #joints = new Map<string, JointFetches>();

  constructor(kit: StepKit) {
    this.#kit = kit;
  }

  /** A whole plan; `undefined` when these booleans leave nothing to do. */
  plan(root: PlanNode | undefined, booleans: Booleans): Step | undefined {
    const available = root && withAvailableInputs(root, booleans);
    return this.#step(available, { booleans, mates: fetchesWithMates(available, booleans) });
  }

  #step(node: PlanNode | undefined, variant: Variant): Step | undefined {
    const { booleans, mates } = variant;
    switch (node?.kind) {
      case undefined:
        return undefined;
      case 'fetch':
        return mates.has(node) && this.#kit.joins(node.subgraph) ? this.#along(node) : this.#fetch(node);
      case 'condition':
        return this.#step(booleans[node.variable] === true ? node.whenTrue : node.whenFalse, variant);
      case 'sequence':
        return sequence(this.#steps(node.steps, variant));
      case 'parallel':
        return parallel(this.#steps(node.branches, variant));
    }
  }

  #steps(nodes: readonly PlanNode[], variant: Variant): Step[] {
    return nodes.flatMap((node) => this.#step(node, variant) ?? []);
  }

  #along(node: FetchNode): Step {
    const known = this.#joined.get(node);
    if (known !== undefined || node.entities === undefined) return known ?? this.#fetch(node);
    const { subgraph, entities } = node;
    const joint = this.#joints.get(subgraph) ?? new JointFetches();
    this.#joints.set(subgraph, joint);
    const step = joint.step(readyFetch(node, entities, this.#kit));
    this.#joined.set(node, step);
    return step;
  }

  #fetch(node: FetchNode): Step {
    const known = this.#fetches.get(node);
    if (known !== undefined) return known;
    if (node.operationKind === 'subscription') {
      throw new WeirError(
        'GRAPHQL_VALIDATION_FAILED',
        'Subscriptions are not served here; send a query or a mutation.',
      );
    }
    const { entities } = node;
    const step =
      entities === undefined
        ? rootFetch(node, this.#kit)
        : loneFetch(readyFetch(node, entities, this.#kit)).step;
    this.#fetches.set(node, step);
    return step;
  }
}

function sequence(steps: readonly Step[]): Step | undefined {
  if (steps.length < 2) return steps[0];
  return async (run) => {
    for (const step of steps) await step(run);
  };
}

function parallel(steps: readonly Step[]): Step | undefined {
  if (steps.length < 2) return steps[0];
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)));
  };
}

/** What one fetch of a plan has to know of the others, whatever the plan's conditions. */
export function neighbours(root: PlanNode | undefined): Pick<StepKit, 'entityPaths' | 'rootsMeet'> {
  const fetches = fetchesOf(root);
  const roots = fetches.filter(({ entities }) => entities === undefined);
  return {
    entityPaths: fetches.flatMap(({ entities }) => entities?.paths ?? []),
    rootsMeet: roots.length > 1 && rootsMeet(roots),
  };
}

function fetchesOf(node: PlanNode | undefined): readonly FetchNode[] {
  switch (node?.kind) {
    case undefined:
      return [];
    case 'fetch':
      return [node];
    case 'condition':
      return [...fetchesOf(node.whenTrue), ...fetchesOf(node.whenFalse)];
    case 'sequence':
      return node.steps.flatMap(fetchesOf);
    case 'parallel':
      return node.branches.flatMap(fetchesOf);
  }
}

function rootsMeet(roots: readonly FetchNode[]): boolean {
  const keys = roots.flatMap(({ document, outputRewrites }) => [...answerShape(document, outputRewrites)]);
  const names = keys.flatMap(([key, below]) => (below === undefined ? [] : [key]));
  return new Set(names).size < names.length;
}
