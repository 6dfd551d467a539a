import { cpus } from 'node:os';
import { median } from '../engine/measure.ts';
import { digits } from '../engine/results.ts';
import type { EntriesRow } from './entries.ts';
import { expectedPage, pages } from './page-shop.ts';
import type { Row } from './rows.ts';

export interface Sample {
  readonly cpuMsPerRequest: number;
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  readonly callsPerRequest: number;
  /** Questions to Redis that read entries, for each request. */
  readonly readsPerRequest: number;
}

/** Milliseconds of requests that nothing else runs beside. */
export interface Alone {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
}

export interface Measured {
  readonly row: Row;
  readonly samples: readonly Sample[];
  readonly alone: Alone | undefined;
}

export interface Conditions {
  readonly rounds: number;
  readonly seconds: number;
  readonly warm: number;
  readonly pinned: boolean;
}

const middle = ({ samples }: Measured, figure: keyof Sample): number =>
  median(samples.map((sample) => sample[figure]));

interface Goal {
  readonly text: string;
  readonly value: number | undefined;
  readonly isMet: boolean;
}

function goals(subjects: readonly Measured[]): readonly Goal[] {
  const of = (name: string, figure: keyof Sample): number => {
    const found = subjects.find(({ row }) => row.name === name);
    return found === undefined ? Number.NaN : middle(found, figure);
  };
  const rate = (name: string): number => of(name, 'requestsPerSecond');
  const cpu = (name: string): number => of(name, 'cpuMsPerRequest');
  const goal = (text: string, value: number, isMet: (value: number) => boolean): Goal => ({
    ...{ text, value, isMet: isMet(value) },
  });
  const all = [
    goal(
      'memory, times the requests/s of uncached: at least 3',
      rate('memory') / rate('uncached'),
      (x) => x >= 3,
    ),
    goal(
      'memory, times the requests/s of stock: at least 10',
      rate('memory') / rate('stock'),
      (x) => x >= 10,
    ),
    goal(
      'whole, part of the requests/s of fixed: at least 0.7',
      rate('whole') / rate('fixed'),
      (x) => x >= 0.7,
    ),
    goal('redis, times the CPU of memory: at most 2.5', cpu('redis') / cpu('memory'), (x) => x <= 2.5),
    goal('uncached, times the CPU of memory', cpu('uncached') / cpu('memory'), () => true),
    goal('stock, times the CPU of memory', cpu('stock') / cpu('memory'), () => true),
    goal('fixed, part of the CPU of whole', cpu('fixed') / cpu('whole'), () => true),
  ];
  return all.filter(({ value }) => Number.isFinite(value));
}

function aloneTable(subjects: readonly Measured[]): readonly string[] {
  const measured = subjects.flatMap(({ row, alone }) => (alone === undefined ? [] : [{ row, alone }]));
  if (measured.length === 0) return [];
  return [
    '| one page after the other, from | p50 ms | p99 ms | p99.9 ms |',
    '| --- | ---: | ---: | ---: |',
    ...measured.map(
      ({ row: { name }, alone: { p50, p99, p999 } }) =>
        `| ${[name, digits(p50), digits(p99), digits(p999)].join(' | ')} |`,
    ),
    '',
  ];
}

/** Rows, what their figures make of the goals, and the table of entries. */
export function markdown(
  subjects: readonly Measured[],
  memory: readonly EntriesRow[],
  bench: Conditions,
): string {
  const { rounds, seconds, warm, pinned } = bench;
  const table = subjects.map((subject) => {
    const figures = [
      digits(middle(subject, 'cpuMsPerRequest')),
      middle(subject, 'requestsPerSecond').toFixed(0),
      digits(middle(subject, 'p99Ms')),
      middle(subject, 'callsPerRequest').toFixed(2),
      middle(subject, 'readsPerRequest').toFixed(2),
    ];
    return `| ${[subject.row.name, ...figures].join(' | ')} |`;
  });
  const entries = memory.map((row) =>
    [
      ...['', String(row.configuredMb), String(row.put), String(row.kept), row.countedMb.toFixed(0)],
      ...[row.heapMb.toFixed(0), row.p50.toFixed(2), row.p99.toFixed(2), ''],
    ].join(' | '),
  );
  return [
    '# What keeping answers is worth',
    '',
    `Measured ${new Date().toISOString().slice(0, 16)} on ${String(cpus().length)} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}: ${String(rounds)} rounds of ${String(seconds)} s in turns after ${String(warm)} s`,
    `of warm-up, 50 connections, ${String(pages)} pages of ${String(expectedPage(0).length)} bytes asked for in turn, every answer compared; ${pinned ? 'gateway on one processor, load, subgraphs and Redis on the other' : 'not pinned'}. Medians.`,
    '',
    ...subjects.map(({ row: { name, about } }) => `- **${name}**: ${about}`),
    '',
    '| row | CPU ms/request | requests/s | p99 ms | calls | reads of Redis |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...table,
    '',
    '| ratio | | |',
    '| --- | ---: | --- |',
    ...goals(subjects).map(
      ({ text, value = 0, isMet }) => `| ${text} | ${value.toFixed(2)} | ${isMet ? '' : 'missed'} |`,
    ),
    '',
    ...aloneTable(subjects),
    ...(memory.length === 0
      ? []
      : [
          '| configured MB | put | kept | counted MB | heap MB | hit p50 µs | hit p99 µs |',
          '| ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
          ...entries.map((row) => row.trim()),
          '',
        ]),
  ].join('\n');
}
