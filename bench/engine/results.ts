import { median, type Sample } from './measure.ts';

/** What `bench/results/engine.json` holds. */
export interface Results {
  readonly measuredAt: string;
  readonly machine: string;
  readonly node: string;
  readonly settings: {
    readonly rounds: number;
    readonly seconds: number;
    readonly warmSeconds: number;
    readonly connections: number;
    readonly pinned: boolean;
    readonly nodeOptions: readonly string[];
  };
  readonly gateways: readonly { readonly name: string; readonly about: string }[];
  readonly scenarios: readonly ScenarioResults[];
}

export interface ScenarioResults {
  readonly name: string;
  readonly answerBytes: number;
  readonly gateways: readonly GatewayResults[];
}

export interface GatewayResults {
  readonly name: string;
  /** Subgraph calls of one request alone, by waves. */
  readonly waves: readonly number[];
  readonly samples: readonly Sample[];
}

export type Figure =
  'cpuMsPerRequest' | 'requestsPerSecond' | 'p50Ms' | 'p99Ms' | 'peakMemoryMb' | 'callsPerRequest';

export const medianOf = ({ samples }: GatewayResults, figure: Figure): number =>
  median(samples.map((sample) => sample[figure]));

/** The tables of `bench/results/engine.md`. */
export function markdown(results: Results): string {
  const { settings } = results;
  const pinned = settings.pinned ? 'gateway on one processor, load and subgraphs on another' : 'not pinned';
  const options =
    settings.nodeOptions.length === 0
      ? ''
      : `, Node options of all gateways: ${settings.nodeOptions.join(' ')}`;
  return [
    '# Gateways side by side',
    '',
    `Measured ${results.measuredAt} on ${results.machine}, Node ${results.node}: ${String(settings.rounds)} interleaved rounds of ${String(settings.seconds)} s after ${String(settings.warmSeconds)} s of warm-up, ${String(settings.connections)} connections, ${pinned}${options}.`,
    'Medians over the rounds. What the columns mean: [bench/README.md](../README.md). Every answer was compared with the expected one.',
    '',
    ...results.gateways.map(({ name, about }) => `- **${name}**: ${about}`),
    ...results.scenarios.flatMap(scenarioTable),
    '',
  ].join('\n');
}

function scenarioTable({ name, answerBytes, gateways }: ScenarioResults): readonly string[] {
  const stock = gateways.find((one) => one.name === 'stock');
  return [
    '',
    `## ${name} (answer ${(answerBytes / 1024).toFixed(1)} KiB)`,
    '',
    '| gateway | CPU ms/request | spread | × stock | requests/s | p50 ms | p99 ms | peak MB | calls | waves | others % |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: |',
    ...gateways.map((one) => row(one, stock)),
  ];
}

function row(one: GatewayResults, stock: GatewayResults | undefined): string {
  const cpu = medianOf(one, 'cpuMsPerRequest');
  const all = one.samples.map(({ cpuMsPerRequest }) => cpuMsPerRequest);
  const times = stock === undefined ? '' : digits(medianOf(stock, 'cpuMsPerRequest') / cpu);
  const others = median(one.samples.map(({ othersCpuPercent }) => othersCpuPercent ?? 0));
  const cells = [
    one.name,
    digits(cpu),
    `${digits(Math.min(...all))}–${digits(Math.max(...all))}`,
    times,
    medianOf(one, 'requestsPerSecond').toFixed(0),
    digits(medianOf(one, 'p50Ms')),
    digits(medianOf(one, 'p99Ms')),
    medianOf(one, 'peakMemoryMb').toFixed(0),
    medianOf(one, 'callsPerRequest').toFixed(2),
    one.waves.join(' → ') || '–',
    others.toFixed(0),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Three digits that count. */
export const digits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(value >= 1 ? 2 : 3);
