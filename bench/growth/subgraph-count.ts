import { median } from '../engine/measure.ts';
import { startGateway, type RunningGateway } from './gateway-process.ts';
import type { Bench, Measurement, Outcome } from './goal.ts';
import { askOnce, load } from './load.ts';
import { shopOf, shopQuery } from './worlds.ts';

const counts = [5, 100];
/** Noise of two measurements of one and the same thing. */
const most = 1.1;
const alone = { traffic_shaping: { router: { dedupe: false }, all: { deduplicate_query: false } } };

/** The same plan, over four subgraphs, with few and with many others beside. */
export const subgraphCount: Measurement = { name: 'subgraph-count', measure };

interface Subject {
  readonly count: number;
  readonly gateway: RunningGateway;
  readonly planningMs: number;
  readonly costs: number[];
}

async function measure(bench: Bench): Promise<Outcome> {
  const subjects: Subject[] = [];
  try {
    for (const count of counts) subjects.push(await subject(count, bench));
    for (let round = 0; round < (bench.quick ? 2 : 8); round += 1) await oneRound(subjects, round, bench);
    const [few = NaN, many = NaN] = subjects.map(({ costs }) => median(costs));
    return {
      title: 'Number of subgraphs',
      goal: `the same plan costs the same with 5 and with 100 subgraphs (at most × ${String(most)})`,
      isMet: many / few <= most,
      figure: `× ${(many / few).toFixed(2)}`,
      columns: [
        'subgraphs',
        'CPU ms/request',
        'spread',
        'from start to ready, ms',
        'planning a new operation, ms',
      ],
      rows: subjects.map(({ count, gateway, planningMs, costs }) => [
        ...[count, median(costs).toFixed(3)],
        ...[`${Math.min(...costs).toFixed(3)}–${Math.max(...costs).toFixed(3)}`],
        ...[gateway.readyMs.toFixed(0), planningMs.toFixed(1)],
      ]),
    };
  } finally {
    await Promise.all(subjects.map(({ gateway }) => gateway.stop()));
  }
}

/** The first is not counted. */
async function oneRound(subjects: readonly Subject[], round: number, { quick, say }: Bench): Promise<void> {
  for (const { count, gateway, costs } of subjects) {
    const ms = quick ? 1_000 : 3_000;
    const report = await load(gateway, { connections: 16, ms, query: () => shopQuery(5) });
    if (round > 0) costs.push(report.cpuMsPerRequest);
    say(`${String(count)} subgraphs: ${report.cpuMsPerRequest.toFixed(3)} CPU ms`);
  }
}

async function subject(count: number, bench: Bench): Promise<Subject> {
  const supergraph = await bench.subgraphs.serve(shopOf(count));
  const gateway = await startGateway(bench, { supergraph, config: alone, pinned: true });
  return { count, gateway, planningMs: await planningMs(gateway), costs: [] };
}

/** What an unknown operation takes longer than the same one known; the first ones also warm the planner. */
async function planningMs(gateway: RunningGateway): Promise<number> {
  const differences: number[] = [];
  for (let number = 0; number < 40; number += 1) {
    const query = shopQuery(5).replace('Items', `Items${String(number)}`);
    const unknown = await askOnce(gateway, query);
    const known = await askOnce(gateway, query);
    if (number >= 20) differences.push(unknown.ms - known.ms);
  }
  return median(differences);
}
