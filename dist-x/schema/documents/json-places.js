/**
 * Where the value at a path stands in JSON text; the beginning of the file when it is not there. The text must be JSON
 * (`JSON.parse` accepts it). Read only to tell of problems: it goes through the whole text.
 */
export function jsonPlace(file, text, path) {
    const levels = [];
    let last = '';
    for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g)) {
        if (!/^[,:}\]]$/.test(token) && isAt(levels, path))
            return fileLocation(file, text, index);
        moveOver(token, levels, last);
        last = token;
    }
    return { file, line: 1, column: 1 };
}
function moveOver(token, levels, last) {
    const level = levels.at(-1);
    if (token === '[')
        levels.push({ step: 0 });
    else if (token === '{')
        levels.push({ step: noKey });
    else if (token === ']' || token === '}')
        levels.pop();
    else if (token === ':' && level !== undefined)
        level.step = JSON.parse(last);
    else if (token === ',' && level !== undefined)
        level.step = typeof level.step === 'number' ? level.step + 1 : noKey;
}
/** Not the key of anything that is looked for. */
const noKey = '\u0000between two keys';
function isAt(levels, path) {
    return levels.length === path.length && levels.every(({ step }, depth) => step === path[depth]);
}
/** Line and column of an offset in a text. */
export function fileLocation(file, text, offset) {
    const before = text.slice(0, offset);
    const lastBreak = before.lastIndexOf('\n');
    return { file, line: before.split('\n').length, column: offset - lastBreak };
}
//# sourceMappingURL=json-places.js.map