import { isAscii } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
const backslash = 0x5c;
const byteOrderMark = 0xfeff;
const unzippers = { gzip: promisify(gunzip), inflate: promisify(inflate), br: promisify(brotliDecompress) };
const inflateBare = promisify(inflateRaw);
/** Decompresses within the limit and decodes; plain bodies take no promise. */
export function bodyText(body) {
    const bytes = body.chunks.length === 1 && body.chunks[0] ? body.chunks[0] : Buffer.concat(body.chunks, body.size);
    const encoding = body.encoding?.trim().toLowerCase() ?? 'identity';
    return encoding === 'identity' || encoding === '' ? decoded(bytes) : unpacked(bytes, encoding, body);
}
async function unpacked(bytes, encoding, { limit, unpacking }) {
    const unpack = unpacker(bytes, encoding);
    if (unpack === undefined)
        return { kind: 'unreadable', reason: 'a content-encoding that was not asked for' };
    await new Promise((resolve) => unpacking.enter({ admitted: resolve }));
    try {
        return decoded(await unpack(bytes, { maxOutputLength: limit }));
    }
    catch (cause) {
        return {
            kind: 'unreadable',
            reason: `not ${encoding}, or more than ${limit} bytes when unpacked`,
            cause,
        };
    }
    finally {
        unpacking.leave();
    }
}
function unpacker(bytes, encoding) {
    if (encoding === 'gzip' || encoding === 'x-gzip')
        return unzippers.gzip;
    if (encoding === 'br')
        return unzippers.br;
    if (encoding !== 'deflate')
        return undefined;
    // "deflate" means the zlib format (RFC 9110 8.4.1.2), yet some servers send it bare.
    return ((bytes[0] ?? 0) & 0x0f) === 8 ? unzippers.inflate : inflateBare;
}
function decoded(bytes) {
    // Most bodies are ASCII, and latin1 is decoded several times faster than UTF-8 and kept at a byte a character.
    const text = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
    return {
        kind: 'text',
        text: text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text,
        hasBackslash: bytes.includes(backslash),
    };
}
//# sourceMappingURL=body-text.js.map