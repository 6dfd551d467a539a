import { definitionOf, type Distribution, type Reading } from './metrics.ts';

/** One reading for each series: those of equal name and labels are made one, as their metric wants it. */
export function addedReadings(readings: Iterable<Reading>): readonly Reading[] {
  const series = new Map<string, Reading>();
  for (const one of readings) {
    const key = [one.name, ...one.labels].join('\u0000');
    const known = series.get(key);
    series.set(key, known === undefined ? one : { ...one, value: joined(known, one) });
  }
  return [...series.values()];
}

/** What stays when whoever counted is gone: a gauge says how it is, and it is no more. */
export function lastingReadings(readings: readonly Reading[]): readonly Reading[] {
  return readings.filter(({ name }) => definitionOf(name).kind !== 'gauge');
}

function joined({ name, value: one }: Reading, { value: other }: Reading): Reading['value'] {
  if (typeof one !== 'number' || typeof other !== 'number') return bothDistributions(one, other);
  const { across } = definitionOf(name);
  return across === undefined ? one + other : Math[across](one, other);
}

function bothDistributions(one: Reading['value'], other: Reading['value']): Distribution {
  if (typeof one === 'number' || typeof other === 'number')
    throw new TypeError('a histogram cannot be added to a number');
  return {
    counts: one.counts.map((count, index) => count + (other.counts[index] ?? 0)),
    sum: one.sum + other.sum,
  };
}
