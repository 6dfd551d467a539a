import type { Paint } from '../../schema/problem/problem-text.ts';
import { grouped, percent, textTable } from './text-table.ts';

/** Whose memory it is. */
interface Told {
  readonly process?: { readonly pid: number; readonly isWorker: boolean };
}

/** With workers the numbers look like those of the whole gateway and are not. */
const ofWorker = ({ process }: Told): string =>
  process?.isWorker === true
    ? `only of worker process ${String(process.pid)}: each has its own, and the next answer may be another's\n`
    : '';

type Counts = Readonly<Record<string, number>>;

interface Stats extends Told {
  readonly entries: number;
  readonly bytes: number;
  readonly evictions: number;
  readonly subgraphs: Readonly<Record<string, Readonly<Record<string, Counts>>>>;
}

const answered = ['hit', 'stale', 'stale-if-error', 'coalesced'] as const;
const asked = [...answered, 'miss', 'bypass'] as const;

/** What a gateway counted, by subgraph and type; the most asked for first. */
export function statsText(body: unknown, paint: Paint): string {
  const { entries, bytes, evictions, subgraphs, ...told } = body as Stats;
  const head = `${ofWorker(told)}${grouped(entries)} entries in ${megabytes(bytes)}, ${grouped(evictions)} made room for others\n`;
  const all = Object.entries(subgraphs).flatMap(([subgraph, types]) =>
    Object.entries(types).map(([type, counts]) => ({ subgraph, type, counts, asked: sum(counts, asked) })),
  );
  if (all.length === 0) return `${head}nothing was asked yet\n`;
  all.sort((one, other) => other.asked - one.asked);
  const titles = [
    'subgraph',
    'type',
    'asked',
    'hits',
    'stale',
    'misses',
    'past it',
    'entries',
    'MB',
    'evicted',
    'drops',
  ];
  const rows = all.map(({ subgraph, type, counts, asked: total }) => [
    subgraph === '*' ? '(whole answers)' : subgraph,
    subgraph === '*' ? '' : type,
    grouped(total),
    percent(sum(counts, answered), total),
    grouped(sum(counts, ['stale', 'stale-if-error'])),
    grouped(sum(counts, ['miss'])),
    grouped(sum(counts, ['bypass'])),
    grouped(sum(counts, ['entries'])),
    (sum(counts, ['bytes']) / 2 ** 20).toFixed(1),
    grouped(sum(counts, ['evicted'])),
    grouped(sum(counts, ['invalidated'])),
  ]);
  return `${head}\n${textTable([titles, ...rows], 2, paint)}`;
}

const sum = (counts: Counts, names: readonly string[]): number =>
  names.reduce((total, name) => total + (counts[name] ?? 0), 0);

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;

interface Shown {
  readonly audience: string;
  readonly state: string;
  readonly age: number;
  readonly ttl: number;
  readonly bytes: number;
  readonly tags: readonly string[];
}

interface Found extends Told {
  readonly entries: readonly Shown[];
  /** What was left out. */
  readonly note?: string;
}

/** Entries by what they may be dropped by, never their data. */
export function entriesText(body: unknown, paint: Paint): string {
  const { entries, note, ...told } = body as Found;
  const rest = note === undefined ? '' : `${paint.yellow(note)}\n`;
  if (entries.length === 0) return `${ofWorker(told)}no such entries in the memory of this gateway\n${rest}`;
  const titles = ['for', 'state', 'age', 'left', 'bytes', 'tags'];
  const rows = entries.map(({ audience, state, age, ttl, bytes, tags }) => [
    ...[
      audience === 'own' ? 'one person' : audience,
      state,
      `${String(age)}s`,
      `${String(Math.max(0, ttl))}s`,
    ],
    ...[grouped(bytes), tags.slice(0, mostTags).join(' ') + (tags.length > mostTags ? ' …' : '')],
  ]);
  return `${ofWorker(told)}${textTable([titles, ...rows], 2, paint)}${rest === '' ? '' : `\n${rest}`}`;
}

const mostTags = 6;

/** Where it was dropped. */
export function reachText(body: unknown): string {
  const { reach } = body as { readonly reach?: string };
  return reach === 'gateway'
    ? 'dropped in this gateway; without Redis others are told nothing\n'
    : 'dropped in all gateways that share its Redis\n';
}
