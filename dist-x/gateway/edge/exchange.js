import { performance } from 'node:perf_hooks';
import { errorCatalogue, WeirError } from "../model/errors.js";
import { responseText } from "../model/graphql-response.js";
import { encoded, mayBeEncoded } from "./answer-encoding.js";
import { entityTag, isAmong, mayBeKept } from "./entity-tag.js";
/** One HTTP request and the one answer it gets; a second answer is ignored. */
export class Exchange {
    message;
    response;
    requestId;
    /** For answers, whatever they are; CORS adds to it. */
    headers = {};
    type = 'application/json';
    /** Whether the client named `application/json` itself. */
    namedJson = false;
    #settings;
    #started = performance.now();
    #answered = false;
    #skipsBody = false;
    constructor(message, response, requestId, settings) {
        this.message = message;
        this.response = response;
        this.requestId = requestId;
        this.#settings = settings;
    }
    /** Sends a GraphQL answer, compressed when the client allows it. */
    async answer(answer) {
        const status = answer.refusedByGraphQL && this.namedJson ? 200 : answer.status;
        if (mayBeKept(answer)) {
            await this.#answerKept(answer, status);
            return;
        }
        if (!mayBeEncoded(answer.body)) {
            this.#send(status, answer.headers, answer.body);
            return;
        }
        const { body, encoding } = await encoded(answer.body, headerText(this.message.headers['accept-encoding']));
        const vary = varyWith(this.headers, answer.headers);
        this.#send(status, { ...answer.headers, vary, ...(encoding === undefined ? {} : { 'content-encoding': encoding }) }, body);
    }
    /** An answer that clients may keep: with what tells it apart, and without a body when it is the one they have. */
    async #answerKept(answer, status) {
        const { method, headers: asked } = this.message;
        const { body, encoding } = await encoded(answer.body, headerText(asked['accept-encoding']));
        const vary = `Accept, ${varyWith(this.headers, answer.headers)}`;
        const headers = {
            ...answer.headers,
            vary,
            ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
        };
        if (method !== 'GET' || answer.untagged === true) {
            this.#send(status, headers, body);
            return;
        }
        const etag = entityTag(answer.body, `${this.type} ${encoding ?? ''}`);
        if (isAmong(etag, headerText(asked['if-none-match'])))
            this.#send(304, { ...headers, etag }, '');
        else
            this.#send(status, { ...headers, etag }, body);
    }
    /** Sends a coded refusal; a body that is still coming is drained a little, so that the client reads the answer. */
    refuse(refused, { headers = {}, cause, skipsBody = false } = {}) {
        if (this.#answered)
            return;
        this.#skipsBody = skipsBody;
        const { status } = errorCatalogue[refused.code];
        const body = responseText({
            errors: refused.errors,
            data: undefined,
            extensions: { trace_id: this.requestId },
        });
        this.#send(status, { 'cache-control': 'no-store', ...headers }, body);
        const { requestId } = this;
        const durationMs = performance.now() - this.#started;
        this.#settings.refused({ requestId, code: refused.code, status, durationMs, cause });
    }
    /** Sends an answer that is not GraphQL. */
    send(status, headers, body) {
        this.#send(status, headers, body);
    }
    #send(status, headers, body) {
        if (this.#answered || this.response.destroyed)
            return;
        this.#answered = true;
        const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
        const unread = hasBody(this.message) && !this.message.readableEnded && !(this.#skipsBody && isShort(this.message));
        const closes = unread || this.#settings.isDraining();
        const head = this.#headWith(headers);
        // A 304 speaks of an answer that is elsewhere.
        if (status !== 304)
            head['content-length'] = length;
        if (closes)
            head.connection = 'close';
        this.response.writeHead(status, head);
        if (unread) {
            this.response.write(body);
            drainALittle(this.message, this.response);
            return;
        }
        // Together with the other answers of the event loop's turn: alone, each write waits for its reader to be woken.
        setImmediate(() => {
            // Most answers are ASCII, and latin1 is written several times faster than UTF-8.
            this.response.end(body, length === body.length ? 'latin1' : 'utf8');
            this.#limitUnread();
        });
    }
    /** Key by key: a literal of several spread objects takes several times as long, for every answer. */
    #headWith(headers) {
        const head = {};
        for (const name of Object.keys(this.headers))
            head[name] = this.headers[name] ?? '';
        head['content-type'] = this.type === 'application/json' ? plainJson : `${this.type}; charset=utf-8`;
        for (const name of Object.keys(headers))
            head[name] = headers[name] ?? '';
        head['x-request-id'] = this.requestId;
        head['x-content-type-options'] = 'nosniff';
        return head;
    }
    /** A client that does not read its answer would hold memory and socket for ever. */
    #limitUnread() {
        const { socket } = this.response;
        if (!socket?.writableLength)
            return;
        let written = socket.bytesWritten;
        const timer = setInterval(() => {
            if (socket.bytesWritten === written)
                socket.destroy();
            written = socket.bytesWritten;
        }, this.#settings.unreadTimeoutMs);
        this.response.once('close', () => clearInterval(timer));
    }
}
const plainJson = 'application/json; charset=utf-8';
function hasBody({ headers }) {
    return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
const mostSkippedBytes = 64 * 1024;
/** Node drops what of it nobody has read. */
function isShort({ headers, readableDidRead }) {
    return !readableDidRead && Number(headers['content-length'] ?? Infinity) <= mostSkippedBytes;
}
const mostDrainedBytes = 1024 * 1024;
const longestDrainMs = 500;
/** Closing while a client still writes resets the connection, and the client never sees its answer. */
function drainALittle(message, response) {
    let drained = 0;
    const finish = () => {
        clearTimeout(timer);
        message.off('data', onData).off('end', finish).off('close', finish);
        response.end();
    };
    const timer = setTimeout(finish, longestDrainMs);
    const onData = (chunk) => {
        drained += chunk.length;
        if (drained > mostDrainedBytes)
            finish();
    };
    message.on('data', onData).on('end', finish).on('close', finish);
    message.on('error', () => undefined);
    message.resume();
}
function varyWith(own, answer) {
    if (own['vary'] === undefined && answer['vary'] === undefined)
        return 'Accept-Encoding';
    const names = [own['vary'], answer['vary'], 'Accept-Encoding'].flat().filter((name) => name !== undefined);
    return names.join(', ');
}
export function headerText(value) {
    return typeof value === 'string' ? value : value?.join(', ');
}
/** What a request is ended with when its deadline passes, its client leaves, or the server stops. */
export function endedBecause(why) {
    if (why === 'deadline')
        return new WeirError('GATEWAY_TIMEOUT', 'The request took too long.');
    if (why === 'stopping')
        return new WeirError('SHUTTING_DOWN', 'The server is stopping.');
    return new WeirError('REQUEST_TIMEOUT', 'The client left before its answer was ready.');
}
//# sourceMappingURL=exchange.js.map