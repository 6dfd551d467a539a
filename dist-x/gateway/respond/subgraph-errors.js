import { errorCatalogue } from "../model/errors.js";
const redacted = 'Subgraph errors redacted';
/** Said by the gateway about a subgraph: their general sentences give nothing away. */
const ownCodes = new Set([
    'SUBREQUEST_HTTP_ERROR',
    'GATEWAY_TIMEOUT',
    'REQUEST_CONCURRENCY_LIMITED',
    'SUBGRAPH_COST_ESTIMATED_TOO_EXPENSIVE',
]);
const largestExtensions = 4096;
/** An error as clients may see it; errors that carry no `service` are the gateway's own and pass. */
export function shownError(error, settings) {
    const { service } = error.extensions;
    if (typeof service !== 'string')
        return error;
    const rule = Object.hasOwn(settings.subgraphs, service) ? settings.subgraphs[service] : undefined;
    const visibility = rule ?? settings.all;
    if (visibility === true)
        return bounded(error, error.message);
    const general = generalMessage(error.extensions.code);
    const code = shownCode(error.extensions.code);
    if (visibility === false)
        return { ...placeOf(error), message: general, extensions: { code } };
    const extensions = visibleExtensions(error.extensions, visibility);
    const shown = { ...placeOf(error), message: error.message, extensions: { ...extensions, code } };
    return bounded(shown, visibility.redact_message ? general : error.message);
}
function placeOf({ path }) {
    return path === undefined ? {} : { path };
}
function generalMessage(code) {
    return ownCodes.has(code) ? errorCatalogue[code].meaning : redacted;
}
/** A subgraph may put anything there, a sentence with a host name too. */
function shownCode(code) {
    return /^[A-Z][A-Z0-9_]{0,63}$/.test(code) ? code : 'DOWNSTREAM_SERVICE_ERROR';
}
function visibleExtensions(extensions, rule) {
    const allowed = Object.entries(extensions).filter(([key]) => {
        if (rule.deny_extensions_keys?.includes(key) === true)
            return false;
        return rule.allow_extensions_keys?.includes(key) ?? true;
    });
    return Object.fromEntries(allowed);
}
function bounded(error, message) {
    const { code } = error.extensions;
    const extensions = jsonLength(error.extensions) > largestExtensions ? { code } : error.extensions;
    return { ...placeOf(error), message: message.slice(0, 1000), extensions };
}
function jsonLength(value) {
    try {
        return JSON.stringify(value).length;
    }
    catch (error) {
        // Nested too deeply to be written.
        if (error instanceof RangeError)
            return Number.POSITIVE_INFINITY;
        throw error;
    }
}
//# sourceMappingURL=subgraph-errors.js.map