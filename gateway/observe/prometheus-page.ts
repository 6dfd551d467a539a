import { ValueType } from '@opentelemetry/api';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import {
  AggregationTemporality,
  DataPointType,
  type DataPoint,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import {
  definitionOf,
  metricCatalogue,
  type Distribution,
  type MetricName,
  type Reading,
} from '../model/metrics.ts';

/** Series in one page; at some 100 bytes each it stays below 2 MB. */
const mostSeries = 20_000;

/** All readings as Prometheus reads them, in the catalogue's order. */
export function prometheusPage(readings: readonly Reading[]): string {
  const shown = readings.slice(0, mostSeries);
  const dropped = readings.length - shown.length;
  const byName = new Map<MetricName, Reading[]>();
  for (const one of [...shown, droppedSeries(dropped)]) {
    const known = byName.get(one.name);
    if (known === undefined) byName.set(one.name, [one]);
    else known.push(one);
  }
  const metrics = (Object.keys(metricCatalogue) as MetricName[]).flatMap((name) => {
    const series = byName.get(name);
    return series === undefined ? [] : [metricData(name, series)];
  });
  const serializer = new PrometheusSerializer(undefined, false, undefined, true, true);
  const scopeMetrics = [{ scope: { name: 'weir' }, metrics }];
  return serializer.serialize({ resource: nothing, scopeMetrics });
}

const droppedSeries = (count: number): Reading => ({
  name: 'weir_metrics_dropped_series',
  labels: [],
  value: count,
});

/** The serializer is told to write nothing of it. */
const nothing: ResourceMetrics['resource'] = {
  attributes: {},
  merge: (other) => other ?? nothing,
  getRawAttributes: () => [],
};

function metricData(name: MetricName, series: readonly Reading[]): MetricData {
  const { kind, help, bounds = [] } = definitionOf(name);
  const common = {
    descriptor: { name, description: help, unit: '', valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  switch (kind) {
    case 'counter':
      return {
        ...common,
        dataPointType: DataPointType.SUM,
        isMonotonic: true,
        dataPoints: series.map((one) => pointOf(one, numberIn(one))),
      };
    case 'gauge':
      return {
        ...common,
        dataPointType: DataPointType.GAUGE,
        dataPoints: series.map((one) => pointOf(one, numberIn(one))),
      };
    case 'histogram':
      return {
        ...common,
        dataPointType: DataPointType.HISTOGRAM,
        dataPoints: series.flatMap((one) =>
          typeof one.value === 'number' ? [] : [pointOf(one, histogram(one.value, bounds))],
        ),
      };
  }
}

const numberIn = ({ value }: Reading): number => (typeof value === 'number' ? value : value.sum);

function histogram({ counts, sum }: Distribution, bounds: readonly number[]) {
  const count = counts.reduce((total, one) => total + one, 0);
  return { buckets: { boundaries: [...bounds], counts: [...counts] }, sum, count };
}

function pointOf<T>({ name, labels }: Reading, value: T): DataPoint<T> {
  const { labels: names } = definitionOf(name);
  const attributes = Object.fromEntries(names.map((label, index) => [label, labels[index] ?? '']));
  return { startTime: [0, 0], endTime: [0, 0], attributes, value };
}
