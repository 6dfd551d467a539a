import { definitionOf } from "./metrics.js";
/** One reading for each series: those of equal name and labels are made one, as their metric wants it. */
export function addedReadings(readings) {
    const series = new Map();
    for (const one of readings) {
        const key = [one.name, ...one.labels].join('\u0000');
        const known = series.get(key);
        series.set(key, known === undefined ? one : { ...one, value: joined(known, one) });
    }
    return [...series.values()];
}
/** What stays when whoever counted is gone: a gauge says how it is, and it is no more. */
export function lastingReadings(readings) {
    return readings.filter(({ name }) => definitionOf(name).kind !== 'gauge');
}
function joined({ name, value: one }, { value: other }) {
    if (typeof one !== 'number' || typeof other !== 'number')
        return bothDistributions(one, other);
    const { across } = definitionOf(name);
    return across === undefined ? one + other : Math[across](one, other);
}
function bothDistributions(one, other) {
    if (typeof one === 'number' || typeof other === 'number')
        throw new TypeError('a histogram cannot be added to a number');
    return {
        counts: one.counts.map((count, index) => count + (other.counts[index] ?? 0)),
        sum: one.sum + other.sum,
    };
}
//# sourceMappingURL=added-readings.js.map