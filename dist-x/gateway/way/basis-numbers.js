import { reading } from "../model/metrics.js";
/** The same part, whose own numbers are read until it is closed. */
export function watched(part, metrics, read) {
    if (metrics === undefined)
        return part;
    const leave = metrics.watch(() => read(part));
    return {
        ...part,
        close: () => {
            leave();
            return part.close();
        },
    };
}
export function documentReadings(documents) {
    const { hits, misses, entries, bytes } = documents.stats();
    return [
        reading('weir_cache_hits_total', hits, 'document'),
        reading('weir_cache_misses_total', misses, 'document'),
        reading('weir_cache_entries', entries, 'document'),
        reading('weir_cache_bytes', bytes, 'document'),
    ];
}
const outcomes = ['hit', 'stale', 'stale-if-error', 'miss', 'coalesced', 'bypass'];
export function cacheReadings({ counters }) {
    return Object.entries(counters.all()).flatMap(([subgraph, types]) => Object.entries(types).flatMap(([type, counts]) => [
        ...outcomes.map((outcome) => reading('weir_response_cache_requests_total', counts[outcome], subgraph, type, outcome)),
        reading('weir_response_cache_stored_total', counts.kept, subgraph, type),
        reading('weir_response_cache_too_large_total', counts.tooLarge, subgraph, type),
        reading('weir_response_cache_invalidations_total', counts.invalidated, subgraph, type),
        reading('weir_response_cache_evictions_total', counts.evicted, subgraph, type),
        reading('weir_response_cache_entries', counts.entries, subgraph, type),
        reading('weir_response_cache_bytes', counts.bytes, subgraph, type),
    ]));
}
/**
 * Opens what stands on Redis with these events, and tells as a number whether it can be used until it is closed.
 */
export function countedStore(use, { metrics, ...events }, open) {
    if (metrics === undefined)
        return open(events);
    let up = 1;
    const store = open({
        onDown: (reason) => {
            up = 0;
            metrics.count('weir_redis_outages_total', use);
            events.onDown(reason);
        },
        onUp: () => {
            up = 1;
            events.onUp();
        },
    });
    return watched(store, metrics, () => [reading('weir_redis_up', up, use)]);
}
//# sourceMappingURL=basis-numbers.js.map