import { problemText } from '../../schema/problem/problem-text.ts';
import type { Problem } from '../../schema/problem/problem.ts';
import type { Basis } from './basis.ts';
import type { SupergraphProblem } from '../plan/plan.ts';
import type { SchemaState } from '../settings/sandbox-facts.ts';
import { openService, warmUp, type Service } from '../service.ts';
import type { Source, SourceReading } from '../source/source.ts';
import { succession, type Serving, type Succession } from './succession.ts';

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

export type Rebased =
  /** `settled` resolves when no request runs on the basis before it any more. */
  | { readonly kind: 'taken'; readonly settled: Promise<void> }
  /** The basis before it stays: no supergraph that was read can be served on the new one. */
  | { readonly kind: 'refused'; readonly text: string };

/** Keeps the newest good supergraph in service, on the newest good basis. */
export interface Supply {
  /** What serves now; `undefined` before the first supergraph. */
  current(): Serving | undefined;
  /** What the next request is answered by, whether there is a supergraph yet or not. */
  basis(): Basis;
  /** Serves the same supergraph on another basis; requests in flight end on the one they began on. Never rejects. */
  rebase(basis: Basis): Promise<Rebased>;
  state(): SchemaState;
  /** How many supergraphs still have requests, the one that is served among them. */
  generations(): number;
  /** Resolves when the first reading was taken over or refused. */
  readonly first: Promise<void>;
  close(): Promise<void>;
}

export interface SupplyHooks {
  /** Awaited before a service takes over; what comes back is why it must not. */
  readonly admit: (serving: Serving) => Promise<string | undefined>;
  /** Awaited before a service takes over. */
  readonly beforeTaking: (service: Service) => Promise<void>;
  readonly onEvent: (event: ReloadEvent) => void;
}

export interface SupplySource {
  readonly source: Source;
  /** For problems that stand in the text itself. */
  readonly path: string;
}

/** Reads the supergraph, follows its changes, and replaces the service when a good one is ready and warm. */
export function followSupergraph(from: SupplySource, basis: Basis, hooks: SupplyHooks): Supply {
  const { source } = from;
  const supplying: Supplying = { ...from, ...hooks, inService: succession(), basis, newest: undefined };
  const { inService } = supplying;
  // One after the other, so that an older supergraph or basis never replaces a newer one.
  let last: Promise<unknown> = source.read().then((reading) => take(supplying, reading));
  const first = last.then(() => undefined);
  source.follow((reading) => {
    last = last.then(() => take(supplying, reading));
  });
  return {
    current: inService.current,
    basis: () => supplying.basis,
    rebase: (next) => {
      const rebased = last.then(() => rebase(supplying, next));
      last = rebased;
      return rebased;
    },
    state: inService.state,
    generations: inService.generations,
    first,
    close: async () => {
      await source.close();
      inService.end();
      await last;
      await inService.ended();
    },
  };
}

interface Supplying extends SupplyHooks, SupplySource {
  readonly inService: Succession;
  basis: Basis;
  /** What was read last, good or bad. */
  newest: SourceReading | undefined;
}

/** Takes a reading over, or says why not; says nothing when the gateway stopped meanwhile. */
async function take(supplying: Supplying, reading: SourceReading): Promise<void> {
  const { inService, basis, onEvent } = supplying;
  supplying.newest = reading;
  const refuse = (text: string): void => {
    inService.refuse(text);
    onEvent({ kind: 'refused', text });
  };
  if (!reading.ok) {
    refuse(reading.problems.map((problem) => problemText(problem)).join('\n'));
    return;
  }
  const began = performance.now();
  const opened = await prepared(supplying, reading.sdl, basis);
  if (typeof opened === 'string') refuse(opened);
  else if (putInService(supplying, opened, 'new supergraph')) {
    const ms = Math.round(performance.now() - began);
    onEvent({ kind: 'taken', id: opened.service.supergraph.id, ms, warnings: reading.warnings });
  }
}

/** Whether it serves now: not when the gateway stopped meanwhile. */
function putInService(
  { inService }: Supplying,
  opened: Serving,
  why: Parameters<Succession['replaceBy']>[1],
): boolean {
  opened.service.cache?.takeOver();
  return inService.replaceBy(opened, why);
}

/** A service that is ready and warm, or what is wrong with the supergraph. */
async function prepared(
  { inService, path, admit, beforeTaking }: Supplying,
  sdl: string,
  basis: Basis,
): Promise<Serving | string> {
  const opened = await openService(sdl, basis);
  if (!opened.ok) return opened.problems.map((problem) => lineOf(problem, path)).join('\n');
  const { service } = opened;
  const refusal = await admit({ service, basis });
  if (refusal !== undefined) {
    await service.retire(0);
    return refusal;
  }
  const previous = inService.current()?.service;
  if (previous !== undefined) {
    await warmUp(service, previous, basis.config.supergraph.query_planning.warmed_up_queries);
  }
  try {
    await beforeTaking(service);
  } catch (failure) {
    await service.retire(0);
    return `error: ${failure instanceof Error ? failure.message : String(failure)}`;
  }
  return { service, basis };
}

async function rebase(supplying: Supplying, next: Basis): Promise<Rebased> {
  const { inService, newest } = supplying;
  const served = inService.current()?.service.supergraph.sdl;
  if (served === undefined) {
    supplying.basis = next;
    // What could not be served on the basis before may be fine on this one.
    if (newest?.ok === true) await take(supplying, newest);
    return { kind: 'taken', settled: Promise.resolve() };
  }
  const opened = await prepared(supplying, served, next);
  if (typeof opened === 'string') return { kind: 'refused', text: opened };
  putInService(supplying, opened, 'new basis');
  supplying.basis = next;
  const settled = inService.settled();
  if (newest?.ok === true && newest.sdl !== served) await take(supplying, newest);
  return { kind: 'taken', settled };
}

function lineOf({ code, message, line, column }: SupergraphProblem, path: string): string {
  const place = line === undefined ? path : `${path}:${String(line)}:${String(column ?? 1)}`;
  return `error[${code}]: ${message}\n  ${place}`;
}
