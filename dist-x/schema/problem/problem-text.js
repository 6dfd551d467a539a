const same = (text) => text;
export const plain = { red: same, yellow: same, green: same, dim: same, bold: same };
/** The problem as a block of lines for a terminal, without a closing line break. */
export function problemText(problem, paint = plain) {
    const word = problem.severity === 'error' ? paint.red('error') : paint.yellow('warning');
    return [
        `${word}[${problem.code}]: ${paint.bold(problem.message)}`,
        ...placeLines(problem.places, paint),
        ...(problem.detail ?? []).map((line) => `  ${line}`),
        ...(problem.origin === undefined ? [] : [paint.dim(`  composer code: ${problem.origin}`)]),
        ...(problem.fix === undefined
            ? []
            : [`  ${problem.fix.startsWith('did you mean ') ? '' : 'fix: '}${problem.fix}`]),
        ...(problem.origin === undefined ? [] : [paint.dim(`  more: weir explain ${problem.code}`)]),
    ].join('\n');
}
function placeLines(places, paint) {
    const [only] = places;
    if (only !== undefined && places.length === 1)
        return frameLines(only, paint);
    const rows = places.map((place) => [place.subgraph ?? '', whereText(place), place.text ?? '']);
    const width = (column) => Math.max(...rows.map((row) => row[column].length));
    return places.map((place, index) => {
        const [subgraph, where, text] = rows[index] ?? ['', '', ''];
        const note = place.note === undefined ? '' : `${' '.repeat(width(2) - text.length)}  ← ${place.note}`;
        const line = `  ${subgraph.padEnd(width(0))}  ${where.padEnd(width(1))}   ${text}${note}`;
        return line.trimEnd();
    });
}
/** Place, source line and a mark below what is meant. */
function frameLines(place, paint) {
    const head = `  ${place.subgraph === undefined ? '' : `${place.subgraph}  `}${whereText(place)}`;
    const { sourceLine, excerpt } = place;
    if (excerpt !== undefined && excerpt !== '')
        return [head, excerpt];
    if (sourceLine === undefined)
        return [head + (place.text === undefined ? '' : `   ${place.text}`)];
    const number = String(place.location.line).padStart(4);
    const { text, column } = window(sourceLine, place.location.column);
    const carets = '^'.repeat(Math.max(1, Math.min(place.length ?? 1, text.length - column + 1)));
    const gap = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
    return [head, `${number} | ${text}`, `${paint.dim('     | ')}${gap}${paint.red(carets)}`];
}
/** At most 160 characters of a line, around the column: a minified schema must not flood the terminal. */
function window(line, column) {
    const clean = printable(line);
    if (clean.length <= 160)
        return { text: clean, column: Math.min(column, clean.length + 1) };
    const from = Math.max(0, column - 60);
    return { text: clean.slice(from, from + 160), column: column - from };
}
/** Text from a file must not drive the terminal: control characters other than the tab are shown as a dot. */
function printable(text) {
    return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '·');
}
/** `./file:line:column` */
function whereText(place) {
    const { file, line, column } = place.location;
    const relative = !/^(?:[./]|[a-z]+:)/i.test(file);
    return `${relative ? './' : ''}${file}:${line}:${column}`;
}
//# sourceMappingURL=problem-text.js.map