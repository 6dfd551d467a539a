import { setTimeout as sleep } from 'node:timers/promises';
import type { ReloadEvent } from '../gateway.ts';
import type { Logger } from '../observe/observe.ts';
import type { ToWorker } from './worker-messages.ts';
import type { RunningWorker, Started, WorkerEvents } from './worker.ts';

export interface PoolOptions {
  readonly count: number;
  readonly start: (events: WorkerEvents) => RunningWorker;
  /** What a new worker is to be told, as it is now; a port that is not given is the one that was configured. */
  readonly briefing: (worker: {
    readonly number: number;
    readonly port: number | undefined;
  }) => readonly ToWorker[];
  readonly logger: Logger;
  readonly onReload: (event: ReloadEvent) => void;
}

export interface WorkerPool {
  /**
   * Where they serve: once all do, or some time after the first. Rejects when none can, with its `code` where it said
   * why, and when one ends again and again while none serves.
   */
  readonly serving: Promise<string>;
  /** To all that run. */
  readonly send: (message: ToWorker) => void;
  /** Asks all to end, and after `graceMs` ends them. */
  readonly stop: (graceMs: number) => Promise<void>;
}

const firstWaitMs = 200;
const longestWaitMs = 10_000;
/** A worker that ran this long is started again as if it had never failed. */
const settledMs = 30_000;
/** So often in a row one may end before any serves. */
const mostEarlyEnds = 3;
/** The others may take this much longer than the first. */
const patienceMs = 10_000;

/** Keeps a number of workers running, each started again, with growing waits, when it ends. */
export function workerPool(options: PoolOptions): WorkerPool {
  const pool = new Pool(options);
  return {
    serving: pool.serving,
    send: (message) => pool.send(message),
    stop: (graceMs) => pool.stop(graceMs),
  };
}

class Pool {
  readonly serving: Promise<string>;
  readonly #options: PoolOptions;
  readonly #running = new Map<number, RunningWorker>();
  readonly #served = new Set<number>();
  readonly #stopping = new AbortController();
  readonly #slots: readonly Promise<void>[];
  /** Where they served last. */
  #bound: number | undefined;
  /** To be asked for by name. */
  #port: number | undefined;
  #announce: (url: string) => void = () => undefined;
  #giveUp: (failure: Error) => void = () => undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.serving = new Promise((resolve, reject) => {
      this.#announce = resolve;
      this.#giveUp = reject;
    });
    this.#slots = Array.from({ length: options.count }, (_, index) => this.#keepRunning(index + 1));
  }

  send(message: ToWorker): void {
    for (const worker of this.#running.values()) worker.send(message);
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    this.send({ kind: 'stop' });
    const timer = setTimeout(() => {
      for (const worker of this.#running.values()) worker.kill();
    }, graceMs);
    await Promise.all(this.#slots);
    clearTimeout(timer);
  }

  async #keepRunning(number: number): Promise<void> {
    const { logger } = this.#options;
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      const began = performance.now();
      const worker = this.#start(number);
      const started = await worker.started;
      this.#onStarted(number, started);
      const how = await worker.ended;
      this.#running.delete(number);
      if (this.#isStopping()) return;
      failures = performance.now() - began > settledMs ? 1 : failures + 1;
      if (failures >= mostEarlyEnds && this.#served.size === 0)
        this.#giveUp(new Error(`the gateway's workers end while they start: ${how}`));
      const againMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1));
      logger.error({ worker: number, how, again_ms: againMs }, 'a worker ended and is started again');
      await sleep(againMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }

  #start(number: number): RunningWorker {
    const { start, briefing, onReload } = this.#options;
    const onListening = (): void => {
      if (this.#isStopping()) worker.send({ kind: 'stop' });
      else for (const message of briefing({ number, port })) worker.send(message);
    };
    // A port that the system chose is the workers' own while one of them listens; after that it has to be asked for.
    if (this.#running.size === 0) this.#port = this.#bound;
    const port = this.#port;
    const worker = start({ onListening, onReload });
    this.#running.set(number, worker);
    return worker;
  }

  #onStarted(number: number, started: Started): void {
    switch (started.kind) {
      case 'died':
        return;
      case 'failed': {
        const { message, code } = started;
        const failure = Object.assign(new Error(message), code === undefined ? {} : { code });
        if (this.#served.size === 0) this.#giveUp(failure);
        else this.#options.logger.error({ worker: number, reason: message }, 'a worker cannot start');
        return;
      }
      case 'serving':
        this.#bound = Number(new URL(started.url).port || 80);
        this.#onServing(number, started.url);
    }
  }

  #onServing(number: number, url: string): void {
    if (this.#served.size === 0) setTimeout(() => this.#announce(url), patienceMs).unref();
    this.#served.add(number);
    if (this.#served.size === this.#options.count) this.#announce(url);
  }

  // It changes while a worker runs, which the compiler cannot see.
  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }
}
