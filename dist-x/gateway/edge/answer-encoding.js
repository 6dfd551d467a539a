import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
const asGzip = promisify(gzip);
const asBrotli = promisify(brotliCompress);
/** Below this an answer fits into one packet anyway, and compressing it costs more than the rest of the request. */
const leastBytes = 1400;
/** Up to this, a few dozen microseconds here are less than handing the work to another thread and back. */
const mostBytesHere = 16 * 1024;
/** Compresses an answer as the client allows; at the fastest level, because answers are made once and read once. */
export async function encoded(body, accepted) {
    const encoding = mayBeEncoded(body) ? chosen(accepted) : undefined;
    if (encoding === undefined)
        return { body, encoding };
    const here = body.length <= mostBytesHere;
    if (encoding === 'gzip')
        return { body: here ? gzipSync(body, fastGzip) : await asGzip(body, fastGzip), encoding };
    return { body: here ? brotliCompressSync(body, fastBrotli) : await asBrotli(body, fastBrotli), encoding };
}
const fastGzip = { level: 1 };
const fastBrotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
/** Whether the answer depends on what the client accepts. */
export function mayBeEncoded(body) {
    return body.length >= leastBytes;
}
function chosen(accepted) {
    if (accepted === undefined)
        return undefined;
    const allowed = accepted
        .slice(0, 500)
        .toLowerCase()
        .split(',')
        .filter((part) => !/;\s*q\s*=\s*0(?:\.0*)?\s*$/.test(part))
        .map((part) => part.split(';')[0]?.trim());
    if (allowed.includes('br'))
        return 'br';
    return allowed.includes('gzip') ? 'gzip' : undefined;
}
//# sourceMappingURL=answer-encoding.js.map