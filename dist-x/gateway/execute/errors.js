/** The errors of one response: bounded in number, equal ones once. */
export class ErrorList {
    #limit;
    #kept = [];
    #known;
    #left = 0;
    constructor(limit) {
        this.#limit = limit;
    }
    /** Whether another error would only be counted: then its path need not be worked out. */
    get isFull() {
        return this.#kept.length >= this.#limit;
    }
    add(error) {
        if (this.isFull) {
            this.#left += 1;
            return;
        }
        const identity = JSON.stringify([error.message, error.path, error.extensions.code]);
        this.#known ??= new Set();
        if (this.#known.has(identity))
            return;
        this.#known.add(identity);
        this.#kept.push(error);
    }
    /** Whether some error stands at the path, above it or below it, or may have been left out. */
    explains(path) {
        return this.isFull || this.#kept.some((error) => isOneLine(error.path ?? [], path));
    }
    /** What the client is shown; the last entry says how many were left out. */
    entries(code) {
        if (this.#left === 0)
            return this.#kept;
        const message = `${String(this.#left)} more of these are not shown.`;
        return [...this.#kept, { message, extensions: { code } }];
    }
}
/** Whether one path is the beginning of the other. */
function isOneLine(one, other) {
    const length = Math.min(one.length, other.length);
    for (let at = 0; at < length; at += 1)
        if (one[at] !== other[at])
            return false;
    return true;
}
/** An error a subgraph reported, as the client is told of it: its message, code and extensions stay, `service` is added. */
export function reportedError(error, subgraph, path) {
    const given = error.extensions?.['code'];
    const code = typeof given === 'string' && given !== '' ? given : 'DOWNSTREAM_SERVICE_ERROR';
    return {
        message: error.message === '' ? `Subgraph "${subgraph}" reported an error without a message.` : error.message,
        ...(path === undefined ? {} : { path }),
        extensions: { ...error.extensions, code, service: subgraph },
    };
}
/** A call that gave no answer. */
export function failedCall(error, subgraph, path) {
    return {
        message: error.message,
        path,
        extensions: { ...error.extensions, code: error.code, service: subgraph },
    };
}
/** An answer that does not fit what was asked. */
export function unusableAnswer(subgraph, reason, path) {
    const code = 'SUBREQUEST_HTTP_ERROR';
    return { message: `Subgraph "${subgraph}" ${reason}.`, path, extensions: { code, service: subgraph } };
}
/** A call that was not made because the request had ended. */
export function abandonedCall(subgraph, path) {
    const code = 'GATEWAY_TIMEOUT';
    const message = `The request ended before subgraph "${subgraph}" was asked.`;
    return { message, path, extensions: { code, service: subgraph } };
}
//# sourceMappingURL=errors.js.map