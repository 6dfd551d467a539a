const later = [
    'subscription',
    'traffic_shaping.all.retry',
    'traffic_shaping.all.circuit_breaker',
    'traffic_shaping.subgraphs.*.retry',
    'traffic_shaping.subgraphs.*.circuit_breaker',
    'limits.subgraph.subgraphs',
    'telemetry.tracing',
    'telemetry.exporters',
    'coprocessor',
    'connectors',
];
/** Words of other gateways, and what says the same here. */
const elsewhere = [
    ['authorization.directives.reject_unauthorized', 'write "mode: reject" instead'],
    ['supergraph.defer_support', '@defer is not answered'],
    ['demand_control.clients', 'write client_profiles: { NAME: { client: NAME, demand_control: { max: … } } }'],
    ['rate_limit.clients', 'write client_profiles: { NAME: { client: NAME, rate_limit: { … } } }'],
    ['homepage', 'write "sandbox: { enabled: … }" instead'],
    ['health_check.enabled', 'health checks are always on'],
    ['health_check.listen', 'health checks are answered on the address of "supergraph.listen"'],
    ['cors.origins', 'write "cors: { policies: [ { origins: […] } ] }"'],
    ['limits.router', 'write the limits directly under "limits"'],
];
/** Why a key that other versions or other gateways know is refused here; `undefined` when it is merely unknown. */
export function explainKey(path) {
    const instead = elsewhere.find(([known]) => matches(known, path));
    if (instead !== undefined)
        return instead[1];
    return later.some((known) => matches(known, path)) ? 'not available in this version yet' : undefined;
}
function matches(known, path) {
    const steps = path.split('.');
    const wanted = known.split('.');
    return (steps.length === wanted.length && wanted.every((step, index) => step === '*' || step === steps[index]));
}
//# sourceMappingURL=later-keys.js.map