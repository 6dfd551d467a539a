/**
 * Text from outside as one harmless piece of a log line: no control characters, line or paragraph separators, escape
 * sequences or text direction marks, and no more than `longest` characters.
 */
export function cleanText(text, longest) {
    // Nearly all text is plain ASCII, which is told a dozen times faster.
    if (text.length <= longest && plain.test(text))
        return text;
    const shortened = text.length > longest ? `${text.slice(0, longest)}…` : text;
    return shortened.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\uFFFD');
}
const plain = /^[\x20-\x7e]*$/;
//# sourceMappingURL=clean-text.js.map