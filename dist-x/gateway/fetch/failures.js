import { WeirError } from "../model/errors.js";
/** A failure whose sentence may be shown to anyone; what happened in detail goes to the log by way of `detail`. */
function failed(code, message, { service, status, detail }) {
    const extensions = status === undefined ? { service } : { service, http: { status } };
    return { kind: 'failed', error: new WeirError(code, message, { extensions, cause: detail }) };
}
/** The answer came but is not one of GraphQL. */
export const unusable = (service, status, reason, cause) => failed('SUBREQUEST_HTTP_ERROR', 'A subgraph gave no usable answer.', {
    service,
    status,
    detail: new Error(`${service} answered ${status} with ${reason}`, cause === undefined ? undefined : { cause }),
});
/** No whole answer came. */
export function unanswered(service, outcome) {
    switch (outcome.kind) {
        case 'timeout':
            return failed('GATEWAY_TIMEOUT', 'A subgraph took too long.', {
                service,
                detail: new Error(`${service} did not answer within ${outcome.after} ms`),
            });
        case 'full':
            return failed('REQUEST_CONCURRENCY_LIMITED', 'Too many calls to a subgraph at once.', { service });
        case 'too-large':
            return unusable(service, outcome.status, `more than ${outcome.limit} bytes`);
        case 'broken':
            return failed('SUBREQUEST_HTTP_ERROR', 'A subgraph could not be reached.', {
                service,
                detail: new Error(`${service} at ${outcome.address}: ${outcome.cause.message || outcome.cause.name}`, {
                    cause: outcome.cause,
                }),
            });
        case 'left':
            return left(service, outcome.reason);
    }
}
/** The request as a whole was given up: by its deadline or because the client is gone. */
export function left(service, reason) {
    if (reason instanceof WeirError)
        return { kind: 'failed', error: reason };
    if (reason instanceof Error && reason.name === 'TimeoutError')
        return failed('GATEWAY_TIMEOUT', 'The request took too long.', { service, detail: reason });
    return failed('SUBREQUEST_HTTP_ERROR', 'The request was given up.', { service, detail: reason });
}
/** A call to a subgraph that the supergraph does not have. */
export const unknownSubgraph = (service) => ({
    kind: 'failed',
    error: new WeirError('INTERNAL_SERVER_ERROR', 'Something went wrong inside the gateway.', {
        cause: new Error(`The plan calls the subgraph "${service}", for which no URL is known`),
    }),
});
//# sourceMappingURL=failures.js.map