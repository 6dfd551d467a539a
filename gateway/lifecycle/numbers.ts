import type { EdgePage } from '../edge/edge.ts';
import type { GatewayConfig } from '../config/config.ts';
import { reading, type Reading } from '../model/metrics.ts';
import {
  metricsPage,
  processReadings,
  serveMetrics,
  type Logger,
  type MetricsPage,
  type Observer,
} from '../observe/observe.ts';
import type { Overload } from '../overload/overload.ts';
import { metricsSettings } from '../settings/metrics-settings.ts';
import type { Supply } from './supply.ts';

/** Where the numbers of this process are told. */
export interface ToldNumbers {
  /** For the address on which GraphQL is answered; `undefined`: they are told elsewhere. */
  readonly beside: EdgePage | undefined;
  readonly close: () => Promise<void>;
}

const untold: ToldNumbers = { beside: undefined, close: () => Promise.resolve() };

/**
 * Tells the numbers as Prometheus reads them, where the configuration asks for them. An address that cannot be had is told
 * in the log: the gateway serves without.
 * @param elsewhere the numbers of several processes, which another one gathers.
 */
export function toldNumbers(
  config: GatewayConfig,
  { metrics, logger }: Pick<Observer, 'metrics' | 'logger'>,
  elsewhere: MetricsPage | undefined,
): ToldNumbers {
  const settings = metricsSettings(config);
  if (settings === undefined || metrics === undefined) return untold;
  const { path, place } = settings;
  const page = elsewhere ?? metricsPage(() => Promise.resolve(metrics.readings()));
  if (place.kind === 'beside GraphQL') return { ...untold, beside: { ...page, open: place.open } };
  if (elsewhere !== undefined) return untold;
  return { beside: undefined, close: openAddress({ ...place, path }, page, logger) };
}

/** Gives what closes it. */
export function openAddress(
  address: Parameters<typeof serveMetrics>[0],
  page: MetricsPage,
  logger: Logger,
): () => Promise<void> {
  const opened = serveMetrics(address, page).then(
    (server) => {
      logger.info({ url: server.url }, 'metrics are told');
      return server;
    },
    (failure: unknown) => {
      logger.error({ err: failure }, 'metrics cannot be told');
      return undefined;
    },
  );
  return async () => (await opened)?.close();
}

interface CountedGateway {
  readonly supply: Pick<Supply, 'generations' | 'state'>;
  readonly load: Pick<Overload, 'report'>;
  readonly version: string | undefined;
}

/** What concerns the gateway as a whole, and its process. */
export function gatewayReadings({ supply, load, version }: CountedGateway): readonly Reading[] {
  const { inFlight, refused, limit, waiting, delayMs } = load.report();
  const { id } = supply.state();
  return [
    reading('weir_workers', 1),
    reading('http_server_active_requests', inFlight),
    reading('weir_overload_refused_total', refused),
    reading('weir_overload_limit', limit),
    reading('weir_overload_waiting', waiting),
    reading('nodejs_eventloop_lag_seconds', delayMs / 1000),
    reading('weir_supergraph_generations', supply.generations()),
    ...(id === '' ? [] : [reading('weir_supergraph_info', 1, id)]),
    ...buildReadings(version),
    ...processReadings(),
  ];
}

/** What is running, where that is known. */
export function buildReadings(version: string | undefined): readonly Reading[] {
  return version === undefined ? [] : [reading('weir_build_info', 1, version, process.versions.node)];
}
