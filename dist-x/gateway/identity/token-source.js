import { hash } from 'node:crypto';
const none = { kind: 'none' };
const malformed = { kind: 'malformed' };
/**
 * Looks through the sources in order; the first that holds something decides.
 * Anything but exactly one credential is malformed: of two tokens, two parties might believe different ones.
 */
export function findToken(sources, headers) {
    for (const source of sources) {
        const found = fromSource(source, headers);
        if (found.kind === 'token')
            return { ...found, source };
        if (found.kind === 'malformed')
            return found;
    }
    return none;
}
/**
 * The headers less the credentials that were not verified: a server behind the gateway must not take for proven what
 * nobody proved. The very same object when there is nothing to take away.
 */
export function withoutUnverified(sources, headers, verified) {
    let kept = headers;
    for (const source of sources) {
        if (source.kind === verified?.kind && source.name === verified.name)
            continue;
        if (fromSource(source, headers).kind === 'none')
            continue;
        kept = source.kind === 'header' ? withoutHeader(kept, source.name) : withoutCookie(kept, source.name);
    }
    return kept;
}
function withoutHeader(headers, name) {
    return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}
function withoutCookie(headers, name) {
    const cookies = cookiesOf(headers).filter((cookie) => !cookie.startsWith(`${name}=`));
    return cookies.length === 0 ? withoutHeader(headers, 'cookie') : { ...headers, cookie: cookies.join('; ') };
}
const fromSource = (source, headers) => source.kind === 'header' ? fromHeader(source, headers) : fromCookie(source.name, headers);
function fromHeader(source, headers) {
    const value = valueOf(headers, source.name);
    if (value === undefined)
        return none;
    if (typeof value === 'object')
        return malformed;
    if (source.prefix === '')
        return one(value);
    const space = value.indexOf(' ');
    // The scheme is case-insensitive (RFC 9110 11.1).
    if (space < 0 || value.slice(0, space).toLowerCase() !== source.prefix.toLowerCase())
        return malformed;
    return one(value.slice(space + 1).trim());
}
function fromCookie(name, headers) {
    const found = cookiesOf(headers).filter((cookie) => cookie.startsWith(`${name}=`));
    const [first] = found;
    if (first === undefined)
        return none;
    return found.length > 1 ? malformed : one(first.slice(name.length + 1).replace(/^"(.*)"$/, '$1'));
}
function cookiesOf(headers) {
    const value = valueOf(headers, 'cookie');
    if (value === undefined)
        return [];
    return (typeof value === 'object' ? value.join('; ') : value).split(';').map((cookie) => cookie.trim());
}
const valueOf = (headers, name) => {
    if (!Object.hasOwn(headers, name))
        return undefined;
    const value = headers[name];
    return typeof value === 'object' && value.length === 1 ? value[0] : value;
};
const one = (text) => text === '' || /[\s,;]/.test(text) ? malformed : { kind: 'token', token: text };
/** Stands for a token in memory: a dump of it should not hold other people's credentials. */
export const fingerprint = (token) => hash('sha256', token, 'base64');
//# sourceMappingURL=token-source.js.map