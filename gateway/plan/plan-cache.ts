import { createHash } from 'node:crypto';
import { type DocumentNode, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { CancelSignal } from '../model/cancellation.ts';
import type { Operation } from '../model/operation.ts';
import type { Plan, PlanFailure } from '../model/plan.ts';
import { planningFailures } from './planning-failures.ts';
import type { PlanningRequest } from './planning-messages.ts';
import type { PoolOutcome } from './planning-pool.ts';

export interface PlanCacheSettings {
  readonly maxPlans: number;
  /** Estimate of what plans and the texts they were made from take, in bytes. */
  readonly maxBytes: number;
  /** How long an operation that took too long is refused without trying again, in ms. */
  readonly failureMs: number;
}

/** What a plan depends on beside the supergraph. */
export interface PlanSubject {
  readonly operation: Operation;
  /** Equal for callers who may see the same parts. */
  readonly shape: string;
  /** Override labels that hold. */
  readonly labels: ReadonlySet<string>;
}

/** A planned operation and how often it was asked for. */
export interface HotOperation extends PlanSubject {
  readonly uses: number;
}

export type PlanResult =
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'failed'; readonly failure: PlanFailure };

export interface PlanCacheStats {
  readonly plans: number;
  readonly bytes: number;
  readonly hits: number;
  readonly misses: number;
  /** Callers who joined a planning that was already under way. */
  readonly joined: number;
}

/** Makes one plan. Never rejects. */
export type Planning = (request: PlanningRequest, signal: AbortSignal) => Promise<PoolOutcome>;

interface Entry {
  readonly subject: PlanSubject;
  readonly plan: Plan;
  uses: number;
}

/** The key made last for a document, which is nearly always of one operation and one shape. */
interface KnownKey {
  readonly digest: string;
  readonly hash: string;
  readonly shape: string;
  readonly key: string;
}

/** One planning that several callers may wait for; it is given up when all have left. */
interface Flight {
  readonly result: Promise<PlanResult>;
  readonly giveUp: AbortController;
  callers: number;
}

/** Remembers plans, bounded by number and bytes; the same plan asked for twice at once is made once. */
export class PlanCache {
  readonly #planning: Planning;
  readonly #plans: LRUCache<string, Entry>;
  readonly #failures: LRUCache<string, PlanFailure>;
  readonly #flights = new Map<string, Flight>();
  readonly #keys = new WeakMap<DocumentNode, KnownKey>();
  #hits = 0;
  #misses = 0;
  #joined = 0;

  constructor(settings: PlanCacheSettings, planning: Planning) {
    this.#planning = planning;
    this.#plans = new LRUCache({ max: settings.maxPlans, maxSize: settings.maxBytes });
    this.#failures = new LRUCache({ max: settings.maxPlans, ttl: settings.failureMs });
  }

  /** The plan when it is remembered, at the cost of a lookup. */
  known(subject: PlanSubject): Plan | undefined {
    const entry = this.#plans.get(this.#key(subject));
    if (entry === undefined) return undefined;
    this.#hits += 1;
    entry.uses += 1;
    return entry.plan;
  }

  /** Remembered, or made; ends early with a failure when the signal aborts. Never rejects. */
  async plan(subject: PlanSubject, signal: CancelSignal): Promise<PlanResult> {
    for (;;) {
      const result = await this.#knownOrMade(subject, signal);
      // Whoever asked before had just left, and the planning was given up with them: it is started anew.
      const wasGivenUp = result.kind === 'failed' && result.failure === planningFailures.aborted;
      if (!wasGivenUp || signal.aborted) return result;
    }
  }

  async #knownOrMade(subject: PlanSubject, signal: CancelSignal): Promise<PlanResult> {
    const known = this.known(subject);
    if (known !== undefined) return { kind: 'planned', plan: known };
    const key = this.#key(subject);
    const failure = this.#failures.get(key);
    if (failure !== undefined) return { kind: 'failed', failure };
    if (signal.aborted) return { kind: 'failed', failure: planningFailures.aborted };
    return this.#join(this.#flight(key, subject), signal);
  }

  /** The most used operations, most used first. */
  hottest(count: number): readonly HotOperation[] {
    const entries = [...this.#plans.values()].sort((one, other) => other.uses - one.uses);
    return entries.slice(0, count).map(({ subject, uses }) => ({ ...subject, uses }));
  }

  stats(): PlanCacheStats {
    const { size, calculatedSize } = this.#plans;
    return {
      plans: size,
      bytes: calculatedSize,
      hits: this.#hits,
      misses: this.#misses,
      joined: this.#joined,
    };
  }

  #flight(key: string, subject: PlanSubject): Flight {
    const known = this.#flights.get(key);
    if (known !== undefined) {
      this.#joined += 1;
      return known;
    }
    this.#misses += 1;
    const giveUp = new AbortController();
    const result = this.#made(key, subject, giveUp.signal).finally(() => this.#flights.delete(key));
    const flight = { result, giveUp, callers: 0 };
    this.#flights.set(key, flight);
    return flight;
  }

  async #made(key: string, subject: PlanSubject, signal: AbortSignal): Promise<PlanResult> {
    const text = print(subject.operation.document);
    const outcome = await this.#planning({ text, labels: [...subject.labels] }, signal);
    if (outcome.kind === 'failed') {
      if (outcome.lasting) this.#failures.set(key, outcome.failure);
      return { kind: 'failed', failure: outcome.failure };
    }
    const { plan, bytes } = outcome;
    this.#plans.set(key, { subject, plan, uses: 1 }, { size: bytesOf(bytes, text, key) });
    return { kind: 'planned', plan };
  }

  #join(flight: Flight, signal: CancelSignal): Promise<PlanResult> {
    flight.callers += 1;
    return new Promise((resolve) => {
      const leave = (result: PlanResult): void => {
        signal.removeEventListener('abort', onAbort);
        flight.callers -= 1;
        if (flight.callers === 0) flight.giveUp.abort();
        resolve(result);
      };
      const onAbort = (): void => leave({ kind: 'failed', failure: planningFailures.aborted });
      signal.addEventListener('abort', onAbort, { once: true });
      void flight.result.then(leave);
    });
  }

  #key({ operation, shape, labels }: PlanSubject): string {
    const key = this.#keyWithoutLabels(operation, shape);
    return labels.size === 0 ? key : `${key} ${JSON.stringify([...labels].sort())}`;
  }

  /** The same string for the same operation: its hash as a key of maps is computed once. */
  #keyWithoutLabels({ hash, document }: Operation, shape: string): string {
    const known = this.#keys.get(document);
    if (known?.hash === hash && known.shape === shape) return known.key;
    // The document counts too: after a reload one hash and shape may stand for other allowed parts than before.
    const digest = known?.digest ?? createHash('sha256').update(print(document)).digest('base64');
    const key = JSON.stringify([hash, digest, shape]);
    this.#keys.set(document, { digest, hash, shape, key });
    return key;
  }
}

/** Objects take several times the text they are made of; the kept operation's syntax tree about twenty times. */
function bytesOf(planBytes: number, text: string, key: string): number {
  return planBytes * 4 + text.length * 24 + key.length * 2;
}
