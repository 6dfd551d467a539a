import { plain, problemText } from "../problem/problem-text.js";
import { counted } from "./sections.js";
const mostShown = 200;
/** The report for a terminal, with a closing line break. */
export function checkText(report, { paint = plain, verbose = false } = {}) {
    const shown = report.changes.filter(({ level }) => verbose || level !== 'safe').slice(0, mostShown);
    return [
        `${headline(report)}\n`,
        ...report.sections.map((section) => sectionLine(section, paint)),
        '',
        ...report.warnings.map((warning) => `${problemText(warning, paint)}\n`),
        ...report.problems.slice(0, mostShown).map((problem) => `${problemText(problem, paint)}\n`),
        ...shown.map((change) => changeText(change, paint)),
        ...restLines(report, shown.length, verbose),
        ...operationLines(report, paint),
        ...(report.changes.length + report.operations.length > 0 ? [''] : []),
        report.passed ? paint.green(report.verdict) : paint.red(report.verdict),
        ...wayOut(report),
        '',
    ].join('\n');
}
function headline({ subgraphCount, comparedWith, operationCount, clientCount }) {
    const what = `${counted(subgraphCount, 'subgraph')}${comparedWith === undefined ? '' : ` with ${comparedWith}`}`;
    const known = ` · ${counted(operationCount, 'operation')} from ${counted(clientCount, 'client')}`;
    return `${comparedWith === undefined ? 'Checking' : 'Comparing'} ${what}${operationCount === 0 ? '' : known}`;
}
function sectionLine({ name, result, summary }, paint) {
    const colour = {
        PASS: paint.green,
        WARN: paint.yellow,
        FAIL: paint.red,
        SKIP: paint.dim,
    };
    return `${name.padEnd(13)} ${colour[result](result)}   ${summary}`;
}
/** The mark that stands before a change of this level. */
export function markOf({ level }) {
    return { security: '✖', breaking: '✖', dangerous: '!', safe: '✔' }[level];
}
/** How a change is called: one that was lowered because nobody is hit keeps its first name. */
export function levelText({ level, unusedBy }) {
    return unusedBy === undefined ? level : `breaking (unused by ${counted(unusedBy, 'operation')})`;
}
function changeText(change, paint) {
    const colour = { security: paint.red, breaking: paint.red, dangerous: paint.yellow, safe: paint.green };
    const lowered = change.unusedBy === undefined ? [] : [levelText(change)];
    const level = colour[change.level](change.level.padEnd(10));
    const where = change.location === undefined ? '' : `${change.location.file}:${change.location.line}`;
    const head = `${colour[change.level](markOf(change))} ${level} ${change.change.padEnd(21)} ${change.coordinate.padEnd(29)} ${where}`;
    const explained = change.level === 'safe' ? [] : [change.message];
    const lines = [
        ...explained,
        ...lowered,
        ...(change.usedBy.length === 0 ? [] : [`used by ${listed(change.usedBy)}`]),
        ...(change.approval === undefined ? [] : [approvedText(change)]),
        ...(change.instead === undefined || change.approval !== undefined ? [] : [`instead: ${change.instead}`]),
    ];
    return [head.trimEnd(), ...lines.map((line) => `             ${line}`)].join('\n');
}
/** `approved by NAME until DAY`, or nothing. */
export function approvedText({ approval }) {
    return approval === undefined ? '' : `approved by ${approval.author} until ${approval.expires}`;
}
/** At most ten names. */
export function listed(names) {
    const rest = names.length - 10;
    return names.slice(0, 10).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
function restLines({ changes }, shown, verbose) {
    const safe = changes.filter(({ level }) => level === 'safe').length;
    const rest = changes.length - shown - (verbose ? 0 : safe);
    return [
        ...(rest > 0 ? [`  … and ${rest} more (--format json lists all)`] : []),
        ...(safe > 0 && !verbose ? [`✔ safe       ${counted(safe, 'change')} (-v lists them)`] : []),
    ];
}
function operationLines({ operations }, paint) {
    const shown = operations.slice(0, mostShown).map(({ name, location, errors, brokenBefore, approved }) => {
        const why = brokenBefore
            ? 'did not work before either'
            : approved
                ? 'its changes are approved'
                : 'stops working';
        const mark = brokenBefore || approved ? paint.yellow('!') : paint.red('✖');
        const head = `${mark} operation  ${name.padEnd(51)} ${location.file}:${location.line}`;
        return [head, ...[why, ...errors].map((line) => `             ${line}`)].join('\n');
    });
    const rest = operations.length - shown.length;
    return rest > 0 ? [...shown, `  … and ${counted(rest, 'more operation')}`] : shown;
}
function wayOut({ passed, problems, changes }) {
    if (passed || problems.length > 0 || changes.length === 0)
        return [];
    return ['If this is intended:  weir check … --approve > weir-approvals.json'];
}
//# sourceMappingURL=report-text.js.map