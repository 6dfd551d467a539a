import { failsCheck } from "./report.js";
/** Hosts show about ten annotations of a kind and step. */
const mostOfALevel = 9;
/** The report as workflow commands: the worst first, fewer than twenty, none for what is safe. */
export function checkAnnotations(report, failOn) {
    const all = annotations(report, failOn);
    const shown = ['error', 'warning'].flatMap((level) => all.filter((one) => one.level === level).slice(0, mostOfALevel));
    const rest = all.length - shown.length;
    const more = rest > 0 ? [`${rest} more are in the summary of this job`] : [];
    return [...shown.map(command), ...more, report.verdict, ''].join('\n');
}
function annotations(report, failOn) {
    return [
        ...report.problems.map(({ code, message, places: [place], fix }) => {
            const words = fix === undefined ? message : `${message}. Fix: ${fix}`;
            return {
                level: 'error',
                title: code,
                message: words,
                ...(place === undefined ? {} : { location: place.location }),
            };
        }),
        ...report.changes
            .filter(({ level }) => level !== 'safe')
            .map((change) => {
            const used = change.usedBy.length === 0 ? '' : `. Used by ${change.usedBy.slice(0, 10).join(', ')}`;
            const instead = change.instead === undefined ? '' : `. Instead: ${change.instead}`;
            return {
                level: failsCheck(change, failOn) ? 'error' : 'warning',
                title: `${change.change} ${change.coordinate}`,
                message: `${change.message}${used}${instead}`,
                ...(change.location === undefined ? {} : { location: change.location }),
            };
        }),
        ...report.operations.map(({ name, errors, location, brokenBefore, approved }) => {
            const level = brokenBefore || approved || failOn === 'none' ? 'warning' : 'error';
            return { level, title: `${name} stops working`, message: errors.join('; '), location };
        }),
    ];
}
function command({ level, title, message, location }) {
    const place = location === undefined
        ? ''
        : `file=${property(location.file)},line=${location.line},col=${location.column},`;
    return `::${level} ${place}title=${property(title)}::${data(message)}`;
}
/** A line break or `::` in a name must not become another command. */
function data(text) {
    return text.slice(0, 2000).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function property(text) {
    return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
//# sourceMappingURL=report-github.js.map