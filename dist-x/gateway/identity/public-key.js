/** RFC 7518 3.3 wants 2048 bits at least; more than 8192 only make each check slow. */
const rsaBytes = { least: 256, most: 1_024 };
const curves = {
    EC: ['P-256', 'P-384', 'P-521'],
    OKP: ['Ed25519'],
};
/** Whether tokens may be trusted to this entry of a key set: a public key for signatures that is not a weak one. */
export function isTrustworthyKey(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const { kty, kid, n, e, crv } = value;
    if (typeof kty !== 'string' || !(kid === undefined || typeof kid === 'string'))
        return false;
    if (!isForSignatures(value))
        return false;
    return kty === 'RSA' ? isStrongRsa(n, e) : curves[kty]?.includes(crv) === true;
}
function isForSignatures({ d, use, key_ops: operations }) {
    if (d !== undefined || (use !== undefined && use !== 'sig'))
        return false;
    return operations === undefined || (Array.isArray(operations) && operations.includes('verify'));
}
function isStrongRsa(modulus, exponent) {
    if (typeof modulus !== 'string' || typeof exponent !== 'string')
        return false;
    const [n, e] = [significant(modulus), significant(exponent)];
    if (n.length < rsaBytes.least || n.length > rsaBytes.most)
        return false;
    // Short of the first bit it is a key of 2047 bits. An exponent of 1 makes a signature of any text out of the text itself.
    if (n.length === rsaBytes.least && (n[0] ?? 0) < 0x80)
        return false;
    return e.length > 1 || (e[0] ?? 0) >= 3;
}
/** The number's bytes without leading zeros. */
function significant(base64url) {
    const bytes = Buffer.from(base64url, 'base64url');
    const first = bytes.findIndex((byte) => byte !== 0);
    return first < 0 ? Buffer.alloc(0) : bytes.subarray(first);
}
//# sourceMappingURL=public-key.js.map