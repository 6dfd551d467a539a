/**
 * What a program holds that is no code: comments, texts, templates, and (after a sign that cannot end a value) regular
 * expressions. A comment of the kind that names GraphQL is kept together with the template it stands before.
 */
const nextPiece = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"|`|(?<=[=(,:[!&|?{};\n]\s*)\/(?![/*])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//g;
const tagBefore = /(?:\b(?:gql|graphql)\s*(?:<[^`(]*>)?\s*\(?\s*|\/\*\s*GraphQL\s*\*\/\s*)$/i;
/**
 * Texts of `gql`…``, `graphql`…``, `gql(`…`)` and templates behind a comment that says GraphQL. What is interpolated is
 * left out: by the custom of these tags it names fragments, which are found by their names.
 */
export function taggedTexts(program) {
    const found = [];
    nextPiece.lastIndex = 0;
    for (let piece = nextPiece.exec(program); piece !== null; piece = nextPiece.exec(program)) {
        if (piece[0] !== '`')
            continue;
        const start = piece.index + 1;
        const { text, end } = template(program, start);
        if (tagBefore.test(program.slice(Math.max(0, start - 200), start - 1)))
            found.push({ text, ...place(program, start) });
        nextPiece.lastIndex = end;
    }
    return found;
}
/** Interpolations become as many spaces and line breaks as they were long, so that places stay true. */
function template(program, start) {
    let text = '';
    for (let at = start; at < program.length; at += 1) {
        const sign = program[at] ?? '';
        if (sign === '`')
            return { text, end: at + 1 };
        if (sign === '\\') {
            text += program[at + 1] === '`' ? ' `' : program.slice(at, at + 2);
            at += 1;
        }
        else if (sign === '$' && program[at + 1] === '{') {
            const end = interpolationEnd(program, at + 2);
            text += program.slice(at, end).replaceAll(/[^\n]/g, ' ');
            at = end - 1;
        }
        else
            text += sign;
    }
    return { text, end: program.length };
}
function interpolationEnd(program, start) {
    let open = 1;
    for (let at = start; at < program.length; at += 1) {
        if (program[at] === '`')
            at = template(program, at + 1).end - 1;
        else if (program[at] === '{')
            open += 1;
        else if (program[at] === '}')
            open -= 1;
        if (open === 0)
            return at + 1;
    }
    return program.length;
}
function place(program, offset) {
    const before = program.slice(0, offset);
    return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
//# sourceMappingURL=tagged-texts.js.map