import { approvedText, levelText, listed, markOf } from "./report-text.js";
import { counted } from "./sections.js";
/** Largest comment that code hosts take, with room to spare. */
const mostCharacters = 60_000;
const marks = { PASS: '✔', WARN: '!', FAIL: '✖', SKIP: '–' };
/**
 * The report for a pull request, at most `mostCharacters` long: safe changes fold away first, then lines are left
 * out. Starts with a hidden marker, by which a job finds its earlier comment.
 */
export function checkMarkdown(report) {
    const head = [
        `<!-- weir-check:${text(report.comparedWith ?? 'schema')} -->`,
        `### ${report.passed ? '✔' : '✖'} Schema check: ${text(report.verdict)}`,
        '',
        '| Section | Result | |',
        '| --- | --- | --- |',
        ...report.sections.map(({ name, result, summary }) => `| ${name} | ${marks[result]} | ${text(summary)} |`),
        '',
    ];
    const tail = ['', closing(report), ''];
    const room = mostCharacters - length(head) - length(tail) - 500;
    return [...head, ...fitting(report, room), ...tail].join('\n');
}
/** As many rows as there is room for; each part gets what the parts before it left. */
function fitting(report, room) {
    const severe = report.changes.filter(({ level }) => level !== 'safe');
    const safe = report.changes.filter(({ level }) => level === 'safe');
    const parts = [
        problemRows(report),
        changeTable(severe),
        operationRows(report),
        folded(counted(safe.length, 'safe change'), safe.map(safeRow)),
    ].filter((rows) => rows.body.length > 0);
    const lines = [];
    for (const { before, body, after } of parts) {
        const left = room - length(lines) - length(before) - length(after);
        const rows = rowsWithin(body, left);
        if (rows.length > 0)
            lines.push(...before, ...rows, ...after, '');
        if (rows.length < body.length)
            lines.push(`… and ${body.length - rows.length} more in the job's report.`, '');
    }
    return lines;
}
function problemRows({ problems }) {
    const body = problems.map(({ code, message, places, fix }) => {
        const [place] = places;
        const where = place === undefined ? '' : ` at \`${place.location.file}:${place.location.line}\``;
        return `- ✖ **${code}** ${text(message)}${where}${fix === undefined ? '' : `. Fix: ${text(fix)}`}`;
    });
    return { before: [], body, after: [] };
}
function changeTable(changes) {
    const before = ['| | Change | Where | Used by |', '| --- | --- | --- | --- |'];
    return { before, body: changes.map(changeRow), after: [] };
}
function changeRow(change) {
    const where = change.location === undefined ? '' : `${change.location.file}:${change.location.line}`;
    const notes = [levelText(change), approvedText(change)].filter((note) => note !== '').join(', ');
    const what = `\`${text(change.coordinate)}\` ${text(change.message)} (${notes})`;
    return `| ${markOf(change)} | ${what} | ${text(where)} | ${text(listed(change.usedBy))} |`;
}
function operationRows({ operations }) {
    const body = operations.map(({ name, errors, brokenBefore }) => {
        const why = brokenBefore ? 'did not work before either' : 'stops working';
        return `- **${text(name)}** ${why}: ${text(errors.join('; '))}`;
    });
    return { before: [], body, after: [] };
}
function folded(summary, body) {
    return { before: [`<details><summary>${summary}</summary>`, ''], body, after: ['', '</details>'] };
}
function safeRow({ message }) {
    return `- ${text(message)}`;
}
function rowsWithin(rows, room) {
    let used = 0;
    const end = rows.findIndex((row) => (used += row.length + 1) > room);
    return end < 0 ? rows : rows.slice(0, end);
}
function closing({ passed, problems, comparedWith }) {
    const approve = 'Intended? Commit the output of `weir check … --approve` as `weir-approvals.json`.';
    const compared = comparedWith === undefined ? '' : `Compared with ${text(comparedWith)}.`;
    return [passed || problems.length > 0 ? '' : approve, compared].filter((part) => part !== '').join(' ');
}
function length(lines) {
    return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
/** Names come from schemas that anyone may propose: nothing of them may become markup. */
function text(value) {
    const short = value.length > 1000 ? `${value.slice(0, 999)}…` : value;
    return short.replace(/\s+/g, ' ').replace(/[&<>|`]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
//# sourceMappingURL=report-markdown.js.map