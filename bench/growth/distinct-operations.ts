import { residentMb, startGateway, type Memory } from './gateway-process.ts';
import type { Bench, Measurement, Outcome } from './goal.ts';
import { load, notAnswered } from './load.ts';
import { shopOf } from './worlds.ts';

const mostGrowthMb = 150;
const distinct = 100_000;
const warm = 2_000;
/** Of so many operations the first few are asked three times, so that code is generated for them. */
const groupSize = 20;
const hotInGroup = 5;
const groupRequests = groupSize + 2 * hotInGroup;

function inGroups(request: number): number {
  const [group, place] = [Math.floor(request / groupRequests), request % groupRequests];
  return group * groupSize + (place < 3 * hotInGroup ? place % hotInGroup : place - 2 * hotInGroup);
}

/** Operations that all differ in text, most also in what they select. */
export const distinctOperations: Measurement = { name: 'distinct-operations', measure };

interface Reading extends Memory {
  readonly operations: number;
  /** Before the garbage was collected. */
  readonly loadedMb: number;
}

async function measure(bench: Bench): Promise<Outcome> {
  const total = bench.quick ? 10_000 : distinct;
  const supergraph = await bench.subgraphs.serve(shopOf(10));
  const gateway = await startGateway(bench, { supergraph });
  const readings: Reading[] = [];
  let refused = 0;
  // A gateway that stands still for a moment refuses new operations rather than let known ones wait.
  const refusedOnce = (): undefined => {
    refused += 1;
  };
  try {
    const stops = [warm, total / 10, total / 4, total / 2, total];
    for (let [from, next] = [0, 0]; next < stops.length; next += 1) {
      const to = stops[next] ?? total;
      await load(gateway, {
        connections: 6,
        requests: ((to - from) / groupSize) * groupRequests,
        query: (number) => operation(from + inGroups(number)),
        complaint: (answer) => (answer.status === 503 ? refusedOnce() : notAnswered(answer)),
      });
      from = to;
      const loadedMb = residentMb(gateway.pid);
      const reading = { operations: to, loadedMb, ...(await gateway.memory()) };
      readings.push(reading);
      bench.say(JSON.stringify(reading));
    }
  } finally {
    await gateway.stop();
  }
  const [first, last] = [readings[0], readings.at(-1)];
  const growth = (last?.rssMb ?? NaN) - (first?.rssMb ?? NaN);
  const loaded = (last?.loadedMb ?? NaN) - (first?.loadedMb ?? NaN);
  return {
    title: 'Distinct operations',
    goal: `${String(distinct)} distinct operations leave at most ${String(mostGrowthMb)} MB more resident than the first ${String(warm)}`,
    isMet: Math.max(growth, loaded) <= mostGrowthMb && refused < total / 1000 && total === distinct,
    figure: `${growth.toFixed(0)} MB after collection, ${loaded.toFixed(0)} MB before; ${String(refused)} refused as too many at once`,
    columns: [
      'operations',
      'resident MB',
      'after collection',
      'heap',
      'heaps of planning threads',
      'outside heaps',
    ],
    rows: readings.map((one) => [
      one.operations,
      ...[one.loadedMb, one.rssMb, one.heapMb, one.threadsMb, one.externalMb].map((mb) => mb.toFixed(0)),
    ]),
  };
}

const leaves = ['name', 'price', 'description', 'discount'];
const inside = [
  'stock { count place }',
  'stock { place }',
  'reviews { id body }',
  'reviews { author body }',
  'offers { name }',
  'part0 { name }',
  'part1 { size }',
  'part2 { id }',
  'part3 { name size }',
];

/** The number's bits choose what is selected; an alias makes the rest of the difference. */
function operation(number: number): string {
  const bits = (Math.imul(number + 1, 0x9e3779b1) & Math.imul(number + 1, 0x85ebca6b)) >>> 16;
  const selected = [...leaves, ...inside].filter((_, index) => ((bits >> index) & 1) === 1);
  return `query Distinct${String(number)} { items(first: 2) { id own${String(number)}: name ${selected.join(' ')} } }`;
}
