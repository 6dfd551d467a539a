/** A token of RFC 9110 5.6.2, short enough to be a name someone chose. */
export const isHeaderName = (name) => name.length <= 128 && /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i.test(name);
const printable = /^[\t\x20-\x7e\x80-\xff]*$/;
/** A value that may stand in a header, `undefined` when it may not; text beyond latin1 goes out as the bytes of its UTF-8. */
export function cleanValue(value) {
    if (value === undefined)
        return undefined;
    if (printable.test(value))
        return value;
    const encoded = Buffer.from(value, 'utf8').toString('latin1');
    return printable.test(encoded) ? encoded : undefined;
}
/**
 * A claim as a header's value: text, number or boolean; a list of these joined by spaces.
 * List entries that hold white space or a comma are left out: on the other side they would read as several.
 */
export function claimText(claim) {
    if (!Array.isArray(claim))
        return isScalar(claim) ? cleanValue(String(claim)) : undefined;
    const words = claim.filter(isScalar).map(String);
    return cleanValue(words.filter((word) => word !== '' && !/[\s,]/.test(word)).join(' '));
}
const isScalar = (value) => typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value));
//# sourceMappingURL=header-value.js.map