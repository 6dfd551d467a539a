import type { GatewayConfig } from './config/config.ts';
import { problemText } from '../schema/problem/problem-text.ts';
import type { Problem } from '../schema/problem/problem.ts';
import type { SupergraphProblem } from './plan/plan.ts';
import type { SchemaState } from './sandbox-facts.ts';
import { openService, warmUp, type Service } from './service.ts';
import { createSource, type SourceReading, type SourceSettings } from './source/source.ts';

/** What became of a supergraph that was read. */
export type ReloadEvent =
  | {
      readonly kind: 'taken';
      readonly id: string;
      readonly ms: number;
      readonly warnings: readonly Problem[];
    }
  /** The last good supergraph stays; `text` says what is wrong, with its place. */
  | { readonly kind: 'refused'; readonly text: string };

/** Keeps the newest good supergraph in service. */
export interface Supply {
  /** What serves now; `undefined` before the first supergraph. */
  current(): Service | undefined;
  state(): SchemaState;
  /** Resolves when the first reading was taken over or refused. */
  readonly first: Promise<void>;
  close(): Promise<void>;
}

/** Requests on a replaced supergraph may take this much longer than one request may. */
const retireGraceMs = 1_000;

export interface SupplyHooks {
  /** Awaited before a service takes over. */
  readonly beforeTaking: (service: Service) => Promise<void>;
  readonly onEvent: (event: ReloadEvent) => void;
}

/** Reads the supergraph, follows its changes, and replaces the service when a good one is ready and warm. */
export function followSupergraph(
  settings: SourceSettings,
  config: GatewayConfig,
  { beforeTaking, onEvent }: SupplyHooks,
): Supply {
  const source = createSource(settings);
  const inService = succession(config);
  const take = async (reading: SourceReading): Promise<void> => {
    const event = await taken(reading, { path: settings.path, config, inService, beforeTaking });
    if (event !== undefined) onEvent(event);
  };
  // One after the other, so that an older supergraph never replaces a newer one.
  let last = source.read().then(take);
  const first = last;
  source.follow((reading) => {
    last = last.then(() => take(reading));
  });
  return {
    current: inService.current,
    state: inService.state,
    first,
    close: async () => {
      await source.close();
      inService.end();
      await last;
      await inService.ended();
    },
  };
}

interface Taking extends Pick<SupplyHooks, 'beforeTaking'> {
  readonly path: string;
  readonly config: GatewayConfig;
  readonly inService: Succession;
}

/** Takes a reading over, or says why not; `undefined` when the gateway stopped meanwhile. */
async function taken(
  reading: SourceReading,
  { path, config, inService, beforeTaking }: Taking,
): Promise<ReloadEvent | undefined> {
  if (!reading.ok)
    return inService.refuse(reading.problems.map((problem) => problemText(problem)).join('\n'));
  const began = performance.now();
  const opened = await openService(reading.sdl, config);
  if (!opened.ok) return inService.refuse(opened.problems.map((problem) => lineOf(problem, path)).join('\n'));
  const { service } = opened;
  const previous = inService.current();
  if (previous !== undefined) {
    await warmUp(service, previous, config.supergraph.query_planning.warmed_up_queries);
  }
  await beforeTaking(service);
  if (!inService.replaceBy(service)) return undefined;
  const ms = Math.round(performance.now() - began);
  return { kind: 'taken', id: service.supergraph.id, ms, warnings: reading.warnings };
}

/** The service in use and those before it that still have requests. */
interface Succession {
  readonly current: () => Service | undefined;
  readonly state: () => SchemaState;
  /** False when the succession has ended; the service is closed then. */
  replaceBy(service: Service): boolean;
  refuse(text: string): ReloadEvent;
  end(): void;
  /** Resolves when every service is closed. */
  ended(): Promise<void>;
}

function succession(config: GatewayConfig): Succession {
  const retiring = new Map<Service, Promise<void>>();
  let current: Service | undefined;
  let state: SchemaState = { id: '', composedAt: '', problem: null };
  let over = false;
  const retire = (service: Service, graceMs: number): void => {
    retiring.set(
      service,
      service.retire(graceMs).finally(() => retiring.delete(service)),
    );
  };
  return {
    current: () => current,
    state: () => state,
    replaceBy: (service) => {
      if (over) retire(service, 0);
      else {
        if (current !== undefined) retire(current, config.traffic_shaping.router.timeout + retireGraceMs);
        current = service;
        state = {
          id: service.supergraph.id.slice(0, 12),
          composedAt: new Date().toISOString(),
          problem: null,
        };
      }
      return !over;
    },
    refuse: (text) => {
      state = { ...state, problem: text };
      return { kind: 'refused', text };
    },
    end: () => {
      over = true;
      for (const service of retiring.keys()) void service.retire(0); // awaited in ended()
      if (current !== undefined) retire(current, 0);
    },
    ended: async () => {
      await Promise.all(retiring.values());
    },
  };
}

function lineOf({ code, message, line, column }: SupergraphProblem, path: string): string {
  const place = line === undefined ? path : `${path}:${String(line)}:${String(column ?? 1)}`;
  return `error[${code}]: ${message}\n  ${place}`;
}
