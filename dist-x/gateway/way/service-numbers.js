import { reading } from "../model/metrics.js";
/** The same calls, each recorded with how it ended and how long that took. */
export function countedCalls(call, metrics) {
    return (one, context) => {
        const began = performance.now();
        const answer = call(one, context);
        void answer.then((given) => {
            const seconds = (performance.now() - began) / 1000;
            metrics.record('http_client_request_duration_seconds', seconds, one.subgraph, endOf(given));
        });
        return answer;
    };
}
/** The same planning, recorded with how it ended and how long that took. */
export async function countedPlanning(planning, metrics) {
    const began = performance.now();
    const planned = await planning;
    const result = planned.kind === 'failed' ? planned.failure.code : planned.kind;
    metrics.record('weir_query_planning_duration_seconds', (performance.now() - began) / 1000, result);
    return planned;
}
function endOf(answer) {
    if (answer.kind === 'failed')
        return answer.error.code;
    return answer.errors.length === 0 ? 'ok' : 'errors';
}
/** What the parts of one supergraph's service have counted. */
export function serviceReadings({ fetch, planner, executions }) {
    const calls = fetch.stats();
    const plans = planner.stats();
    return [
        reading('weir_executions_shared_total', executions?.stats().shared ?? 0),
        reading('weir_subgraph_calls_shared_total', calls.shared),
        ...Object.entries(calls.subgraphs).flatMap(([name, { active, queued, connected }]) => [
            reading('weir_subgraph_calls_active', active, name),
            reading('weir_subgraph_calls_queued', queued, name),
            reading('weir_subgraph_connections', connected, name),
        ]),
        reading('weir_cache_hits_total', plans.hits, 'plan'),
        reading('weir_cache_misses_total', plans.misses, 'plan'),
        reading('weir_cache_entries', plans.plans, 'plan'),
        reading('weir_cache_bytes', plans.bytes, 'plan'),
        reading('weir_query_planning_queue', plans.waiting),
        reading('weir_query_planning_restarts_total', plans.restarts),
    ];
}
//# sourceMappingURL=service-numbers.js.map