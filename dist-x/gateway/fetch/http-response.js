import { responseHead } from "./http-response-head.js";
const mostHeadBytes = 16 * 1024;
/** Bodies of an announced length up to this are gathered into one piece. */
const mostGathered = 256 * 1024;
const headEnd = Buffer.from('\r\n\r\n');
const lineEnd = Buffer.from('\r\n');
/**
 * Reads responses to POST requests out of the bytes of one connection, one after the other (RFC 9112). Whatever is not
 * plainly right throws: a connection on which both ends might disagree about where an answer ends is of no use.
 */
export class ResponseReader {
    #sink;
    #phase = 'head';
    /** What has come of a line that is not whole yet. */
    #held;
    #head;
    /** Bytes of the body, or of the chunk, that are still to come. */
    #left = 0;
    #gathered;
    constructor(sink) {
        this.#sink = sink;
    }
    /** The bytes may be overwritten afterwards. */
    read(arrived) {
        let rest = this.#held === undefined ? arrived : Buffer.concat([this.#held, arrived]);
        this.#held = undefined;
        while (rest.length > 0 && this.#phase !== 'done') {
            const taken = this.#take(rest);
            if (taken === 0) {
                this.#hold(rest);
                return;
            }
            rest = rest.subarray(taken);
        }
        if (this.#phase !== 'done')
            return;
        const keepAlive = rest.length === 0 ? (this.#head?.keepAlive ?? 0) : 0;
        this.#phase = 'head';
        this.#sink.onEnd(keepAlive);
    }
    /** The other side has ended; `false` when that was too early. */
    close() {
        if (this.#phase !== 'until close')
            return false;
        this.#phase = 'head';
        this.#sink.onEnd(0);
        return true;
    }
    #hold(rest) {
        if (rest.length > mostHeadBytes)
            throw new Error('The answer has a head or a line without end');
        this.#held = Buffer.from(rest);
    }
    /** How many bytes were taken; none when more have to come first. */
    #take(rest) {
        switch (this.#phase) {
            case 'head':
                return this.#takeHead(rest);
            case 'whole':
            case 'chunk':
                return this.#takeBody(rest);
            case 'until close':
                this.#sink.onBody(Buffer.from(rest));
                return rest.length;
            case 'chunk size':
                return this.#takeLine(rest, (line) => this.#beginChunk(line));
            case 'chunk end':
                return this.#takeLine(rest, (line) => {
                    if (line !== '')
                        throw new Error('The answer has a chunk of another length than it says');
                    this.#phase = 'chunk size';
                });
            case 'trailers':
                return this.#takeLine(rest, (line) => {
                    if (line === '')
                        this.#phase = 'done';
                });
            case 'done':
                return 0;
        }
    }
    #takeHead(rest) {
        const end = rest.indexOf(headEnd);
        if (end < 0)
            return 0;
        if (end > mostHeadBytes)
            throw new Error('The answer has too large a head');
        const head = responseHead(rest.toString('latin1', 0, end));
        // 100 and its like announce the answer that follows.
        if (head.status >= 200)
            this.#begin(head);
        return end + headEnd.length;
    }
    #begin(head) {
        const { status, headers, framing } = head;
        this.#head = head;
        this.#sink.onHead(status, headers);
        if (framing === 'chunked')
            this.#phase = 'chunk size';
        else if (framing === 'until close')
            this.#phase = 'until close';
        else {
            this.#left = framing;
            this.#phase = framing === 0 ? 'done' : 'whole';
            this.#gathered = framing > 0 && framing <= mostGathered ? Buffer.allocUnsafe(framing) : undefined;
        }
    }
    #takeBody(rest) {
        const size = Math.min(rest.length, this.#left);
        const gathered = this.#gathered;
        if (gathered === undefined)
            this.#sink.onBody(Buffer.from(rest.subarray(0, size)));
        else
            rest.copy(gathered, gathered.length - this.#left, 0, size);
        this.#left -= size;
        if (this.#left > 0)
            return size;
        this.#phase = this.#phase === 'chunk' ? 'chunk end' : 'done';
        if (gathered !== undefined) {
            this.#gathered = undefined;
            this.#sink.onBody(gathered);
        }
        return size;
    }
    #takeLine(rest, take) {
        const end = rest.indexOf(lineEnd);
        if (end < 0)
            return 0;
        take(rest.toString('latin1', 0, end));
        return end + lineEnd.length;
    }
    #beginChunk(line) {
        const size = /^([\da-f]{1,8})[ \t]*(?:;|$)/i.exec(line)?.[1];
        if (size === undefined)
            throw new Error('The answer has a chunk without a length');
        this.#left = Number.parseInt(size, 16);
        this.#phase = this.#left === 0 ? 'trailers' : 'chunk';
    }
}
//# sourceMappingURL=http-response.js.map