import { changeCode } from "./report-json.js";
import { failsCheck } from "./report.js";
const mostResults = 5_000; // what code hosts take of one run
/** The report as SARIF 2.1.0, for code scanning. */
export function checkSarif(report, failOn, version) {
    const findings = findingsOf(report, failOn).slice(0, mostResults);
    const rules = [...new Set(findings.map(({ rule }) => rule))].sort().map((id) => ({ id }));
    const document = {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [{ tool: { driver: { name: 'weir', version, rules } }, results: findings.map(result) }],
    };
    return `${JSON.stringify(document, null, 2)}\n`;
}
function findingsOf(report, failOn) {
    return [
        ...report.problems.map(({ code, message, places: [place] }) => {
            return {
                rule: code,
                level: 'error',
                message,
                ...(place === undefined ? {} : { location: place.location }),
            };
        }),
        ...report.changes.map((change) => {
            const note = change.level === 'safe' ? 'note' : 'warning';
            const level = failsCheck(change, failOn) ? 'error' : note;
            const { message, location } = change;
            return { rule: changeCode(change), level, message, ...(location === undefined ? {} : { location }) };
        }),
        ...report.operations.map(({ name, errors, location, brokenBefore, approved }) => {
            const level = brokenBefore || approved || failOn === 'none' ? 'warning' : 'error';
            return { rule: 'WEIR-K004', level, message: `${name} stops working: ${errors.join('; ')}`, location };
        }),
    ];
}
function result({ rule, level, message, location }) {
    const physical = location && {
        physicalLocation: {
            artifactLocation: { uri: encodeURI(location.file) },
            region: { startLine: location.line, startColumn: location.column },
        },
    };
    return {
        ruleId: rule,
        level,
        message: { text: message },
        locations: physical === undefined ? [] : [physical],
    };
}
//# sourceMappingURL=report-sarif.js.map