/** A refusal as an outcome. */
export function notPrepared(refusal) {
    return { ok: false, refusal };
}
//# sourceMappingURL=document-settings.js.map