import type { EntityPath, FetchNode, PlanNode } from '../model/plan.ts';
import { withAvailableInputs } from './available-inputs.ts';
import { entityFetch } from './entity-fetch.ts';
import { rootFetch } from './root-fetch.ts';
import type { Step, StepKit } from './run.ts';
import type { Booleans } from './shapes.ts';
import { WeirError } from '../model/errors.ts';

/** Makes steps of plan nodes; a fetch is made ready once, however many variants it takes part in. */
export class StepCompiler {
  readonly #kit: StepKit;
  // Weak: some fetches are made anew for each combination of booleans, and combinations come and go.
  readonly #fetches = new WeakMap<FetchNode, Step>();

  constructor(kit: StepKit) {
    this.#kit = kit;
  }

  /** A whole plan; `undefined` when these booleans leave nothing to do. */
  plan(root: PlanNode | undefined, booleans: Booleans): Step | undefined {
    return this.#step(root && withAvailableInputs(root, booleans), booleans);
  }

  #step(node: PlanNode | undefined, booleans: Booleans): Step | undefined {
    switch (node?.kind) {
      case undefined:
        return undefined;
      case 'fetch':
        return this.#fetch(node);
      case 'condition':
        return this.#step(booleans[node.variable] === true ? node.whenTrue : node.whenFalse, booleans);
      case 'sequence':
        return sequence(this.#steps(node.steps, booleans));
      case 'parallel':
        return parallel(this.#steps(node.branches, booleans));
    }
  }

  #steps(nodes: readonly PlanNode[], booleans: Booleans): Step[] {
    return nodes.flatMap((node) => this.#step(node, booleans) ?? []);
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
    const step = entities === undefined ? rootFetch(node, this.#kit) : entityFetch(node, entities, this.#kit);
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

/** The paths of all entity fetches of a plan, whatever its conditions. */
export function entityPathsOf(node: PlanNode | undefined): readonly EntityPath[] {
  switch (node?.kind) {
    case undefined:
      return [];
    case 'fetch':
      return node.entities?.paths ?? [];
    case 'condition':
      return [...entityPathsOf(node.whenTrue), ...entityPathsOf(node.whenFalse)];
    case 'sequence':
      return node.steps.flatMap(entityPathsOf);
    case 'parallel':
      return node.branches.flatMap(entityPathsOf);
  }
}
