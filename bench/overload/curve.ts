import { median } from '../engine/measure.ts';
import type { Outcome } from './open-loop.ts';

/** How many times the capacity was asked for, and what became of it. */
export interface Stretch extends Outcome {
  readonly factor: number;
}

/** One after the other: a machine may be twice as fast a minute later, so each round is measured against itself. */
export interface Round {
  /** Requests each second that a closed loop got answered. */
  readonly capacity: number;
  readonly stretches: readonly Stretch[];
}

export interface OverloadResults {
  readonly measuredAt: string;
  readonly node: string;
  readonly deadlineMs: number;
  readonly rounds: readonly Round[];
}

/** One point of the curve: medians of the rounds. */
interface Point extends Omit<Outcome, 'statuses'> {
  readonly factor: number;
  /** Of the most that came in time in the same round, and of what its closed loop got. */
  readonly ofPeak: number;
  readonly ofCapacity: number;
  /** Of all rounds. */
  readonly statuses: Readonly<Record<string, number>>;
}

function pointsOf(rounds: readonly Round[]): readonly Point[] {
  const [first] = rounds;
  return (first?.stretches ?? []).map(({ factor }, at) => {
    const all = rounds.flatMap(({ stretches, capacity }) => {
      const peak = Math.max(...stretches.map(({ goodput }) => goodput));
      const one = stretches[at];
      return one === undefined
        ? []
        : [{ ...one, ofPeak: one.goodput / peak, ofCapacity: one.goodput / capacity }];
    });
    const middle = (figure: Exclude<keyof Point, 'factor' | 'statuses'>): number =>
      median(all.map((one) => one[figure]));
    const statuses: Record<string, number> = {};
    for (const one of all)
      for (const [status, count] of Object.entries(one.statuses))
        statuses[status] = (statuses[status] ?? 0) + count;
    return {
      factor,
      goodput: middle('goodput'),
      offered: middle('offered'),
      p50Ms: middle('p50Ms'),
      p99Ms: middle('p99Ms'),
      refusalP99Ms: middle('refusalP99Ms'),
      ofPeak: middle('ofPeak'),
      ofCapacity: middle('ofCapacity'),
      statuses,
    };
  });
}

const size = { width: 760, height: 400, left: 70, right: 30, top: 70, bottom: 60 };
const goal = 0.8;

/** The goodput over the load, both in parts of the capacity, as SVG. */
export function curve({ rounds, node, measuredAt, deadlineMs }: OverloadResults): string {
  const points = pointsOf(rounds);
  const most = Math.max(...points.map(({ factor }) => factor));
  const x = (factor: number): number => size.left + (factor / most) * (size.width - size.left - size.right);
  const y = (part: number): number =>
    size.height - size.bottom - Math.min(part, 1.2) * ((size.height - size.top - size.bottom) / 1.2);
  const peak = Math.max(...points.map(({ goodput }) => goodput));
  const capacity = median(rounds.map((round) => round.capacity));
  const line = points.map(({ factor, ofPeak }) => `${x(factor).toFixed(1)},${y(ofPeak).toFixed(1)}`);
  const ideal = [0, 1, most].map((factor) => `${x(factor).toFixed(1)},${y(Math.min(1, factor)).toFixed(1)}`);
  const label = (at: number, up: number, text: string, more = ''): string =>
    `<text x="${at.toFixed(1)}" y="${up.toFixed(1)}" font-size="11" fill="#495057" ${more}>${text}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" font-family="system-ui, sans-serif" role="img" aria-label="Goodput under overload">`,
    `<rect width="${size.width}" height="${size.height}" fill="#fff"/>`,
    `<text x="16" y="26" font-size="16" font-weight="600">Answers in time, while more is asked than can be answered</text>`,
    label(
      16,
      46,
      `open loop; in time: within ${deadlineMs} ms; peak ${peak.toFixed(0)}/s, closed loop ${capacity.toFixed(0)}/s; Node ${node}, ${measuredAt.slice(0, 10)}`,
    ),
    `<polyline points="${ideal.join(' ')}" fill="none" stroke="#adb5bd" stroke-dasharray="4 4"/>`,
    `<line x1="${size.left}" x2="${size.width - size.right}" y1="${y(goal)}" y2="${y(goal)}" stroke="#f08c00" stroke-dasharray="2 4"/>`,
    label(size.width - size.right, y(goal) + 14, 'goal at 3×: 80 % of the peak', 'text-anchor="end"'),
    `<polyline points="${line.join(' ')}" fill="none" stroke="#0b7285" stroke-width="2.5"/>`,
    ...points.map(({ factor, ofPeak }) => {
      const [at, up] = [x(factor), y(ofPeak)];
      const percent = percentText(ofPeak);
      return `<circle cx="${at.toFixed(1)}" cy="${up.toFixed(1)}" r="4" fill="#0b7285"/>${label(at, up - 10, percent, 'text-anchor="middle"')}`;
    }),
    ...points.map(({ factor }) =>
      label(x(factor), size.height - size.bottom + 20, `${factor}×`, 'text-anchor="middle"'),
    ),
    label(size.width / 2, size.height - 14, 'asked for, in parts of the capacity', 'text-anchor="middle"'),
    ...[0, 0.5, 1].map((part) => label(size.left - 10, y(part) + 4, `${part * 100} %`, 'text-anchor="end"')),
    '</svg>',
    '',
  ].join('\n');
}

/** The same as a table. */
export function table({ rounds, deadlineMs }: OverloadResults): string {
  const rows = pointsOf(rounds).map((point) =>
    [
      ...['', `${point.factor}×`, point.offered.toFixed(0), point.goodput.toFixed(0)],
      ...[percentText(point.ofPeak), percentText(point.ofCapacity)],
      ...[point.p50Ms.toFixed(0), point.p99Ms.toFixed(0), point.refusalP99Ms.toFixed(0)],
      ...[statusText(point.statuses), ''],
    ].join(' | '),
  );
  const capacities = rounds.map(({ capacity }) => capacity.toFixed(0)).join(', ');
  return [
    `Closed loop, round by round: ${capacities} requests a second. In time: within ${String(deadlineMs)} ms. Medians of the rounds; answers of all.`,
    '',
    '| asked | sent/s | in time/s | of the round’s peak | of its closed loop | p50 ms | p99 ms | refusals p99 ms | answers |',
    '| ----- | ------ | --------- | ------------------- | ------------------ | ------ | ------ | --------------- | ------- |',
    ...rows.map((row) => row.trim()),
    '',
  ].join('\n');
}

const percentText = (part: number): string => `${(part * 100).toFixed(0)} %`;

function statusText(statuses: Outcome['statuses']): string {
  return Object.entries(statuses)
    .map(([status, count]) => `${status}: ${String(count)}`)
    .join(', ');
}
