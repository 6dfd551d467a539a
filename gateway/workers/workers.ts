import { followConfig, type ConfigFile, type GatewayConfig, type LoadedConfig } from '../config/config.ts';
import { reconfigured } from '../lifecycle/config-change.ts';
import type { ReloadEvent, SandboxExtras } from '../gateway.ts';
import type { Metrics } from '../model/metrics.ts';
import { memoryBuckets, mostCallers } from '../rates/rates.ts';
import { observe, type Logger } from '../observe/observe.ts';
import { createSource, type SourceReading, type SourceSettings } from '../source/source.ts';
import type { ToWorker } from './worker-messages.ts';
import { workerPool } from './worker-pool.ts';
import { prepareWorkers, startWorker, type TakeAll } from './worker.ts';
import { workerNumbers } from './worker-numbers.ts';

export interface WorkersOptions {
  readonly count: number;
  readonly supergraph: SourceSettings;
  readonly config: GatewayConfig;
  /** Followed while serving; without one the configuration stays. */
  readonly configFile?: ConfigFile;
  readonly host?: string;
  readonly port?: number;
  readonly sandbox?: SandboxExtras;
  /** Told with the numbers. */
  readonly version?: string;
  /** Told by each worker. */
  readonly onReload?: (event: ReloadEvent) => void;
  /** Ends the start; what serves by then is stopped by `stop`. */
  readonly signal: AbortSignal;
}

export interface Workers {
  /** Where GraphQL is answered. */
  readonly url: string;
  /** All answer what they have begun, for at most `shutdown.drain`; then every process is gone. */
  readonly stop: () => Promise<void>;
}

/** A worker that was asked to end may take this much longer than its requests may. */
const endGraceMs = 2_000;

/**
 * Runs the gateway in several processes on one port. This process reads supergraph and configuration, so that all serve
 * the same, and starts workers again that end. Rejects when none can serve, with Node's `code` where the address cannot
 * be had. Nothing is left running then, nor when the start was ended: that gives `undefined`.
 */
export async function startWorkers(options: WorkersOptions): Promise<Workers | undefined> {
  const standardError = { fd: 2, isTerminal: process.stderr.isTTY } as const;
  const observer = observe(options.config.telemetry.logging, standardError);
  const numbers = workerNumbers(options, observer.logger);
  const known: Known = { config: options.config, reading: undefined };
  prepareWorkers();
  const takeAll = sharedTaking();
  const pool = workerPool({
    count: options.count,
    start: (events) => startWorker(events, { takeAll, numbers: numbers.gathered }),
    logger: observer.logger,
    onReload: (event) => options.onReload?.(event),
    briefing: ({ number, port = options.port }) => [
      { kind: 'start', number, ...startOf(options, known), port },
      ...readingOf(known),
    ],
  });
  const { metrics } = numbers;
  const followed = follow(options, known, { send: pool.send, logger: observer.logger, metrics });
  const stop = async (): Promise<void> => {
    await Promise.all([followed.close(), pool.stop(known.config.shutdown.drain + endGraceMs)]);
    await numbers.close();
    observer.flush();
  };
  try {
    const url = await Promise.race([pool.serving, abortOf(options.signal)]);
    if (url !== undefined) return { url, stop };
    await stop();
    return undefined;
  } catch (failure) {
    await stop();
    throw failure;
  }
}

function abortOf(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** What is in force now, for workers that start later. */
interface Known {
  config: GatewayConfig;
  reading: SourceReading | undefined;
}

/** The workers' buckets, so that together they grant what one process would. */
function sharedTaking(): TakeAll {
  const { take } = memoryBuckets(mostCallers, () => performance.now());
  return (questions) =>
    questions.map(({ id, key, buckets, taking }) => ({ id, taken: take(key, buckets, taking) }));
}

function startOf(options: WorkersOptions, { config }: Known) {
  const { host, sandbox, supergraph } = options;
  return { config: counted(config, options), host, sandbox, path: supergraph.path };
}

/** `auto` as a number: workers grant their part of limits by themselves when they have to. */
function counted(config: GatewayConfig, { count }: Pick<WorkersOptions, 'count'>): GatewayConfig {
  return { ...config, workers: count };
}

function readingOf({ reading }: Known): ToWorker[] {
  return reading === undefined ? [] : [{ kind: 'reading', reading }];
}

interface Following {
  readonly send: (message: ToWorker) => void;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Passes every new supergraph and configuration on. */
function follow(
  { supergraph, configFile, config, count }: WorkersOptions,
  known: Known,
  { send, logger, metrics }: Following,
): { readonly close: () => Promise<void> } {
  const source = createSource(supergraph);
  const pass = (reading: SourceReading): void => {
    known.reading = reading;
    send({ kind: 'reading', reading });
  };
  let closed = false;
  const first = source.read().then((reading) => {
    if (closed) return;
    pass(reading);
    source.follow(pass);
  });
  const onLoaded = (loaded: LoadedConfig): Promise<void> => {
    const tell: Tell = {
      send: (next) => send({ kind: 'config', config: counted(next, { count }) }),
      logger,
    };
    if (loaded.ok) reconfigure(loaded.config, known, tell);
    else {
      metrics.count('weir_config_reloads_total', 'refused');
      logger.error({ problems: loaded.text }, badConfig);
    }
    return Promise.resolve();
  };
  const file = configFile === undefined ? undefined : followConfig(configFile, config, onLoaded);
  return {
    close: async () => {
      closed = true;
      await Promise.all([file?.close(), source.close(), first]);
    },
  };
}

const badConfig = 'the configuration is not valid; the last one stays';

interface Tell {
  readonly send: (config: GatewayConfig) => void;
  readonly logger: Logger;
}

function reconfigure(next: GatewayConfig, known: Known, { send, logger }: Tell): void {
  const { config, changed, afterRestart } = reconfigured(known.config, next);
  if (afterRestart.length > 0) logger.warn({ keys: afterRestart }, 'these take effect after a restart');
  if (!changed) return;
  known.config = config;
  send(config);
}
