import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeSupergraph } from '../../schema/compose/compose.ts';
import { compiled } from './compiled.ts';
import { expectedData } from './expected.ts';
import {
  askOnce,
  startGateway,
  weir,
  type GatewayUnderTest,
  type RunningGateway,
  type Setting,
} from './gateways.ts';
import { measured, type Load, type Sample } from './measure.ts';
import { optionsOf, usage, type Options } from './options.ts';
import { digits, markdown, type GatewayResults, type Results, type ScenarioResults } from './results.ts';
import { subgraphSchemas, type SubgraphName } from './shop.ts';
import type { Scenario } from './scenarios.ts';
import { startSubgraphs, type Subgraphs, type Waves } from './subgraphs-process.ts';

/** Measures gateways side by side on the shop of the public benchmark; see bench/README.md. */

const resultsFolder = fileURLToPath(new URL('../results/', import.meta.url));
const subgraphNames = Object.keys(subgraphSchemas) as SubgraphName[];
const distMain = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

interface Bench {
  readonly options: Options;
  readonly subgraphs: Subgraphs;
  readonly folder: string;
  readonly supergraphFile: string;
  readonly compiledFile: (file: string) => string;
  readonly pinned: boolean;
}

interface Subject {
  readonly running: RunningGateway;
  readonly waves: Waves;
  readonly samples: Sample[];
}

