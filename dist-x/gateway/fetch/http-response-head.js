/** Without a hint of the server. */
const usualKeepAlive = 60_000;
/** A server's own wait ends while a request is on its way; so much before that it gets none. */
const keepAliveMargin = 1_000;
/** NUL, or one of the characters that end a line without the other. */
const brokenLine = /\0|\r(?!\n)|(?<!\r)\n/;
const headerName = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;
/** Reads a head without its empty last line; throws for one that is not plainly right (RFC 9112). */
export function responseHead(text) {
    const lines = text.split('\r\n');
    const [, minor, code] = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/.exec(lines[0] ?? '') ?? [];
    if (code === undefined)
        throw new Error('The answer is not HTTP/1.1');
    const status = Number(code);
    if (status === 101)
        throw new Error('The answer changes the protocol');
    if (brokenLine.test(text))
        throw new Error('The answer has a header that is none');
    const headers = { __proto__: null };
    for (let at = 1; at < lines.length; at += 1)
        addHeader(headers, lines[at] ?? '');
    const framing = framingOf(status, headers);
    return { status, headers, framing, keepAlive: keepAliveOf(minor === '1', framing, headers) };
}
function addHeader(headers, line) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon));
    const key = usualNames.get(name) ?? checkedName(name);
    const value = line.slice(colon + 1).trim();
    const before = headers[key];
    if (before === undefined)
        headers[key] = value;
    else if (typeof before === 'string')
        headers[key] = [before, value];
    else
        before.push(value);
}
/** Nearly every header of nearly every answer has one of these names, and needs no other look. */
const usualNames = new Map([
    ...[
        'Content-Type',
        'Content-Length',
        'Date',
        'Connection',
        'Keep-Alive',
        'Cache-Control',
        'ETag',
        'Vary',
    ],
    ...['Transfer-Encoding', 'Content-Encoding', 'Server', 'X-Powered-By', 'Access-Control-Allow-Origin'],
].flatMap((name) => [
    [name, name.toLowerCase()],
    [name.toLowerCase(), name.toLowerCase()],
]));
function checkedName(name) {
    if (!headerName.test(name))
        throw new Error('The answer has a header that is none');
    return name.toLowerCase();
}
function framingOf(status, headers) {
    const coding = headers['transfer-encoding'];
    const length = headers['content-length'];
    if (status < 200 || status === 204 || status === 304)
        return 0;
    if (coding !== undefined) {
        if (length !== undefined || typeof coding !== 'string' || coding.toLowerCase() !== 'chunked')
            throw new Error('The answer says in two ways, or in an unknown one, where it ends');
        return 'chunked';
    }
    if (length === undefined)
        return 'until close';
    if (typeof length !== 'string' || !/^\d{1,15}$/.test(length))
        throw new Error('The answer has a length that is none');
    return Number(length);
}
function keepAliveOf(isCurrent, framing, { connection, 'keep-alive': hint }) {
    if (!isCurrent || framing === 'until close')
        return 0;
    if (connection !== undefined && String(connection).toLowerCase() !== 'keep-alive')
        return 0;
    const seconds = /\btimeout\s*=\s*(\d{1,6})/i.exec(String(hint ?? ''))?.[1];
    if (seconds === undefined)
        return usualKeepAlive;
    return Math.max(0, Math.min(usualKeepAlive, Number(seconds) * 1_000 - keepAliveMargin));
}
//# sourceMappingURL=http-response-head.js.map