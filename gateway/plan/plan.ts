import { activeLabels } from './override-labels.ts';
import {
  type HotOperation,
  PlanCache,
  type PlanCacheSettings,
  type PlanCacheStats,
  type Planning,
  type PlanResult,
  type PlanSubject,
} from './plan-cache.ts';
import { plannerVersion } from './planner-version.ts';
import { PlanningPool, type PoolSettings, type PoolStats } from './planning-pool.ts';
import {
  loadSupergraph,
  type LoadedSupergraph,
  type Supergraph,
  type SupergraphOptions,
} from './supergraph.ts';
import { type PlanOrigin, type SharedPlans, withSharedPlans } from './shared-plans.ts';
import type { LinkedFeature } from './linked-features.ts';
import type { SupergraphProblem } from './supergraph-problem.ts';
import type { CancelSignal } from '../model/cancellation.ts';
import type { Operation } from '../model/operation.ts';
import type { Plan } from '../model/plan.ts';

export { activeLabels, loadSupergraph };
export type {
  HotOperation,
  LinkedFeature,
  LoadedSupergraph,
  PlanResult,
  PlanSubject,
  SharedPlans,
  Supergraph,
  SupergraphOptions,
  SupergraphProblem,
};

export interface PlannerSettings extends Omit<PoolSettings, 'plannerSdl'> {
  readonly cache: PlanCacheSettings;
}

/** Settings for one gateway on an ordinary machine. */
export const plannerDefaults: PlannerSettings = {
  workers: 1,
  timeoutMs: 5_000,
  memoryMb: 1_024,
  queueLimit: 200,
  options: { typeConditionedFetching: false },
  cache: { maxPlans: 512, maxBytes: 64 * 1024 * 1024, failureMs: 30_000 },
};

export interface PlanOptions {
  /** Equal for callers who may see the same parts of the operation. */
  readonly shape: string;
  /** Labels that hold (see `activeLabels`); those the supergraph does not have are ignored. */
  readonly labels: ReadonlySet<string>;
  readonly signal: CancelSignal;
}

/** Progress of a warm-up: how many operations are done, of how many, and how many of them had no plan. */
export interface WarmUpProgress {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
}

export interface PlannerStats extends PlanCacheStats, PoolStats {}

/** Makes and remembers the plans of one supergraph. No method rejects. */
export interface Planner {
  /** When it can plan: `undefined`; else why it never will. */
  readonly ready: Promise<string | undefined>;
  /** The plan when it is remembered, at the cost of a lookup. */
  readonly known: (operation: Operation, options: Omit<PlanOptions, 'signal'>) => Plan | undefined;
  readonly plan: (operation: Operation, options: PlanOptions) => Promise<PlanResult>;
  /**
   * Plans operations of an older schema before they are asked for, most important first; stops when the signal aborts.
   * Their documents must be valid for this supergraph and allowed for their shape: one that is not is planned in vain.
   */
  readonly warmUp: (
    operations: readonly PlanSubject[],
    signal: AbortSignal,
    onProgress?: (progress: WarmUpProgress) => void,
  ) => Promise<WarmUpProgress>;
  /** The most used operations, for the warm-up of the planner that follows. */
  readonly hottest: (count: number) => readonly HotOperation[];
  readonly stats: () => PlannerStats;
  readonly close: () => Promise<void>;
}

/**
 * A planner in threads of its own, which start at once; plans are remembered, and shared with other gateways where
 * `shared` is given. Close it when it is replaced.
 */
export function createPlanner(
  supergraph: Supergraph,
  settings: PlannerSettings,
  shared?: SharedPlans,
): Planner {
  const pool = new PlanningPool({ ...settings, plannerSdl: supergraph.plannerSdl });
  const own: Planning = (request, signal) => pool.plan(request, signal);
  const planning = shared === undefined ? own : withSharedPlans(own, shared, originOf(supergraph, settings));
  const cache = new PlanCache(settings.cache, planning);
  const known = (labels: ReadonlySet<string>): ReadonlySet<string> =>
    labels.size === 0 ? labels : new Set(supergraph.overrideLabels.filter((label) => labels.has(label)));
  return {
    ready: pool.ready,
    known: (operation, { shape, labels }) => cache.known({ operation, shape, labels: known(labels) }),
    plan: (operation, { shape, labels, signal }) =>
      cache.plan({ operation, shape, labels: known(labels) }, signal),
    warmUp: async (operations, signal, onProgress) => {
      let progress: WarmUpProgress = { done: 0, total: operations.length, failed: 0 };
      for (const { operation, shape, labels } of operations) {
        if (signal.aborted) break;
        const { kind } = await cache.plan({ operation, shape, labels: known(labels) }, signal);
        progress = {
          ...progress,
          done: progress.done + 1,
          failed: progress.failed + (kind === 'failed' ? 1 : 0),
        };
        onProgress?.(progress);
      }
      return progress;
    },
    hottest: (count) => cache.hottest(count),
    stats: () => ({ ...cache.stats(), ...pool.stats() }),
    close: () => pool.close(),
  };
}

function originOf({ id, subgraphs }: Supergraph, { options }: PlannerSettings): PlanOrigin {
  const version = `${plannerVersion()} ${JSON.stringify(options)}`;
  return { plannerVersion: version, supergraphId: id, subgraphs: new Set(subgraphs.keys()) };
}
