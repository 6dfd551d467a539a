import type { SharedStore } from '../model/store.ts';
import type { Planning } from './plan-cache.ts';
import { planText, storedPlan } from './stored-plan.ts';

/** Plans that several gateways share. */
export interface SharedPlans {
  readonly store: Pick<SharedStore, 'read' | 'write'>;
  /** Told when the store holds what is no plan, for the log. */
  readonly onGarbage: () => void;
}

/** What a plan depends on beside the operation. */
export interface PlanOrigin {
  readonly plannerVersion: string;
  readonly supergraphId: string;
  readonly subgraphs: ReadonlySet<string>;
}

/** Planning that first looks whether another gateway has the plan, and leaves there what it made itself. */
export function withSharedPlans(planning: Planning, shared: SharedPlans, origin: PlanOrigin): Planning {
  const { store, onGarbage } = shared;
  return async (request, signal) => {
    const key = JSON.stringify([
      origin.plannerVersion,
      origin.supergraphId,
      request.text,
      [...request.labels].sort(),
    ]);
    const found = await store.read(key);
    if (found.kind === 'hit') {
      const plan = storedPlan(found.text, origin.subgraphs);
      if (plan !== undefined) return { kind: 'planned', plan, bytes: found.text.length };
      onGarbage();
    }
    const outcome = await planning(request, signal);
    // The store never rejects, and nobody has to wait for it.
    if (outcome.kind === 'planned') void store.write(key, planText(outcome.plan));
    return outcome;
  };
}
