/**
 * What makes a GraphQL text too much to be parsed. Asked before the parser, which is recursive, as are the validation
 * rules: a stack that overflows inside asynchronous hooks can end the process. Comments are no tokens to the parser,
 * and cost as much.
 */
export function textProblem(text, limits) {
    if (text.length <= Math.min(limits.depth, limits.comments))
        return undefined;
    let depth = 0;
    let comments = 0;
    let index = 0;
    while (index < text.length) {
        const char = text.charCodeAt(index);
        if (char === quote)
            index = endOfString(text, index);
        else if (char === hash) {
            if (++comments > limits.comments)
                return 'too many comments';
            index = endOfLine(text, index);
        }
        else {
            depth = Math.max(0, depth + levelOf(char));
            if (depth > limits.depth)
                return 'too deep';
            index++;
        }
    }
    return undefined;
}
const [quote, backslash, hash] = [0x22, 0x5c, 0x23];
const [openBrace, closeBrace] = [0x7b, 0x7d];
const [openParen, closeParen] = [0x28, 0x29];
const [openBracket, closeBracket] = [0x5b, 0x5d];
function levelOf(char) {
    if (char === openBrace || char === openParen || char === openBracket)
        return 1;
    return char === closeBrace || char === closeParen || char === closeBracket ? -1 : 0;
}
function endOfLine(text, from) {
    for (let index = from; index < text.length; index++) {
        const char = text.charCodeAt(index);
        if (char === 0x0a || char === 0x0d)
            return index;
    }
    return text.length;
}
function endOfString(text, from) {
    if (text.startsWith('"""', from))
        return endOfBlock(text, from + 3);
    for (let index = from + 1; index < text.length; index++) {
        const char = text.charCodeAt(index);
        if (char === backslash)
            index++;
        else if (char === quote)
            return index + 1;
        // A line break cannot stand in a string: the parser will refuse the text here.
        else if (char === 0x0a || char === 0x0d)
            return index;
    }
    return text.length;
}
function endOfBlock(text, from) {
    let end = text.indexOf('"""', from);
    while (end > from && text.charCodeAt(end - 1) === backslash)
        end = text.indexOf('"""', end + 3);
    return end === -1 ? text.length : end + 3;
}
//# sourceMappingURL=nesting.js.map