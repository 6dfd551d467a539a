/** The outcome that went wrong with these problems. */
export function refused(...problems) {
    return { ok: false, problems };
}
/** The outcome that went well. */
export function accepted(value, warnings = []) {
    return { ok: true, value, warnings };
}
//# sourceMappingURL=problem.js.map