import { createHash, randomBytes } from 'node:crypto';
/** `weir_`, 16 hexadecimal digits that name the key, and 256 random bits: a shape that secret scanners can look for. */
const shape = /^weir_([0-9a-f]{16})_[\w-]{43}$/;
/** A key that nobody can guess. */
export function newApiKey() {
    const id = randomBytes(8).toString('hex');
    const text = `weir_${id}_${randomBytes(32).toString('base64url')}`;
    return { id, text, sha256: hashOf(text).toString('hex') };
}
/** The id in a key's text; `undefined` for what is no key. */
export const idIn = (text) => shape.exec(text)?.[1];
export const hashOf = (text) => createHash('sha256').update(text).digest();
//# sourceMappingURL=api-key-text.js.map