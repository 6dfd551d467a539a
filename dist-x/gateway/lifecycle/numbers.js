import { reading } from "../model/metrics.js";
import { metricsPage, processReadings, serveMetrics, } from "../observe/observe.js";
import { metricsSettings } from "../settings/metrics-settings.js";
const untold = { beside: undefined, close: () => Promise.resolve() };
/**
 * Tells the numbers as Prometheus reads them, where the configuration asks for them. An address that cannot be had is told
 * in the log: the gateway serves without.
 * @param elsewhere the numbers of several processes, which another one gathers.
 */
export function toldNumbers(config, { metrics, logger }, elsewhere) {
    const settings = metricsSettings(config);
    if (settings === undefined || metrics === undefined)
        return untold;
    const { path, place } = settings;
    const page = elsewhere ?? metricsPage(() => Promise.resolve(metrics.readings()));
    if (place.kind === 'beside GraphQL')
        return { ...untold, beside: { ...page, open: place.open } };
    if (elsewhere !== undefined)
        return untold;
    return { beside: undefined, close: openAddress({ ...place, path }, page, logger) };
}
/** Gives what closes it. */
export function openAddress(address, page, logger) {
    const opened = serveMetrics(address, page).then((server) => {
        logger.info({ url: server.url }, 'metrics are told');
        return server;
    }, (failure) => {
        logger.error({ err: failure }, 'metrics cannot be told');
        return undefined;
    });
    return async () => (await opened)?.close();
}
/** What concerns the gateway as a whole, and its process. */
export function gatewayReadings({ supply, load, version }) {
    const { inFlight, refused, limit, waiting, delayMs } = load.report();
    const { id } = supply.state();
    return [
        reading('weir_workers', 1),
        reading('http_server_active_requests', inFlight),
        reading('weir_overload_refused_total', refused),
        reading('weir_overload_limit', limit),
        reading('weir_overload_waiting', waiting),
        reading('nodejs_eventloop_lag_seconds', delayMs / 1000),
        reading('weir_supergraph_generations', supply.generations()),
        ...(id === '' ? [] : [reading('weir_supergraph_info', 1, id)]),
        ...buildReadings(version),
        ...processReadings(),
    ];
}
/** What is running, where that is known. */
export function buildReadings(version) {
    return version === undefined ? [] : [reading('weir_build_info', 1, version, process.versions.node)];
}
//# sourceMappingURL=numbers.js.map