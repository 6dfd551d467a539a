import { median } from '../engine/measure.ts';
import type { Bench, Measurement, Outcome } from './goal.ts';
import { startGateway, type RunningGateway } from './gateway-process.ts';
import { load, type Report } from './load.ts';
import { shopOf, shopQuery } from './worlds.ts';

/** Items in the list: answers of about 10 KB, 100 KB and 1 MB. */
const lengths = [60, 600, 6_000];
/** Equal requests share their work, which would hide the cost. */
const alone = {
  traffic_shaping: { router: { dedupe: false }, all: { deduplicate_query: false } },
};
const most = 11;

/** The same query for ten times as much. */
export const answerSize: Measurement = { name: 'answer-size', measure };

async function measure(bench: Bench): Promise<Outcome> {
  const supergraph = await bench.subgraphs.serve(shopOf(4));
  const gateway = await startGateway(bench, { supergraph, config: alone, pinned: true });
  try {
    const reports = await rounds(gateway, bench);
    const costs = reports.map((of) => median(of.map(({ cpuMsPerRequest }) => cpuMsPerRequest)));
    const ratios = costs.slice(1).map((cost, index) => cost / (costs[index] ?? NaN));
    return {
      title: 'Size of the answer',
      goal: `ten times the answer costs at most ${String(most)} times as much`,
      isMet: ratios.every((ratio) => ratio <= most),
      figure: ratios.map((ratio) => `× ${ratio.toFixed(1)}`).join(', '),
      columns: ['items', 'answer KB', 'CPU ms/request', 'times the row above', 'µs/KB'],
      rows: lengths.map((length, index) => {
        const kb = (reports[index]?.[0]?.bytes ?? NaN) / 1000;
        const cost = costs[index] ?? NaN;
        const ratio = index === 0 ? '' : (ratios[index - 1] ?? NaN).toFixed(1);
        return [length, kb.toFixed(0), cost.toFixed(3), ratio, ((cost * 1000) / kb).toFixed(1)];
      }),
    };
  } finally {
    await gateway.stop();
  }
}

async function rounds(gateway: RunningGateway, { quick, say }: Bench): Promise<readonly Report[][]> {
  const reports: Report[][] = lengths.map(() => []);
  for (let round = 0; round < (quick ? 2 : 6); round += 1) {
    for (const [index, length] of lengths.entries()) {
      const report = await load(gateway, {
        connections: 4,
        ms: quick ? 1_000 : 3_000,
        query: () => shopQuery(length),
      });
      if (round > 0) reports[index]?.push(report);
      say(
        `${String(length)} items: ${report.cpuMsPerRequest.toFixed(3)} CPU ms, ${String(report.requests)} requests`,
      );
    }
  }
  return reports;
}