async function main(options: Options): Promise<void> {
  if (!existsSync(distMain)) throw new Error('weir is not built: run  npm run build');
  const pinned = availableParallelism() > 1 && canPin();
  if (pinned) pinTo(0, process.pid);
  const compiledFile = compiled();
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-'));
  const subgraphs = await startSubgraphs(compiledFile('subgraph-server.ts'), (pid) => {
    if (pinned) pinTo(0, pid);
  });
  try {
    const supergraphFile = join(folder, 'supergraph.graphql');
    writeFileSync(supergraphFile, supergraph(subgraphs.urls));
    const bench = { options, subgraphs, folder, supergraphFile, compiledFile, pinned };
    const measuredScenarios: ScenarioResults[] = [];
    for (const scenario of options.scenarios) {
      measuredScenarios.push(await measuredScenario(scenario, bench));
      if (options.output !== undefined) write(resultsOf(options, measuredScenarios, pinned), options.output);
    }
  } finally {
    subgraphs.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measuredScenario(scenario: Scenario, bench: Bench): Promise<ScenarioResults> {
  const { options, subgraphs } = bench;
  const setting = settingOf(scenario, bench);
  const expected = expectedData(scenario.query);
  writeFileSync(setting.answerFile, `{"data":${expected}}`);
  const load: Load = {
    ...{ scenario, expected, subgraphs },
    connections: options.connections,
    processor: bench.pinned ? 1 : undefined,
  };
  const subjects: Subject[] = [];
  try {
    for (const gateway of weirFirst(options.gateways)) {
      const running = await startGateway(gateway, setting, pinnedCommand(bench));
      const waves = await wavesOf(running, scenario, subgraphs);
      subjects.push({ running, waves, samples: [] });
      if (isWeir(gateway)) writeFileSync(setting.callsFile, JSON.stringify(callsOf(waves, subgraphs)));
      const warmSeconds = gateway.name.startsWith('floor') ? 1 : options.warmSeconds;
      await measured(running, load, { warmMs: warmSeconds * 1000, measureMs: 100 });
    }
    for (let round = 0; round < options.rounds; round += 1) {
      for (const subject of subjects) {
        const sample = await measured(subject.running, load, {
          warmMs: 300,
          measureMs: options.seconds * 1000,
        });
        complain(sample, scenario, subject.running);
        subject.samples.push(sample);
        say(scenario, subject.running.gateway.name, sample);
      }
    }
  } finally {
    await Promise.all(subjects.map(({ running }) => running.stop()));
  }
  return {
    name: scenario.name,
    answerBytes: Buffer.byteLength(`{"data":${expected}}`),
    gateways: subjects.map(gatewayResults),
  };
}

function gatewayResults({ running, waves, samples }: Subject): GatewayResults {
  return { name: running.gateway.name, waves: waves.map((wave) => wave.length), samples };
}

function settingOf({ name }: Scenario, bench: Bench): Setting {
  const scenario = bench.options.scenarios.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  const folder = join(bench.folder, name);
  mkdirSync(folder, { recursive: true });
  return {
    ...{ scenario, folder },
    supergraphFile: bench.supergraphFile,
    answerFile: join(folder, 'answer.json'),
    callsFile: join(folder, 'calls.json'),
    compiled: bench.compiledFile,
    subgraphs: subgraphNames.map((name) => ({
      name,
      url: bench.subgraphs.urls[name],
      sdl: subgraphSchemas[name],
    })),
    nodeOptions: bench.options.nodeOptions,
  };
}

/** A floor makes the calls that weir was seen to make, so weir is started before it. */
function weirFirst(gateways: readonly GatewayUnderTest[]): readonly GatewayUnderTest[] {
  const weirs = gateways.filter(isWeir);
  const others = gateways.filter((one) => !isWeir(one));
  if (weirs.length === 0 && others.some(({ name }) => name === 'floor-calls')) return [weir, ...others];
  return [...weirs, ...others];
}

const isWeir = ({ name }: GatewayUnderTest): boolean => name.startsWith('weir');

const callsOf = (waves: Waves, { urls }: Subgraphs): unknown =>
  waves.map((wave) => wave.map(({ subgraph, body }) => ({ body, url: urls[subgraph] })));

function wavesOf({ target }: RunningGateway, scenario: Scenario, subgraphs: Subgraphs): Promise<Waves> {
  return subgraphs.recorded(async () => {
    await askOnce(target, scenario);
  });
}

/** A wrong answer makes every figure worthless. */
function complain(sample: Sample, scenario: Scenario, { gateway }: RunningGateway): void {
  if (sample.failures > 0) {
    throw new Error(
      `${gateway.name} answered ${scenario.name} wrongly ${String(sample.failures)} times, first:\n${sample.firstFailure ?? ''}`,
    );
  }
  const due = scenario.unique && sample.callsPerRequest > 0 ? 1 : 0;
  if (sample.authorizedShare !== due) {
    throw new Error(
      `${gateway.name} on ${scenario.name}: ${String(sample.authorizedShare)} of the calls carried an Authorization header, expected ${String(due)}`,
    );
  }
}

function say({ name }: Scenario, gateway: string, sample: Sample): void {
  const parts = [
    name.padEnd(15),
    gateway.padEnd(12),
    `${digits(sample.cpuMsPerRequest)} CPU ms`.padEnd(14),
    `${sample.requestsPerSecond.toFixed(0)}/s`.padEnd(9),
    `p50 ${digits(sample.p50Ms)}  p99 ${digits(sample.p99Ms)} ms`.padEnd(26),
    `${sample.peakMemoryMb.toFixed(0)} MB  ${sample.callsPerRequest.toFixed(2)} calls`,
    sample.othersCpuPercent === undefined ? '' : `  others ${sample.othersCpuPercent.toFixed(0)} %`,
  ];
  process.stdout.write(`${parts.join(' ')}\n`);
}

function resultsOf(
  options: Options,
  measuredScenarios: readonly ScenarioResults[],
  pinned: boolean,
): Results {
  const { rounds, seconds, warmSeconds, connections, nodeOptions } = options;
  return {
    measuredAt: new Date().toISOString().slice(0, 16),
    machine: `${String(cpus().length)} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}`,
    node: process.versions.node,
    settings: { rounds, seconds, warmSeconds, connections, pinned, nodeOptions },
    gateways: options.gateways.map(({ name, about }) => ({ name, about })),
    scenarios: measuredScenarios,
  };
}

function write(results: Results, name: string): void {
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(join(resultsFolder, `${name}.json`), `${JSON.stringify(results, undefined, 1)}\n`);
  writeFileSync(join(resultsFolder, `${name}.md`), markdown(results));
}

function supergraph(urls: Readonly<Record<SubgraphName, string>>): string {
  const composed = composeSupergraph(
    subgraphNames.map((name) => ({
      ...{ name, sdl: subgraphSchemas[name], routingUrl: urls[name] },
      origin: { kind: 'inline', shown: name, lineOffset: 0, columnOffset: 0 },
    })),
  );
  if (composed.ok) return composed.sdl;
  throw new Error(composed.problems.map(({ message }) => message).join('\n'));
}

const canPin = (): boolean => spawnSync('taskset', ['-c', '1', 'true']).status === 0;

function pinTo(processor: number, pid: number): void {
  spawnSync('taskset', ['-a', '-c', '-p', String(processor), String(pid)]);
}

const pinnedCommand = ({ pinned }: Bench): readonly string[] => (pinned ? ['taskset', '-c', '1'] : []);

if (process.argv.includes('--help')) process.stdout.write(usage);
else await main(optionsOf(process.argv.slice(2)));
