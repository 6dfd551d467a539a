import { performance } from 'node:perf_hooks';
import { Cancellation, type CancelSignal } from '../model/cancellation.ts';
import { refusal } from '../model/refusal.ts';
import type { Gate } from './edge-settings.ts';
import { endedBecause, type Exchange } from './exchange.ts';

export interface FlightLimits {
  /** Requests at the same time. */
  readonly limit: number;
  /** For each of them. */
  readonly timeoutMs: number;
}

export interface InFlight {
  /** Runs the work of one request with its deadline; refuses when too many run already. */
  readonly run: (exchange: Exchange, work: (signal: CancelSignal) => Promise<void>) => Promise<void>;
  /** Refuses a request that has not been read yet, when there is no room for any. */
  readonly turnsAway: (exchange: Exchange) => boolean;
  /** Resolves when nothing is in flight. */
  readonly idle: () => Promise<void>;
  /** Aborts everything in flight. */
  readonly abort: () => void;
  /** Holds for what is in flight too. */
  readonly reconfigure: (limits: FlightLimits) => void;
  /** Ends the watch over deadlines. */
  readonly stop: () => void;
}

/** After its deadline a request may still answer with what it has; this long, then the edge answers for it. */
const graceMs = 500;
const coarsestSweepMs = 100;

const tooMany = refusal('REQUEST_CONCURRENCY_LIMITED', 'Too many requests at once. Try again shortly.');
const tooLate = refusal('GATEWAY_TIMEOUT', 'The request took too long.');

interface Flight {
  /**
   * Emptied when the request ends: a set that is added to and deleted from leaves discarded tables behind, and what these
   * hold would live on until the next full garbage collection.
   */
  request: { readonly exchange: Exchange; readonly cancellation: Cancellation } | undefined;
  readonly began: number;
}

/** Requests being answered: counted, each with a deadline, and with an abort when its client leaves. */
export function inFlight(atFirst: FlightLimits, gate?: Gate): InFlight {
  let limits = atFirst;
  const running = new Set<Flight>();
  const waiting = new Set<() => void>();
  let timer = watchOver(running, limits);

  const run: InFlight['run'] = async (exchange, work) => {
    if (running.size >= limits.limit || gate?.enter() === false) {
      refuse(exchange);
      return;
    }
    const cancellation = new Cancellation();
    const flight: Flight = { request: { exchange, cancellation }, began: performance.now() };
    const { response } = exchange;
    running.add(flight);
    // It stays when the request has ended: taking it away costs more than hearing of it.
    response.on('close', () => {
      if (flight.request !== undefined && !response.writableFinished)
        cancellation.abort(endedBecause('client left'));
    });
    try {
      await work(cancellation);
    } finally {
      running.delete(flight);
      gate?.leave();
      flight.request = undefined;
      if (running.size === 0) for (const tell of waiting) tell();
    }
  };

  return {
    run,
    turnsAway: (exchange) => {
      const isFull = gate?.turnsAway() === true;
      if (isFull) refuse(exchange);
      return isFull;
    },
    idle: async () => {
      if (running.size === 0) return;
      await new Promise<void>((resolve) => waiting.add(resolve));
    },
    abort: () => {
      for (const { request } of running) request?.cancellation.abort(endedBecause('stopping'));
    },
    reconfigure: (changed) => {
      limits = changed;
      clearInterval(timer);
      timer = watchOver(running, limits);
    },
    stop: () => clearInterval(timer),
  };
}

/** One timer for all: one for each request costs more than everything else here. */
function watchOver(running: Iterable<Flight>, { timeoutMs }: FlightLimits): NodeJS.Timeout {
  return setInterval(
    () => endLate(running, timeoutMs),
    Math.max(1, Math.min(coarsestSweepMs, timeoutMs / 4)),
  );
}

function refuse(exchange: Exchange): void {
  exchange.refuse(tooMany, { headers: { 'retry-after': '1' }, skipsBody: true });
}

/** In the order in which they began: the first one in time is the last to look at. */
function endLate(running: Iterable<Flight>, timeoutMs: number): void {
  const late = performance.now() - timeoutMs;
  for (const { request, began } of running) {
    if (began > late) return;
    if (request?.cancellation.aborted === false) request.cancellation.abort(endedBecause('deadline'));
    if (began <= late - graceMs) request?.exchange.refuse(tooLate);
  }
}
