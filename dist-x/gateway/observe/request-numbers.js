import { errorCatalogue } from "../model/errors.js";
/** The observer, with the numbers of every finished request counted in `metrics` beside its log line. */
export function counted(observer, metrics) {
    return {
        ...observer,
        metrics,
        requestDone: (record) => {
            observer.requestDone(record);
            countRequest(metrics, record);
        },
    };
}
function countRequest(metrics, record) {
    const { status, durationMs, operationKind = 'none', profile = 'none', costEstimated, costActual } = record;
    metrics.record('http_server_request_duration_seconds', durationMs / 1000, String(status), operationKind);
    metrics.count('weir_client_requests_total', profile);
    if (record.aborted === true)
        metrics.count('weir_requests_aborted_total');
    if (record.throttled !== undefined)
        metrics.count('weir_rate_limit_refused_total', record.throttled, profile);
    if (costEstimated !== undefined)
        metrics.record('weir_cost_estimated', costEstimated);
    if (costActual !== undefined)
        metrics.record('weir_cost_actual', costActual);
    countCodes(metrics, record);
}
function countCodes(metrics, { errorCodes, warnings, denied }) {
    if (errorCodes !== undefined)
        for (const code of errorCodes)
            metrics.count('weir_graphql_errors_total', codeLabel(code));
    if (warnings !== undefined)
        for (const code of warnings)
            metrics.count('weir_limit_warnings_total', codeLabel(code));
    if (denied !== undefined)
        for (const denial of denied)
            countDenial(metrics, denial);
}
/** Subgraphs have codes of their own, as many as they like. */
const codeLabel = (code) => (Object.hasOwn(errorCatalogue, code) ? code : 'other');
const ruleName = /@(?:authenticated|requiresScopes|policy)\b/g;
/** A field may be under several rules; each that was not met counts. */
function countDenial(metrics, denial) {
    const rules = new Set(denial.match(ruleName) ?? ['other']);
    for (const rule of rules)
        metrics.count('weir_authorization_denials_total', rule.replace('@', ''));
}
//# sourceMappingURL=request-numbers.js.map