import type { Plan } from '../model/plan.ts';

export interface PlannerOptions {
  /** Entities behind an abstract type are fetched for those of its types alone on which they were asked for. */
  readonly typeConditionedFetching: boolean;
}

/** What a planning thread is started with. */
export interface ThreadData {
  readonly plannerSdl: string;
  readonly options: PlannerOptions;
}

/** To the thread: one at a time. */
export interface PlanningRequest {
  /** The one operation and its fragments, printed. */
  readonly text: string;
  /** Override labels that hold. */
  readonly labels: readonly string[];
}

/** From the thread: first `ready` or `broken`, then one outcome per request. */
export type ThreadMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'broken'; readonly reason: string }
  | { readonly kind: 'planned'; readonly plan: Plan; readonly bytes: number }
  | { readonly kind: 'unplannable'; readonly message: string }
  | { readonly kind: 'failed'; readonly detail: string };
