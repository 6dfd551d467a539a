/** `undefined`: nothing is counted. */
export function metricsSettings({ telemetry, supergraph }) {
    const { enabled, path, listen } = telemetry.metrics.prometheus;
    if (!enabled)
        return undefined;
    if (listen === undefined)
        return { path, place: { kind: 'beside GraphQL', open: false } };
    const { host, port } = listen;
    const isSame = host === supergraph.listen.host && port === supergraph.listen.port && port !== 0;
    return {
        path,
        place: isSame ? { kind: 'beside GraphQL', open: true } : { kind: 'own address', host, port },
    };
}
//# sourceMappingURL=metrics-settings.js.map