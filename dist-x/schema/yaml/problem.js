const mostShown = 40;
/** All problems of a file as text for a terminal, in the order of the file. */
export function problemsText(file, problems) {
    const count = problems.length === 1 ? '1 problem' : `${String(problems.length)} problems`;
    const shown = problems.slice(0, mostShown).map(problemText);
    const rest = problems.length - shown.length;
    if (rest > 0)
        shown.push(`  and ${String(rest)} more`);
    return `${file}: ${count}\n\n${shown.join('\n')}\n`;
}
function problemText(problem) {
    const place = `${String(problem.line)}:${String(problem.column)}`;
    const head = `  ${place.padEnd(6)}${problem.path === '' ? '' : `${problem.path.padEnd(22)} `}${problem.message}`;
    return problem.excerpt === '' ? head : `${head}\n${problem.excerpt}`;
}
/** `a.b[0].c`, for messages. */
export function dotted(path) {
    return path
        .map((step, index) => {
        if (typeof step === 'number')
            return `[${String(step)}]`;
        return index === 0 ? String(step) : `.${String(step)}`;
    })
        .join('');
}
//# sourceMappingURL=problem.js.map