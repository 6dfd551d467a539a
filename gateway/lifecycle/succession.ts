import type { Basis } from './basis.ts';
import type { SchemaState } from '../settings/sandbox-facts.ts';
import type { Service } from '../service.ts';

/** A supergraph's service and the configuration it was made for: what one request meets, from beginning to end. */
export interface Serving {
  readonly service: Service;
  readonly basis: Basis;
}

/** Requests on a replaced service may take this much longer than one request may. */
const retireGraceMs = 1_000;

/** The service in use and those before it that still have requests. */
export interface Succession {
  readonly current: () => Serving | undefined;
  readonly state: () => SchemaState;
  /** How many services are not closed yet. */
  readonly generations: () => number;
  /** False when the succession has ended; the service is closed then. */
  replaceBy(serving: Serving, what: 'new supergraph' | 'new basis'): boolean;
  refuse(text: string): void;
  /** Resolves when no request runs on services that were replaced so far. */
  settled(): Promise<void>;
  end(): void;
  /** Resolves when every service is closed. */
  ended(): Promise<void>;
}

/** Nothing is in use at first. */
export function succession(): Succession {
  const retiring = new Map<Service, Promise<void>>();
  let current: Serving | undefined;
  let state: SchemaState = { id: '', composedAt: '', problem: null };
  let over = false;
  const retire = ({ service }: Serving, graceMs: number): void => {
    retiring.set(
      service,
      service.retire(graceMs).finally(() => retiring.delete(service)),
    );
  };
  const settled = async (): Promise<void> => {
    await Promise.all(retiring.values());
  };
  return {
    current: () => current,
    state: () => state,
    generations: () => retiring.size + (current === undefined || retiring.has(current.service) ? 0 : 1),
    replaceBy: (serving, what) => {
      if (over) retire(serving, 0);
      else {
        if (current !== undefined) retire(current, longestRequest(current.basis) + retireGraceMs);
        current = serving;
        const id = serving.service.supergraph.id.slice(0, 12);
        if (what === 'new supergraph') state = { id, composedAt: new Date().toISOString(), problem: null };
      }
      return !over;
    },
    refuse: (text) => {
      state = { ...state, problem: text };
    },
    settled,
    end: () => {
      over = true;
      for (const service of retiring.keys()) void service.retire(0); // awaited in ended()
      if (current !== undefined) retire(current, 0);
    },
    ended: settled,
  };
}

function longestRequest({ config }: Basis): number {
  return config.traffic_shaping.router.timeout;
}
