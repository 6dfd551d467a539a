const maxDepth = 32;
/** Strings that are names, other strings (so that what stands in them is passed over), and brackets. */
const tokens = /"(?:[^"\\]+|\\.)*"(?:\s*:)?|[{}[\]]/g;
/**
 * The JSON object that a text holds; `undefined` for anything else, for one that says a name twice (RFC 7519 section 4: of
 * two values two readers might believe different ones), and for one nested deeper than any claim needs to be.
 */
export function strictJsonObject(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        return undefined;
    return isStrict(text) ? value : undefined;
}
/** For text that is known to be JSON. */
function isStrict(text) {
    const open = [];
    for (const [token] of text.matchAll(tokens)) {
        if (token === '{' || token === '[') {
            if (open.push(new Set()) > maxDepth)
                return false;
        }
        else if (token === '}' || token === ']')
            open.pop();
        else if (token.endsWith(':') && !isNew(token, open.at(-1)))
            return false;
    }
    return true;
}
function isNew(token, names) {
    // Unescaped first: "s\u0075b" is the name "sub".
    const name = JSON.parse(token.slice(0, token.lastIndexOf('"') + 1));
    if (names === undefined || names.has(name))
        return false;
    names.add(name);
    return true;
}
//# sourceMappingURL=strict-json.js.map