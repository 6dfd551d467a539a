import type { Outcome } from './open-loop.ts';

/** One point of the curve: how many times the capacity was asked for. */
export interface Point extends Outcome {
  readonly factor: number;
}

export interface OverloadResults {
  readonly measuredAt: string;
  readonly node: string;
  /** Requests each second that a closed loop got answered. */
  readonly capacity: number;
  readonly deadlineMs: number;
  readonly points: readonly Point[];
}

const size = { width: 760, height: 400, left: 70, right: 30, top: 70, bottom: 60 };
const goal = 0.8;

/** The goodput over the load, both in parts of the capacity, as SVG. */
export function curve({ capacity, points, node, measuredAt, deadlineMs }: OverloadResults): string {
  const most = Math.max(...points.map(({ factor }) => factor));
  const x = (factor: number): number => size.left + (factor / most) * (size.width - size.left - size.right);
  const y = (part: number): number =>
    size.height - size.bottom - Math.min(part, 1.2) * ((size.height - size.top - size.bottom) / 1.2);
  const peak = Math.max(...points.map(({ goodput }) => goodput));
  const line = points.map(({ factor, goodput }) => `${x(factor).toFixed(1)},${y(goodput / peak).toFixed(1)}`);
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
    ...points.map(({ factor, goodput }) => {
      const [at, up] = [x(factor), y(goodput / peak)];
      const percent = `${((goodput / peak) * 100).toFixed(0)} %`;
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
export function table({ capacity, points }: OverloadResults): string {
  const peak = Math.max(...points.map(({ goodput }) => goodput));
  const rows = points.map((point) =>
    [
      ...['', `${point.factor}×`, point.offered.toFixed(0), point.goodput.toFixed(0)],
      ...[`${((point.goodput / peak) * 100).toFixed(0)} %`, point.p50Ms.toFixed(0), point.p99Ms.toFixed(0)],
      ...[point.refusalP99Ms.toFixed(0), statusText(point.statuses), ''],
    ].join(' | '),
  );
  return [
    `Closed loop: ${capacity.toFixed(0)} requests a second.`,
    '',
    '| asked | sent/s | in time/s | of the peak | p50 ms | p99 ms | refusals p99 ms | answers |',
    '| ----- | ------ | --------- | ----------- | ------ | ------ | --------------- | ------- |',
    ...rows.map((row) => row.trim()),
    '',
  ].join('\n');
}

function statusText(statuses: Outcome['statuses']): string {
  return Object.entries(statuses)
    .map(([status, count]) => `${status}: ${String(count)}`)
    .join(', ');
}
