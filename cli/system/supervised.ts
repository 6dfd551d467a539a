import { setTimeout as sleep } from 'node:timers/promises';
import { startChild, type Child } from './child.ts';
import type { Service } from './service.ts';

/** What happens to the servers of a system. */
export type SystemEvent =
  | { readonly kind: 'line'; readonly service: string; readonly line: string }
  | { readonly kind: 'started'; readonly service: string; readonly pid: number | undefined }
  | { readonly kind: 'ready'; readonly service: string; readonly afterMs: number }
  | { readonly kind: 'late'; readonly service: string; readonly afterMs: number }
  | { readonly kind: 'ended'; readonly service: string; readonly how: string; readonly againInMs: number };

export interface Supervision {
  readonly onEvent: (event: SystemEvent) => void;
  /** First wait before a server that died is started again; doubles up to `longestWaitMs`. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** A server that ran this long before it died is started again without delay. */
  readonly settledMs: number;
}

/** A server that is started again when it dies. */
export interface Supervised {
  readonly service: Service;
  /** Ends it and starts it again. */
  readonly restart: () => Promise<void>;
  readonly stop: (graceMs: number) => Promise<void>;
}

/** Runs a server until `stop`, starting it again with growing waits. */
export function supervise(service: Service, supervision: Supervision): Supervised {
  const stopping = new AbortController();
  const state: State = { child: undefined, waiting: undefined, restarting: false };
  const running = keepRunning(service, supervision, state, stopping.signal);
  return {
    service,
    restart: async () => {
      state.restarting = true;
      state.waiting?.abort();
      await state.child?.stop(2_000);
    },
    stop: async (graceMs) => {
      stopping.abort();
      state.waiting?.abort();
      await state.child?.stop(graceMs);
      await running;
    },
  };
}

interface State {
  child: Child | undefined;
  /** Set while nothing runs and the next start is waited for. */
  waiting: AbortController | undefined;
  /** A restart that was asked for is no failure. */
  restarting: boolean;
}

async function keepRunning(
  service: Service,
  supervision: Supervision,
  state: State,
  stopping: AbortSignal,
): Promise<void> {
  const { onEvent, settledMs } = supervision;
  let failures = 0;
  while (!stopping.aborted) {
    const began = performance.now();
    state.restarting = false;
    const child = startChild(service, (line) => onEvent({ kind: 'line', service: service.name, line }));
    state.child = child;
    onEvent({ kind: 'started', service: service.name, pid: child.pid });
    const how = await child.ended;
    state.child = undefined;
    if (isAborted(stopping)) return;
    if (wasAsked(state)) continue;
    failures = performance.now() - began > settledMs ? 0 : failures + 1;
    const againInMs = waitAfter(failures, supervision);
    onEvent({ kind: 'ended', service: service.name, how, againInMs });
    state.waiting = new AbortController();
    await sleep(againInMs, undefined, { signal: state.waiting.signal }).catch(() => undefined);
    state.waiting = undefined;
  }
}

// Both change while the child runs, which the compiler cannot see.
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function wasAsked(state: State): boolean {
  return state.restarting;
}

/** The wait before the next start after this many failures in a row. */
export function waitAfter(
  failures: number,
  { firstWaitMs, longestWaitMs }: Pick<Supervision, 'firstWaitMs' | 'longestWaitMs'>,
): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures - 1, 20));
}
