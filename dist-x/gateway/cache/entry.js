/** In its last tenth an entry is ageing: still fresh, and worth asking anew early when it is asked for a lot. */
export function freshness(entry, now) {
    if (now < entry.freshUntil) {
        return now > entry.freshUntil - (entry.freshUntil - entry.at) / 10 ? 'ageing' : 'fresh';
    }
    if (now < entry.staleUntil)
        return 'stale';
    return now < entry.errorUntil ? 'error-only' : 'gone';
}
export const keptUntil = (entry) => Math.max(entry.freshUntil, entry.staleUntil, entry.errorUntil);
/** Foreign versions are not believed. */
const version = 2;
/** The entry as text: version and key, and on the next line what is known of it, in this order. */
export function entryText(key, entry) {
    const { value, at, freshUntil, staleUntil, errorUntil, stamp, tags, audience, mayNeedEscape } = entry;
    const times = [at, freshUntil, staleUntil, errorUntil, stamp];
    return headOf(key) + JSON.stringify([...times, tags, audience, mayNeedEscape, value]);
}
/** Compared as it stands: a key that is parsed costs as much as a small entity. */
const headOf = (key) => `${String(version)} ${key}\n`;
/** `undefined`: not an entry of this version, or not this key's. */
export function entryOf(key, text) {
    const head = headOf(key);
    if (!text.startsWith(head))
        return undefined;
    let read;
    try {
        read = JSON.parse(text.slice(head.length));
    }
    catch {
        return undefined;
    }
    if (!isWritten(read))
        return undefined;
    const [at, freshUntil, staleUntil, errorUntil, stamp, tags, audience, mayNeedEscape, value] = read;
    return { value, at, freshUntil, staleUntil, errorUntil, stamp, tags, audience, mayNeedEscape };
}
function isWritten(read) {
    if (!Array.isArray(read) || read.length !== 9)
        return false;
    const [at, freshUntil, staleUntil, errorUntil, stamp, tags, audience, mayNeedEscape, value] = read;
    return (Number.isFinite(at) &&
        Number.isFinite(freshUntil) &&
        Number.isFinite(staleUntil) &&
        Number.isFinite(errorUntil) &&
        Number.isFinite(stamp) &&
        isTexts(tags) &&
        isAudience(audience) &&
        typeof mayNeedEscape === 'boolean' &&
        typeof value === 'object');
}
function isTexts(tags) {
    if (!Array.isArray(tags))
        return false;
    for (const tag of tags)
        if (typeof tag !== 'string')
            return false;
    return true;
}
const isAudience = (audience) => audience === 'public' || audience === 'anonymous' || audience === 'own';
//# sourceMappingURL=entry.js.map