import type { GatewayConfig } from '../config/config.ts';
import { buildReadings, openAddress } from '../lifecycle/numbers.ts';
import type { Metrics } from '../model/metrics.ts';
import { metricsPage, ownNumbers, processReadings, type Logger } from '../observe/observe.ts';
import { metricsSettings } from '../settings/metrics-settings.ts';
import { gatheredNumbers, type GatheredNumbers } from './gathered-numbers.ts';

/** The numbers of all workers, on one page. */
export interface WorkerNumbers {
  readonly gathered: GatheredNumbers;
  /** Of the process that looks after them. */
  readonly metrics: Metrics;
  readonly close: () => Promise<void>;
}

interface Counted {
  readonly config: GatewayConfig;
  readonly version?: string;
}

/** Gathers them; where the configuration gives the page an address of its own, it is opened here. */
export function workerNumbers({ config, version }: Counted, logger: Logger): WorkerNumbers {
  const metrics = ownNumbers();
  metrics.watch(() => [...processReadings(), ...buildReadings(version)]);
  const gathered = gatheredNumbers(metrics.readings, () => page.text());
  const page = metricsPage(gathered.gather);
  const settings = metricsSettings(config);
  const close =
    settings?.place.kind === 'own address'
      ? openAddress({ ...settings.place, path: settings.path }, page, logger)
      : () => Promise.resolve();
  return { gathered, metrics, close };
}
