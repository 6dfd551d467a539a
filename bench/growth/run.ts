import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { answerSize } from './answer-size.ts';
import { badSubgraph } from './bad-answers.ts';
import { distinctOperations } from './distinct-operations.ts';
import type { Measurement, Outcome } from './goal.ts';
import { slowPlan } from './slow-plan.ts';
import { subgraphCount } from './subgraph-count.ts';
import { startSubgraphs } from './subgraphs.ts';

/** Measures what grows with what: answers, subgraphs, operations, plans, bad input. */

const measurements: readonly Measurement[] = [
  answerSize,
  subgraphCount,
  distinctOperations,
  slowPlan,
  badSubgraph,
];

const usage = `Usage: node --import tsx bench/growth/run.ts [options]
  --only LIST    ${measurements.map(({ name }) => name).join(',')} (all)
  --dist FOLDER  the compiled gateway (dist)
  --node=OPTIONS options of Node for the gateway: --node="--cpu-prof --cpu-prof-dir=/tmp/profiles"
  --quick        shorter, for a look; writes nothing
`;

interface Recorded extends Outcome {
  readonly name: string;
  readonly measuredAt: string;
}

const resultsFolder = fileURLToPath(new URL('../results/', import.meta.url));

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      dist: { type: 'string', default: 'dist' },
      node: { type: 'string', default: '' },
      quick: { type: 'boolean', default: false },
    },
  });
  const only = values.only.split(',').filter((name) => name !== '');
  const chosen = measurements.filter(({ name }) => only.length === 0 || only.includes(name));
  if (chosen.length < only.length)
    throw new Error(`--only takes some of ${measurements.map(({ name }) => name).join(', ')}`);
  const nodeOptions = values.node.split(' ').filter((one) => one !== '');
  const subgraphs = await startSubgraphs();
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  try {
    for (const { name, measure } of chosen) {
      say(`\n${name}`);
      const outcome = await measure({ subgraphs, dist: values.dist, nodeOptions, quick: values.quick, say });
      say(section({ ...outcome, name, measuredAt: '' }).join('\n'));
      if (!values.quick) record({ ...outcome, name, measuredAt: new Date().toISOString().slice(0, 16) });
    }
  } finally {
    subgraphs.stop();
  }
}

/** What was measured before and not now is kept. */
function record(outcome: Recorded): void {
  mkdirSync(resultsFolder, { recursive: true });
  const file = `${resultsFolder}growth.json`;
  const all = [...recorded(file).filter(({ name }) => name !== outcome.name), outcome];
  const ordered = measurements.flatMap(({ name }) => all.filter((one) => one.name === name));
  const machine = `${String(cpus().length)} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}`;
  const command = 'node --import tsx bench/growth/run.ts';
  const results = { command, machine, node: process.versions.node, outcomes: ordered };
  writeFileSync(file, `${JSON.stringify(results, undefined, 1)}\n`);
  const lines = [
    '# What grows with what',
    '',
    `\`${command}\` on ${machine}, Node ${process.versions.node}. CPU: user and system time of the gateway's process, all threads. Memory: resident, from /proc.`,
    ...ordered.flatMap((one) => ['', ...section(one)]),
    '',
  ];
  writeFileSync(`${resultsFolder}growth.md`, lines.join('\n'));
}

function recorded(file: string): readonly Recorded[] {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { readonly outcomes: readonly Recorded[] }).outcomes;
  } catch {
    return [];
  }
}

function section({ title, goal, isMet, figure, columns, rows, measuredAt }: Recorded): readonly string[] {
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [
    `## ${title}`,
    '',
    `Goal: ${goal}. **${isMet ? 'Met' : 'Missed'}: ${figure}.** (${measuredAt})`,
    '',
    ...[row(columns), row(columns.map(() => '---:')), ...rows.map(row)],
  ];
}

if (process.argv.includes('--help')) process.stdout.write(usage);
else await main();
