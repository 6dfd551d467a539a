import { forget, watchFor } from "./departures.js";
/** Sends one POST and gathers its answer within the line's deadline and size; every outcome is a value. */
export function exchange(line, outgoing) {
    if (outgoing.signal.aborted)
        return Promise.resolve({ kind: 'left', reason: outgoing.signal.reason });
    return new Promise((resolve) => new Exchange(line, outgoing, resolve).start());
}
/** Errors of which it is certain that no byte of the request was sent. */
const refusals = new Set([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOENT',
    'EACCES',
    'UND_ERR_CONNECT_TIMEOUT',
]);
/** An answer above so many bytes needs a place among the large ones to be read on. */
const largeAnswer = 256 * 1024;
class Exchange {
    #line;
    #outgoing;
    #resolve;
    #timer;
    #hasPlace = false;
    #large;
    #isLargeAdmitted = false;
    #attempts = 0;
    #upstream;
    #controller;
    #status = 0;
    #headers = {};
    #chunks = [];
    #size = 0;
    constructor(line, outgoing, resolve) {
        this.#line = line;
        this.#outgoing = outgoing;
        this.#resolve = resolve;
    }
    start() {
        const { slots, timeout } = this.#line;
        this.#timer = setTimeout(this.#expire, timeout);
        watchFor(this.#outgoing.signal, this);
        if (slots.enter(this) === 'full')
            this.#settle({ kind: 'full' });
    }
    admitted() {
        this.#hasPlace = true;
        this.#send();
    }
    onRequestStart(controller) {
        this.#controller = controller;
        // Given up while it waited for a connection.
        if (this.#resolve === undefined)
            controller.abort(new Error('The call was given up'));
    }
    onResponseStart(_, status, headers) {
        this.#status = status;
        this.#headers = headers;
        const announced = Number(headers['content-length'] ?? 0);
        if (announced > this.#line.maxResponseSize)
            this.#tooLarge();
    }
    onResponseData(_, chunk) {
        if (this.#resolve === undefined)
            return;
        this.#size += chunk.length;
        if (this.#size > this.#line.maxResponseSize) {
            this.#tooLarge();
            return;
        }
        this.#chunks.push(chunk);
        if (this.#size > largeAnswer && this.#large === undefined)
            this.#becomeLarge();
    }
    onResponseEnd() {
        this.#controller = undefined;
        this.#settle({
            kind: 'response',
            status: this.#status,
            headers: this.#headers,
            chunks: this.#chunks,
            size: this.#size,
        });
    }
    onResponseError(_, cause) {
        this.#controller = undefined;
        const upstream = this.#upstream;
        if (this.#resolve === undefined || upstream === undefined)
            return;
        if (isRefusal(cause)) {
            upstream.restsUntil = performance.now() + this.#line.restAfterRefusal;
            if (this.#attempts < this.#line.addresses) {
                this.#send();
                return;
            }
        }
        this.#settle({ kind: 'broken', address: upstream.address, cause });
    }
    /** Together with the other calls of the event loop's turn: alone, each write waits for its reader to be woken. */
    #send() {
        setImmediate(this.#dispatch);
    }
    #dispatch = () => {
        // Given up in the meantime.
        if (this.#resolve === undefined)
            return;
        this.#attempts += 1;
        const upstream = this.#line.next(performance.now());
        this.#upstream = upstream;
        const { body, headers, moreHeaders: more, sign } = this.#outgoing;
        const { path } = upstream;
        const moreHeaders = sign === undefined ? more : [...more, ...sign(path)];
        try {
            upstream.pool.dispatch({ path, body, headers, moreHeaders }, this);
        }
        catch (cause) {
            this.#settle({ kind: 'broken', address: upstream.address, cause: cause });
        }
    };
    #expire = () => this.#abandon({ kind: 'timeout', after: this.#line.timeout });
    left(reason) {
        this.#abandon({ kind: 'left', reason });
    }
    #becomeLarge() {
        this.#large = {
            admitted: () => {
                this.#isLargeAdmitted = true;
                this.#controller?.resume();
            },
        };
        if (this.#line.large.enter(this.#large) === 'queued')
            this.#controller?.pause();
    }
    #leaveLarge() {
        if (this.#large === undefined)
            return;
        if (this.#isLargeAdmitted)
            this.#line.large.leave();
        else
            this.#line.large.giveUp(this.#large);
    }
    #tooLarge() {
        this.#abandon({ kind: 'too-large', status: this.#status, limit: this.#line.maxResponseSize });
    }
    #abandon(outcome) {
        this.#settle(outcome);
        this.#controller?.abort(new Error('The call was given up'));
    }
    #settle(outcome) {
        const resolve = this.#resolve;
        if (resolve === undefined)
            return;
        this.#resolve = undefined;
        this.#chunks = [];
        this.#leaveLarge();
        clearTimeout(this.#timer);
        forget(this.#outgoing.signal, this);
        if (this.#hasPlace)
            this.#line.slots.leave();
        else
            this.#line.slots.giveUp(this);
        resolve(outcome);
    }
}
const isRefusal = (cause) => 'code' in cause && typeof cause.code === 'string' && refusals.has(cause.code);
//# sourceMappingURL=exchange.js.map