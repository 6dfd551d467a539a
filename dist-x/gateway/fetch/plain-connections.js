import { connect } from 'node:net';
import { ResponseReader } from "./http-response.js";
const sweepEvery = 5_000;
const closed = new Error('The connections to the subgraph were closed');
/**
 * HTTP/1.1 without encryption, on bare sockets: to a subgraph close by, a general client costs more than the call. One
 * call at a time on each connection; those without work are used again, the last one first. How many there are is
 * up to who calls. Whatever is not plain POST and a plain answer ends the connection.
 */
export function plainConnections(address, hostHeader) {
    const pool = { idle: [], open: new Set() };
    let isClosed = false;
    const head = headWriter(hostHeader);
    const sweep = setInterval(() => closeStale(pool), sweepEvery);
    sweep.unref();
    return {
        dispatch: (request, handler) => {
            if (isClosed)
                throw closed;
            const length = Buffer.byteLength(request.body);
            const written = head(request, length);
            const connection = idleConnection(pool) ?? new Connection(address, pool);
            connection.send({ head: written, body: request.body, length }, handler);
        },
        connected: () => pool.open.size,
        destroy: () => {
            isClosed = true;
            clearInterval(sweep);
            for (const connection of pool.open)
                connection.abort(closed);
            return Promise.resolve();
        },
    };
}
function idleConnection({ idle }) {
    const now = performance.now();
    for (let last = idle.pop(); last !== undefined; last = idle.pop()) {
        if (last.idleUntil > now)
            return last;
        last.abort(closed);
    }
    return undefined;
}
function closeStale({ idle }) {
    const now = performance.now();
    for (const connection of idle.filter(({ idleUntil }) => idleUntil <= now))
        connection.abort(closed);
}
/** Writes everything before a body. Throws for a header that would be more than one. */
function headWriter(hostHeader) {
    let lastHeaders = [];
    let lastLines = '';
    const ownLines = (headers) => {
        if (headers === lastHeaders)
            return lastLines;
        lastHeaders = headers;
        lastLines = linesOf(headers);
        return lastLines;
    };
    return ({ path, headers, moreHeaders }, length) => `POST ${path} HTTP/1.1\r\nhost: ${hostHeader}\r\nconnection: keep-alive\r\n${ownLines(headers)}` +
        `${linesOf(moreHeaders)}content-length: ${String(length)}\r\n\r\n`;
}
function linesOf(headers) {
    let lines = '';
    for (let at = 0; at + 1 < headers.length; at += 2) {
        const line = `${headers[at] ?? ''}: ${headers[at + 1] ?? ''}`;
        if (!/^[^\0\r\n\u0100-\uffff]*$/.test(line))
            throw new TypeError('A header holds what no header may hold');
        lines += `${line}\r\n`;
    }
    return lines;
}
/** Read into by all connections: what has come is taken out before anything else is read. */
const inbox = Buffer.allocUnsafeSlow(64 * 1024);
class Connection {
    idleUntil = 0;
    #pool;
    #socket;
    #reader;
    #handler;
    constructor(address, pool) {
        this.#pool = pool;
        this.#reader = new ResponseReader(this);
        const options = {
            ...address,
            noDelay: true,
            keepAlive: true,
            keepAliveInitialDelay: 60_000,
            onread: { buffer: inbox, callback: (size) => this.#arrived(size) },
        };
        this.#socket = connect(options);
        this.#socket.on('error', (cause) => this.abort(cause));
        this.#socket.on('close', () => this.#left());
        pool.open.add(this);
    }
    send({ head, body, length }, handler) {
        this.#handler = handler;
        handler.onRequestStart(this);
        if (this.#socket.destroyed)
            return;
        if (length === body.length) {
            // ASCII: latin1 is written several times faster, and both go out as one.
            this.#socket.write(head + body, 'latin1');
            return;
        }
        this.#socket.cork();
        this.#socket.write(head, 'latin1');
        this.#socket.write(body, 'utf8');
        this.#socket.uncork();
    }
    abort(reason) {
        const handler = this.#end();
        this.#socket.destroy();
        handler?.onResponseError(this, reason);
    }
    pause() {
        this.#socket.pause();
    }
    resume() {
        this.#socket.resume();
    }
    onHead(status, headers) {
        this.#handler?.onResponseStart(this, status, headers);
    }
    onBody(bytes) {
        this.#handler?.onResponseData(this, bytes);
    }
    onEnd(keepAlive) {
        const handler = this.#handler;
        this.#handler = undefined;
        if (keepAlive > 0 && !this.#socket.destroyed) {
            this.idleUntil = performance.now() + keepAlive;
            this.#pool.idle.push(this);
        }
        else {
            this.#end();
            this.#socket.destroy();
        }
        handler?.onResponseEnd();
    }
    /** Gives back whether to read on: always, for who has had enough says so by `pause`. */
    #arrived(size) {
        if (this.#handler === undefined) {
            this.abort(new Error('The subgraph sent what nobody asked for'));
            return true;
        }
        try {
            this.#reader.read(inbox.subarray(0, size));
        }
        catch (cause) {
            this.abort(cause instanceof Error ? cause : new Error('The answer cannot be read'));
        }
        return true;
    }
    #left() {
        if (this.#handler !== undefined && this.#reader.close())
            return;
        this.abort(new Error('The subgraph closed the connection before its answer was whole'));
    }
    /** Nothing comes from here any more. */
    #end() {
        const handler = this.#handler;
        this.#handler = undefined;
        this.#pool.open.delete(this);
        const at = this.#pool.idle.indexOf(this);
        if (at >= 0)
            this.#pool.idle.splice(at, 1);
        return handler;
    }
}
//# sourceMappingURL=plain-connections.js.map