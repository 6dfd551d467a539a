import { ValueType } from '@opentelemetry/api';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { AggregationTemporality, DataPointType, } from '@opentelemetry/sdk-metrics';
import { definitionOf, metricCatalogue, } from "../model/metrics.js";
/** Series in one page; at some 100 bytes each it stays below 2 MB. */
const mostSeries = 20_000;
/** All readings as Prometheus reads them, in the catalogue's order. */
export function prometheusPage(readings) {
    const shown = readings.slice(0, mostSeries);
    const dropped = readings.length - shown.length;
    const byName = new Map();
    for (const one of [...shown, droppedSeries(dropped)]) {
        const known = byName.get(one.name);
        if (known === undefined)
            byName.set(one.name, [one]);
        else
            known.push(one);
    }
    const metrics = Object.keys(metricCatalogue).flatMap((name) => {
        const series = byName.get(name);
        return series === undefined ? [] : [metricData(name, series)];
    });
    const serializer = new PrometheusSerializer(undefined, false, undefined, true, true);
    const scopeMetrics = [{ scope: { name: 'weir' }, metrics }];
    return serializer.serialize({ resource: nothing, scopeMetrics });
}
const droppedSeries = (count) => ({
    name: 'weir_metrics_dropped_series',
    labels: [],
    value: count,
});
/** The serializer is told to write nothing of it. */
const nothing = {
    attributes: {},
    merge: (other) => other ?? nothing,
    getRawAttributes: () => [],
};
function metricData(name, series) {
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
                dataPoints: series.flatMap((one) => typeof one.value === 'number' ? [] : [pointOf(one, histogram(one.value, bounds))]),
            };
    }
}
const numberIn = ({ value }) => (typeof value === 'number' ? value : value.sum);
function histogram({ counts, sum }, bounds) {
    const count = counts.reduce((total, one) => total + one, 0);
    return { buckets: { boundaries: [...bounds], counts: [...counts] }, sum, count };
}
function pointOf({ name, labels }, value) {
    const { labels: names } = definitionOf(name);
    const attributes = Object.fromEntries(names.map((label, index) => [label, labels[index] ?? '']));
    return { startTime: [0, 0], endTime: [0, 0], attributes, value };
}
//# sourceMappingURL=prometheus-page.js.map