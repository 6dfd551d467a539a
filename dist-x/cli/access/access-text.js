/** Field by field, who lets the caller through or stops them, for people. */
export function reportText(fields, find, paint) {
    const width = Math.max(0, ...fields.map(({ path }) => path.join('.').length));
    const lines = fields.flatMap(({ path, coordinate, isAllowed, rules }) => {
        const mark = isAllowed ? paint.green('✓') : paint.red('✗');
        const head = `${mark} ${path.join('.').padEnd(width)}  ${coordinate}`;
        if (rules.length === 0)
            return [`${head}  ${paint.dim('open to all')}`];
        return [
            head,
            ...rules.map(({ rule, on, isMet }) => {
                const where = find(on, rule).join(', ');
                const verdict = isMet ? paint.green('met') : paint.red('not met');
                return `    ${verdict}  ${rule} on ${on}${where === '' ? '' : paint.dim(`  ${where}`)}`;
            }),
        ];
    });
    const stopped = fields.filter(({ isAllowed }) => !isAllowed).length;
    const sum = `${String(fields.length - stopped)} of ${String(fields.length)} fields allowed`;
    return `${lines.join('\n')}\n\n${stopped === 0 ? paint.green(sum) : paint.red(sum)}\n`;
}
/** The access table as Markdown. */
export function tableMarkdown(fields, find) {
    const rows = fields.map(({ coordinate, rules, operations }) => {
        const needs = rules.map(({ rule, on }) => (on === coordinate ? rule : `${rule} of ${on}`)).map(cell);
        const where = rules.flatMap(({ rule, on }) => find(on, rule));
        return `| ${cell(coordinate)} | ${needs.join('<br>')} | ${String(operations)} | ${[...new Set(where)].map(cell).join('<br>')} |`;
    });
    return ['| field | needs | operations | where |', '| --- | --- | ---: | --- |', ...rows, ''].join('\n');
}
const cell = (text) => `\`${text.replaceAll('|', '\\|')}\``;
/** What is told of rules in JSON: each with its places. */
export function withPlaces(fields, find) {
    return fields.map((field) => ({
        ...field,
        rules: field.rules.map((asked) => ({ ...asked, places: find(asked.on, asked.rule) })),
    }));
}
//# sourceMappingURL=access-text.js.map