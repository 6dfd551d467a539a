import { addedReadings, lastingReadings } from "../model/added-readings.js";
import { definitionOf, } from "../model/metrics.js";
/** Series of one metric; labels come from schema and configuration, so that more is a fault of ours. */
const mostSeries = 2_000;
/** Between the labels of a series; no name in a schema or a header holds it. */
const separator = '\u0000';
/** Numbers of this process. To count is a look-up and an addition. */
export function ownNumbers() {
    const counters = new Map();
    const histograms = new Map();
    const watched = new Set();
    let left = [];
    return {
        count: (name, ...labels) => {
            const cell = cellOf(counters, name, labels, () => ({ value: 0 }));
            if (cell !== undefined)
                cell.value += 1;
        },
        record: (name, value, ...labels) => {
            cellOf(histograms, name, labels, () => new Buckets(definitionOf(name).bounds ?? []))?.record(value);
        },
        watch: (read) => {
            watched.add(read);
            return () => {
                if (watched.delete(read))
                    left = addedReadings([...left, ...lastingReadings(read())]);
            };
        },
        readings: () => addedReadings([
            ...left,
            ...readingsOf(counters, ({ value }) => value),
            ...readingsOf(histograms, (buckets) => buckets.read()),
            ...[...watched].flatMap((read) => read()),
        ]),
    };
}
function cellOf(metrics, name, labels, make) {
    const [first = '', second] = labels;
    const key = second === undefined ? first : labels.join(separator);
    let series = metrics.get(name);
    if (series === undefined)
        metrics.set(name, (series = new Map()));
    const known = series.get(key);
    if (known !== undefined || series.size >= mostSeries)
        return known;
    const made = make();
    series.set(key, made);
    return made;
}
function* readingsOf(metrics, valueOf) {
    for (const [name, series] of metrics) {
        const isLabelled = definitionOf(name).labels.length > 0;
        for (const [key, cell] of series)
            yield { name, labels: isLabelled ? key.split(separator) : [], value: valueOf(cell) };
    }
}
class Buckets {
    #bounds;
    #counts;
    #sum = 0;
    constructor(bounds) {
        this.#bounds = bounds;
        this.#counts = new Array(bounds.length + 1).fill(0);
    }
    record(value) {
        let at = 0;
        while (at < this.#bounds.length && value > (this.#bounds[at] ?? 0))
            at += 1;
        this.#counts[at] = (this.#counts[at] ?? 0) + 1;
        this.#sum += value;
    }
    read() {
        return { counts: [...this.#counts], sum: this.#sum };
    }
}
//# sourceMappingURL=own-numbers.js.map