import { badAnswers, type BadAnswer } from './bad-answer.ts';
import { residentMb, startGateway, type RunningGateway } from './gateway-process.ts';
import type { Bench, Measurement, Outcome } from './goal.ts';
import { load, type Answer, type Report } from './load.ts';
import { halfBad } from './worlds.ts';

const deadlineMs = 1_000;
/** Sockets, timers and a busy machine. */
const graceMs = 500;
const mostGrowthMb = 150;
const connections = 20;
const config = {
  traffic_shaping: {
    router: { dedupe: false },
    all: { timeout: `${String(deadlineMs)}ms`, deduplicate_query: false },
  },
};

/** Half of each answer comes from a subgraph that answers badly, twenty times at once. */
export const badSubgraph: Measurement = { name: 'bad-answers', measure };

interface Reading {
  readonly how: BadAnswer;
  readonly report: Report;
  readonly peakMb: number;
  readonly afterMb: number;
  readonly heapMb: number;
}

async function measure(bench: Bench): Promise<Outcome> {
  const supergraph = await bench.subgraphs.serve(halfBad());
  const gateway = await startGateway(bench, { supergraph, config });
  const readings: Reading[] = [];
  try {
    await load(gateway, { connections, ms: 3_000, query: () => '{ good bad }' });
    const before = await gateway.memory();
    for (const how of badAnswers) {
      await bench.subgraphs.misbehave(how);
      readings.push(await reading(gateway, how, bench.quick ? 3_000 : 8_000));
      bench.say(JSON.stringify(readings.at(-1)));
    }
    await bench.subgraphs.misbehave(undefined);
    await load(gateway, { connections, ms: 1_000, query: () => '{ good bad }' });
    const slowest = Math.max(...readings.map(({ report }) => report.maxMs));
    const growth = Math.max(...readings.map(({ peakMb }) => peakMb)) - before.rssMb;
    const left = (await gateway.memory()).rssMb - before.rssMb;
    return {
      title: 'Bad subgraph answers',
      goal: `every answer is partial, coded and there within ${String(deadlineMs)} ms (+ ${String(graceMs)}); memory grows by at most ${String(mostGrowthMb)} MB`,
      isMet: slowest <= deadlineMs + graceMs && growth <= mostGrowthMb,
      figure: `slowest ${slowest.toFixed(0)} ms, peak + ${growth.toFixed(0)} MB, left + ${left.toFixed(0)} MB over ${before.rssMb.toFixed(0)} MB`,
      columns: [
        'the subgraph answers',
        'answers',
        'p50 ms',
        'slowest ms',
        'peak MB',
        'after collection',
        'heap',
      ],
      rows: readings.map(({ how, report, peakMb, afterMb, heapMb }) => [
        ...[how, report.requests, report.p50Ms.toFixed(0), report.maxMs.toFixed(0)],
        ...[peakMb, afterMb, heapMb].map((mb) => mb.toFixed(0)),
      ]),
    };
  } finally {
    await gateway.stop();
  }
}

async function reading(gateway: RunningGateway, how: BadAnswer, ms: number): Promise<Reading> {
  let peakMb = 0;
  const watch = setInterval(() => (peakMb = Math.max(peakMb, residentMb(gateway.pid))), 20);
  try {
    const report = await load(gateway, {
      connections,
      ms,
      query: () => '{ good bad }',
      complaint: notPartial,
    });
    const after = await gateway.memory();
    return { how, report, peakMb, afterMb: after.rssMb, heapMb: after.heapMb };
  } finally {
    clearInterval(watch);
  }
}

/** The good half must be there, the bad one null, with a code and the path. */
function notPartial({ status, body }: Answer): string | undefined {
  const isPartial = status === 200 && body.includes('"data":{"good":"good of Query 0","bad":null}');
  if (isPartial && body.includes('"path":["bad"]') && /"code":"[A-Z_]+"/.test(body)) return undefined;
  return `answered ${String(status)}: ${body.slice(0, 500)}`;
}
