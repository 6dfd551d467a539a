import cluster, { type Worker } from 'node:cluster';
import { fileURLToPath } from 'node:url';
import type { ReloadEvent } from '../gateway.ts';
import type { GatheredNumbers } from './gathered-numbers.ts';
import type { BucketAnswer, BucketQuestion, FromWorker, ToWorker } from './worker-messages.ts';
import { nodeOptions } from '../model/node-options.ts';

/** How a worker's start ended. */
export type Started =
  | { readonly kind: 'serving'; readonly url: string }
  /** It said why. */
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | undefined }
  /** It ended without a word: `how` is its exit code or signal. */
  | { readonly kind: 'died'; readonly how: string };

/** A running worker process. */
export interface RunningWorker {
  readonly pid: number | undefined;
  readonly started: Promise<Started>;
  /** Resolves when it has ended, with how. */
  readonly ended: Promise<string>;
  /** What cannot be sent any more is dropped: the worker is gone. */
  readonly send: (message: ToWorker) => void;
  readonly kill: () => void;
}

/** Says once how worker processes are to be started. */
export function prepareWorkers(): void {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  cluster.setupPrimary({
    exec: fileURLToPath(new URL(`./worker-process.${extension}`, import.meta.url)),
    args: [],
    // The same loaders as here.
    execArgv: [...process.execArgv.filter((one) => !isOwnOption(one)), ...nodeOptions],
    serialization: 'advanced',
  });
}

const isOwnOption = (given: string): boolean =>
  nodeOptions.some((own) => given.split('=', 1)[0] === own.split('=', 1)[0]);

export interface WorkerEvents {
  /** It hears what is sent to it from now on. */
  readonly onListening: () => void;
  readonly onReload: (event: ReloadEvent) => void;
}

/** Takes from callers' buckets for a worker. */
export type TakeAll = (questions: readonly BucketQuestion[]) => readonly BucketAnswer[];

/** What the process that looks after the workers does for them. */
export interface WorkerDesk {
  readonly takeAll: TakeAll;
  readonly numbers: Pick<GatheredNumbers, 'join'>;
}

/** Starts one. */
export function startWorker(
  { onListening, onReload }: WorkerEvents,
  { takeAll, numbers }: WorkerDesk,
): RunningWorker {
  const worker = cluster.fork();
  const ended = endOf(worker);
  const send = (message: ToWorker): void => {
    // A channel that breaks meanwhile says so through the callback; without one it would be thrown.
    if (worker.isConnected()) worker.send(message, () => undefined);
  };
  const place = numbers.join(send);
  void ended.then(place.leave);
  const answered = new Promise<Started>((resolve) => {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'listening') onListening();
      else if (message.kind === 'reload') onReload(message.event);
      else if (message.kind === 'take') send({ kind: 'taken', answers: takeAll(message.questions) });
      else if (message.kind === 'numbers' || message.kind === 'page wanted') place.heard(message);
      else resolve(message);
    });
  });
  return {
    pid: worker.process.pid,
    ended,
    started: Promise.race([answered, ended.then((how) => ({ kind: 'died', how }) as const)]),
    send,
    kill: () => void worker.process.kill('SIGKILL'),
  };
}

function endOf(worker: Worker): Promise<string> {
  return new Promise((resolve) => {
    worker.on('error', (failure) => resolve(failure.message));
    worker.once('exit', (code, signal: string | null) => resolve(signal ?? `exit code ${String(code)}`));
  });
}
