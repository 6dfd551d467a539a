import { isInheritedKey } from "./gathered.js";
/**
 * Runs the source of a function body; inside, `c` is the list of constants. `undefined` where the process forbids code
 * from strings: then the plain way serves. A source may hold client or subgraph text only as `literal()` writes it.
 */
export function generated(source, constants) {
    try {
        // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the one place where generated code is made
        const make = new Function('c', `"use strict";${source}`);
        return make(constants);
    }
    catch (thrown) {
        if (thrown instanceof EvalError)
            return undefined;
        throw thrown;
    }
}
/** Any text as a JavaScript string literal; the line separators were no part of literals before ES2019. */
export function literal(text) {
    return JSON.stringify(text)
        .replace(/\u2028/g, '\\u2028')
        .replace(/\u2029/g, '\\u2029');
}
/** An expression that reads an object's own value; `own` must be in scope as `readOwn`. */
export function readCode(object, key) {
    return isInheritedKey(key) ? `own(${object},${literal(key)})` : `${object}[${literal(key)}]`;
}
//# sourceMappingURL=generated.js.map