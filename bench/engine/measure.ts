import { ClosedLoop } from './closed-loop.ts';
import type { RunningGateway } from './gateways.ts';
import { cpuMs, peakMemoryMb, processorBusyMs, resetPeakMemory } from './process-cost.ts';
import type { Scenario } from './scenarios.ts';
import type { Subgraphs } from './subgraphs-process.ts';

/** One measured stretch of load on one gateway. */
export interface Sample {
  readonly requests: number;
  readonly failures: number;
  readonly firstFailure: string | undefined;
  readonly cpuMsPerRequest: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Highest resident memory during the stretch, in MB. */
  readonly peakMemoryMb: number;
  readonly callsPerRequest: number;
  /** Calls that carried an Authorization header, of all calls. */
  readonly authorizedShare: number;
  /** What others used of the gateway's processor, in percent; undefined when it is not pinned. */
  readonly othersCpuPercent: number | undefined;
}

export interface Load {
  readonly scenario: Scenario;
  readonly expected: string;
  readonly connections: number;
  readonly subgraphs: Subgraphs;
  readonly processor: number | undefined;
}

export interface Stretch {
  /** Load before the measurement, in milliseconds. */
  readonly warmMs: number;
  readonly measureMs: number;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Loads the gateway, first unmeasured, then measured. */
export async function measured(running: RunningGateway, load: Load, stretch: Stretch): Promise<Sample> {
  const loop = new ClosedLoop(running.target, load.scenario, load.expected);
  await loop.start(load.connections);
  await sleep(stretch.warmMs);
  const warm = loop.take();
  await load.subgraphs.count();
  resetPeakMemory(running.pid);
  const began = reading(running, load);
  await sleep(stretch.measureMs);
  const report = loop.take();
  const ended = reading(running, load);
  const { calls, authorized } = await load.subgraphs.count();
  const memory = peakMemoryMb(running.pid);
  await loop.stop();
  const wall = ended.at - began.at;
  const cpu = ended.cpu - began.cpu;
  return {
    requests: report.requests,
    failures: warm.failures + report.failures,
    firstFailure: report.firstFailure,
    cpuMsPerRequest: cpu / report.requests,
    requestsPerSecond: (report.requests * 1000) / wall,
    p50Ms: quantile(report.latencies, 0.5),
    p99Ms: quantile(report.latencies, 0.99),
    peakMemoryMb: memory,
    callsPerRequest: calls / report.requests,
    authorizedShare: calls === 0 ? 0 : authorized / calls,
    othersCpuPercent:
      load.processor === undefined ? undefined : Math.max(0, (100 * (ended.busy - began.busy - cpu)) / wall),
  };
}

interface Reading {
  readonly at: number;
  readonly cpu: number;
  readonly busy: number;
}

function reading({ pid }: RunningGateway, { processor }: Load): Reading {
  return {
    at: performance.now(),
    cpu: cpuMs(pid),
    busy: processor === undefined ? 0 : processorBusyMs(processor),
  };
}

export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? high)) / 2;
}
