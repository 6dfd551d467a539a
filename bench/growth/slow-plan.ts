import { median } from '../engine/measure.ts';
import { startGateway, type RunningGateway } from './gateway-process.ts';
import type { Bench, Measurement, Outcome } from './goal.ts';
import { askOnce, load, type Report } from './load.ts';
import { hostile, hostileMutation, hostileQuery } from './worlds.ts';

const most = 2;
/** Shorter than the plan takes on a fast machine. */
const meanwhileMs = 3_500;
const config = {
  supergraph: { query_planning: { timeout: '3m', workers: 2 } },
  traffic_shaping: { router: { timeout: '5m', dedupe: false }, all: { deduplicate_query: false } },
  limits: { max_height: 100_000 },
};

/** While one operation is planned for ten seconds, others are asked: known ones, and now and then a new one. */
export const slowPlan: Measurement = { name: 'slow-plan', measure };

async function measure(bench: Bench): Promise<Outcome> {
  const supergraph = await bench.subgraphs.serve(hostile());
  const gateway = await startGateway(bench, { supergraph, config });
  try {
    const others = (ms: number): Promise<Report> =>
      load(gateway, { connections: 10, ms, pauseMs: 10, query: () => hostileQuery });
    await others(4_000);
    const rounds: Round[] = [];
    for (let number = 0; number < (bench.quick ? 1 : 3); number += 1) {
      rounds.push(await round(gateway, { others, changes: 3, number }));
      bench.say(JSON.stringify(rounds.at(-1)));
    }
    const ratio = median(rounds.map(({ quiet, busy }) => busy.p99Ms / quiet.p99Ms));
    return {
      title: 'A plan that takes ten seconds',
      goal: `meanwhile the p99 of known operations is at most ${String(most)} times what it is in quiet`,
      isMet: ratio <= most,
      figure: `× ${ratio.toFixed(2)}`,
      columns: [
        'planning s',
        'p99 in quiet ms',
        'p99 meanwhile ms',
        'p50 in quiet',
        'p50 meanwhile',
        'slowest meanwhile',
        'new operation in quiet ms',
        'new operation meanwhile',
      ],
      rows: rounds.map(({ planningS, quiet, busy, newInQuiet, newMeanwhile }) => [
        planningS.toFixed(1),
        ...[quiet.p99Ms, busy.p99Ms, quiet.p50Ms, busy.p50Ms, busy.maxMs].map((ms) => ms.toFixed(1)),
        ...[newInQuiet.toFixed(0), newMeanwhile.toFixed(0)],
      ]),
    };
  } finally {
    await gateway.stop();
  }
}

interface Round {
  readonly planningS: number;
  readonly quiet: Report;
  readonly busy: Report;
  readonly newInQuiet: number;
  readonly newMeanwhile: number;
}

interface Way {
  readonly others: (ms: number) => Promise<Report>;
  readonly changes: number;
  readonly number: number;
}

async function round(gateway: RunningGateway, { others, changes, number }: Way): Promise<Round> {
  const text = hostileMutation(changes).replace('Hostile', `Hostile${String(number)}`);
  const newInQuiet = await newOperations(gateway, `quiet${String(number)}`);
  const quiet = await others(meanwhileMs);
  const planning = timed(gateway, text);
  const busy = await others(meanwhileMs);
  if (planning.seconds !== undefined) throw new Error(`the plan took only ${String(planning.seconds)} s`);
  const newMeanwhile = await newOperations(gateway, `busy${String(number)}`);
  return { planningS: await planning.done, quiet, busy, newInQuiet, newMeanwhile };
}

interface Timed {
  /** `undefined` as long as it takes. */
  seconds: number | undefined;
  /** How long it took. */
  readonly done: Promise<number>;
}

function timed(gateway: RunningGateway, text: string): Timed {
  const began = performance.now();
  const done = askOnce(gateway, text).then(({ status, body }) => {
    const seconds = (performance.now() - began) / 1000;
    result.seconds = seconds;
    if (status !== 200 || body.includes('"errors":[')) throw new Error(`not planned: ${body.slice(0, 300)}`);
    return seconds;
  });
  const result: Timed = { seconds: undefined, done };
  return result;
}

/** Median time of operations nobody asked before, in ms. */
async function newOperations(gateway: RunningGateway, name: string): Promise<number> {
  const times: number[] = [];
  for (let number = 0; number < 10; number += 1) {
    const { ms } = await askOnce(gateway, `query ${name}${String(number)} ${hostileQuery}`);
    times.push(ms);
  }
  return median(times);
}
