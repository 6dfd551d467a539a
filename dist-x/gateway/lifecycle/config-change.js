/** What is bound when the gateway starts: its address, its HTTP server, its processes, the user's plugins. */
export const restartKeys = [
    'supergraph.listen',
    'supergraph.path',
    'health_check.path',
    'sandbox.enabled',
    'limits.http_max_header_bytes',
    'limits.http_headers_timeout',
    'limits.http_body_timeout',
    'plugins',
    'telemetry.logging.format',
    'telemetry.metrics',
    'workers',
];
/** What of a new configuration can take the place of the one in force. */
export function reconfigured(now, next) {
    const config = {
        ...next,
        supergraph: { ...next.supergraph, listen: now.supergraph.listen, path: now.supergraph.path },
        health_check: { ...next.health_check, path: now.health_check.path },
        sandbox: { ...next.sandbox, enabled: now.sandbox.enabled },
        limits: {
            ...next.limits,
            http_max_header_bytes: now.limits.http_max_header_bytes,
            http_headers_timeout: now.limits.http_headers_timeout,
            http_body_timeout: now.limits.http_body_timeout,
        },
        plugins: now.plugins,
        telemetry: {
            ...next.telemetry,
            logging: { ...next.telemetry.logging, format: now.telemetry.logging.format },
            metrics: now.telemetry.metrics,
        },
        workers: now.workers,
    };
    return {
        config,
        changed: !isSame(now, config),
        afterRestart: restartKeys.filter((key) => !isSame(valueAt(next, key), valueAt(config, key))),
    };
}
/** Equal as text: configurations are plain data whose keys come in one order. */
export function isSame(one, other) {
    return JSON.stringify(one) === JSON.stringify(other);
}
function valueAt(config, path) {
    return path
        .split('.')
        .reduce((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), config);
}
//# sourceMappingURL=config-change.js.map