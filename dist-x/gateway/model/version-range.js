/**
 * Whether a version that a client program gives is meant by a text: `2.*` (a beginning), `2.1` (exactly that), or
 * comparisons that all hold, as in `>=2.1 <3`. `undefined` when the text is none of these.
 */
export function versionRange(text) {
    const wanted = text.trim();
    if (/^[<>=]/.test(wanted))
        return comparisons(wanted);
    if (wanted === '' || /[\s<>=]/.test(wanted))
        return undefined;
    // 2.* is 2.0.1 and 2.4, not 20.
    return wanted.endsWith('*')
        ? (version) => version.startsWith(wanted.slice(0, -1))
        : (version) => version === wanted;
}
const tests = {
    '>=': (order) => order >= 0,
    '<=': (order) => order <= 0,
    '>': (order) => order > 0,
    '<': (order) => order < 0,
    '=': (order) => order === 0,
};
function comparisons(text) {
    const parts = text.split(/(?<![<>=])\s+/).map((part) => /^(>=|<=|>|<|=)\s*(\S+)$/.exec(part));
    const wanted = [];
    for (const part of parts) {
        const [, sign = '', version = ''] = part ?? [];
        const [test, than] = [tests[sign], numbered(version)];
        if (test === undefined || than === undefined)
            return undefined;
        wanted.push({ test, than });
    }
    return (version) => {
        const given = numbered(version);
        return given !== undefined && wanted.every(({ test, than }) => test(ordered(given, than)));
    };
}
function numbered(version) {
    const found = /^v?(\d{1,9}(?:\.\d{1,9}){0,5})([-+].*)?$/.exec(version);
    if (found === null)
        return undefined;
    const [, numbers = '', more = ''] = found;
    return { numbers: numbers.split('.').map(Number), isEarly: more.startsWith('-') };
}
/** Below 0 when the first one is older. */
function ordered(one, other) {
    const longest = Math.max(one.numbers.length, other.numbers.length);
    for (let at = 0; at < longest; at += 1) {
        const difference = (one.numbers[at] ?? 0) - (other.numbers[at] ?? 0);
        if (difference !== 0)
            return difference;
    }
    return Number(other.isEarly) - Number(one.isEarly);
}
//# sourceMappingURL=version-range.js.map