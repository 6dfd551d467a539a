import { randomUUID } from 'node:crypto';
import { errorCatalogue } from "../model/errors.js";
import { responseText } from "../model/graphql-response.js";
import { refusal } from "../model/refusal.js";
const reasons = {
    HPE_HEADER_OVERFLOW: refusal('REQUEST_HEADERS_TOO_LARGE', 'The request headers are too large.'),
    ERR_HTTP_REQUEST_TIMEOUT: refusal('REQUEST_TIMEOUT', 'The request did not arrive in time.'),
};
const malformed = refusal('BAD_REQUEST', 'The request is not valid HTTP.');
const statusText = {
    REQUEST_HEADERS_TOO_LARGE: 'Request Header Fields Too Large',
    REQUEST_TIMEOUT: 'Request Timeout',
    BAD_REQUEST: 'Bad Request',
};
/** Answers what is not even HTTP, on the bare socket, and closes it: what follows on it cannot be trusted. */
export function answerClientError(error, socket) {
    const known = error.code !== undefined && Object.hasOwn(reasons, error.code) ? reasons[error.code] : undefined;
    const refused = known ?? malformed;
    if (error.code === 'ECONNRESET' || !socket.writable) {
        socket.destroy();
        return undefined;
    }
    const requestId = randomUUID();
    const { status } = errorCatalogue[refused.code];
    const body = responseText({ errors: refused.errors, data: undefined, extensions: { trace_id: requestId } });
    socket.end([
        `HTTP/1.1 ${String(status)} ${statusText[refused.code] ?? 'Error'}`,
        'content-type: application/json; charset=utf-8',
        'x-content-type-options: nosniff',
        `x-request-id: ${requestId}`,
        `content-length: ${String(Buffer.byteLength(body))}`,
        'connection: close',
        '',
        body,
    ].join('\r\n'));
    socket.destroySoon();
    return { requestId, code: refused.code, status, durationMs: 0 };
}
//# sourceMappingURL=client-error.js.map