/** A refusal with one error; the message is for the client. */
export function refusal(code, message, extensions = {}) {
    return { code, errors: [{ message, extensions: { ...extensions, code } }] };
}
//# sourceMappingURL=refusal.js.map