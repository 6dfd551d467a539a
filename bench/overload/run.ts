import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { composeSupergraph } from '../../schema/compose/compose.ts';
import { ClosedLoop } from '../engine/closed-loop.ts';
import { compiled } from '../engine/compiled.ts';
import { expectedData } from '../engine/expected.ts';
import { startGateway, weirFrom, type RunningGateway } from '../engine/gateways.ts';
import { scenarios, type Scenario } from '../engine/scenarios.ts';
import { subgraphSchemas, type SubgraphName } from '../engine/shop.ts';
import { startSubgraphs, type Subgraphs } from '../engine/subgraphs-process.ts';
import { curve, table, type OverloadResults, type Round, type Stretch } from './curve.ts';
import { openLoop } from './open-loop.ts';

/**
 * How many answers come in time while 0.5 to 4 times as much is asked for as one gateway can answer: an open loop on
 * the product page of the engine bench, each request of its own caller, so that nothing is shared.
 */

const { values: options } = parseArgs({
  options: {
    dist: { type: 'string', default: 'dist' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    factors: { type: 'string', default: '0.5,0.8,1,1.5,2,3,4' },
    scenario: { type: 'string', default: 'heavy-unique' },
    node: { type: 'string', default: '' },
    output: { type: 'string', default: fileURLToPath(new URL('../results/', import.meta.url)) },
  },
});
const seconds = Number(options.seconds);
const deadlineMs = 1_000;
const ownNodeOptions = options.node.split(' ').filter((one) => one !== '');

const scenarioNamed = (name: string): Scenario => {
  const found = scenarios.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found;
};

const isPinned = availableParallelism() > 1 && spawnSync('taskset', ['-c', '1', 'true']).status === 0;
const pinTo = (processor: number, pid: number): void =>
  void spawnSync('taskset', ['-a', '-cp', String(processor), String(pid)]);

async function main(): Promise<void> {
  const scenario = scenarioNamed(options.scenario);
  if (isPinned) pinTo(0, process.pid);
  const compiledFile = compiled();
  const folder = mkdtempSync(join(tmpdir(), 'weir-overload-'));
  const subgraphs = await startSubgraphs(compiledFile('subgraph-server.ts'), (pid) => {
    if (isPinned) pinTo(0, pid);
  });
  let gateway: RunningGateway | undefined;
  try {
    gateway = await started(scenario, { folder, subgraphs, compiledFile });
    const results = await measured(scenario, gateway);
    process.stdout.write(`\n${table(results)}`);
    if (options.output !== 'none') write(results, options.output);
  } finally {
    await gateway?.stop();
    subgraphs.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Surroundings {
  readonly folder: string;
  readonly subgraphs: Subgraphs;
  readonly compiledFile: (file: string) => string;
}

function started(
  scenario: Scenario,
  { folder, subgraphs, compiledFile }: Surroundings,
): Promise<RunningGateway> {
  const supergraphFile = join(folder, 'supergraph.graphql');
  writeFileSync(supergraphFile, supergraph(subgraphs.urls));
  const setting = {
    ...{ scenario, folder, supergraphFile, compiled: compiledFile, nodeOptions: ownNodeOptions },
    answerFile: join(folder, 'answer.json'),
    callsFile: join(folder, 'calls.json'),
    subgraphs: [],
  };
  return startGateway(weirFrom(options.dist, 'weir'), setting, isPinned ? ['taskset', '-c', '1'] : []);
}

async function measured(scenario: Scenario, gateway: RunningGateway): Promise<OverloadResults> {
  const rounds: Round[] = [];
  for (let count = 0; count < Number(options.rounds); count += 1) rounds.push(await round(scenario, gateway));
  return { measuredAt: new Date().toISOString(), node: process.version, deadlineMs, rounds };
}

async function round(scenario: Scenario, { target }: RunningGateway): Promise<Round> {
  const closed = new ClosedLoop(target, scenario, expectedData(scenario.query));
  await closed.start(64);
  await sleep(3_000);
  closed.take();
  await sleep(seconds * 1_000);
  const { requests, failures } = closed.take();
  const capacity = (requests - failures) / seconds;
  await closed.stop();
  const stretches: Stretch[] = [];
  for (const factor of options.factors.split(',').map(Number)) {
    const outcome = await openLoop({
      ...target,
      body: JSON.stringify({ query: scenario.query }),
      perSecond: factor * capacity,
      ...{ seconds, deadlineMs },
    });
    stretches.push({ factor, ...outcome });
    process.stdout.write(`${String(factor)}×  ${outcome.goodput.toFixed(0)}/s in time\n`);
    await sleep(1_000);
  }
  return { capacity, stretches };
}

function supergraph(urls: Readonly<Record<SubgraphName, string>>): string {
  const composed = composeSupergraph(
    (Object.keys(subgraphSchemas) as SubgraphName[]).map((name) => ({
      ...{ name, sdl: subgraphSchemas[name], routingUrl: urls[name] },
      origin: { kind: 'inline', shown: name, lineOffset: 0, columnOffset: 0 },
    })),
  );
  if (composed.ok) return composed.sdl;
  throw new Error(composed.problems.map(({ message }) => message).join('\n'));
}

function write(results: OverloadResults, folder: string): void {
  writeFileSync(join(folder, 'overload.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(folder, 'overload.md'), table(results));
  writeFileSync(join(folder, 'overload.svg'), curve(results));
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

await main();
