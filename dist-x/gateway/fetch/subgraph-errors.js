const maxMessage = 2_000;
const maxPath = 100;
const maxExtensionValues = 200;
const maxExtensionDepth = 8;
const maxExtensionText = 4_000;
/**
 * What can be used of a subgraph's `errors`, whatever it sent: bounded in number, messages and extensions.
 * Something that is no list, or a list of nothing usable, still gives one error, so that no failure goes unseen.
 */
export function subgraphErrors(raw, limit) {
    if (raw === undefined || raw === null)
        return [];
    if (!Array.isArray(raw))
        return [unreadable];
    const errors = raw.slice(0, limit).map(subgraphError);
    const more = raw.length - limit;
    if (more > 0)
        errors.push({ ...unreadable, message: `The subgraph reported ${more} more errors.` });
    return errors;
}
const unreadable = {
    message: 'The subgraph reported errors in a form that cannot be read.',
    path: undefined,
    extensions: undefined,
};
function subgraphError(raw) {
    if (!isObject(raw))
        return unreadable;
    const message = raw['message'];
    return {
        message: typeof message === 'string' && message !== '' ? message.slice(0, maxMessage) : unreadable.message,
        path: pathOf(raw['path']),
        extensions: extensionsOf(raw['extensions']),
    };
}
function pathOf(raw) {
    if (!Array.isArray(raw) || raw.length === 0 || raw.length > maxPath)
        return undefined;
    const isStep = (step) => typeof step === 'string' || (typeof step === 'number' && Number.isSafeInteger(step) && step >= 0);
    return raw.every(isStep) ? raw : undefined;
}
/** Extensions as they came when they are of a sane size; of larger ones only the code is kept. */
function extensionsOf(raw) {
    if (!isObject(raw))
        return undefined;
    if (withinBudget(raw))
        return raw;
    const code = raw['code'];
    return typeof code === 'string' ? { code: code.slice(0, maxMessage) } : undefined;
}
function withinBudget(root) {
    let values = 0;
    let text = 0;
    const fits = (value, depth) => {
        values += 1;
        if (typeof value === 'string')
            text += value.length;
        if (values > maxExtensionValues || text > maxExtensionText || depth > maxExtensionDepth)
            return false;
        if (typeof value !== 'object' || value === null)
            return true;
        for (const [key, inner] of Object.entries(value)) {
            text += key.length;
            if (!fits(inner, depth + 1))
                return false;
        }
        return true;
    };
    return fits(root, 0);
}
export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
//# sourceMappingURL=subgraph-errors.js.map