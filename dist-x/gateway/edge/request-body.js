import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { refusal } from "../model/refusal.js";
const inflaters = {
    gzip: promisify(gunzip),
    deflate: promisify(inflate),
    br: promisify(brotliDecompress),
};
/** Reads and inflates a request body, never keeping more than `limit` bytes of either. */
export async function requestBody(message, limit) {
    const encoding = (message.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
    if (encoding !== 'identity' && !isInflatable(encoding)) {
        return refused('UNSUPPORTED_MEDIA_TYPE', 'The content encoding must be gzip, deflate, br or identity.');
    }
    const raw = await bytesOf(message, limit);
    if (raw === 'too large')
        return tooLarge(limit);
    if (raw === 'gone')
        return { kind: 'gone' };
    if (encoding === 'identity')
        return { kind: 'text', text: raw.toString('utf8') };
    try {
        const inflated = await inflaters[encoding](raw, { maxOutputLength: limit });
        return { kind: 'text', text: inflated.toString('utf8') };
    }
    catch (error) {
        const over = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
        return over ? tooLarge(limit) : refused('BAD_REQUEST', `The request body is not ${encoding}.`);
    }
}
function isInflatable(encoding) {
    return Object.hasOwn(inflaters, encoding);
}
function bytesOf(message, limit) {
    if (Number(message.headers['content-length'] ?? 0) > limit)
        return Promise.resolve('too large');
    return new Promise((resolve) => {
        let chunks = [];
        let length = 0;
        // They stay: an error may still come after the answer, and without a listener it would end the process.
        message
            .on('data', (chunk) => {
            length += chunk.length;
            if (length <= limit) {
                chunks.push(chunk);
                return;
            }
            chunks = [];
            resolve('too large');
        })
            .on('end', () => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length)))
            .on('error', () => resolve('gone'))
            .on('close', () => resolve('gone'));
    });
}
function tooLarge(limit) {
    return refused('PAYLOAD_TOO_LARGE', `The request body is larger than ${String(limit)} bytes.`);
}
function refused(code, message) {
    return { kind: 'refused', refusal: refusal(code, message) };
}
//# sourceMappingURL=request-body.js.map