import { failsCheck } from "./report.js";
/** The four sections, shown also when they pass or are skipped. */
export function sectionsOf(input, found) {
    return [composition(input), schema(input, found), operations(input, found), authorization(input, found)];
}
/** Whether the check passed, and the sentence that ends it. */
export function verdictOf(sections, { problems, changes, operations: broken }) {
    const passed = sections.every(({ result }) => result !== 'FAIL');
    const approved = changes.filter(({ approval }) => approval !== undefined).length;
    if (passed) {
        const many = approved === 0 ? 'PASSED:' : `PASSED (${approved} approved):`;
        return { passed, verdict: `${many} ${passedBecause(sections, changes.length)}.` };
    }
    if (problems.length > 0) {
        return {
            passed,
            verdict: `FAILED: the subgraphs do not compose (${counted(problems.length, 'error')}).`,
        };
    }
    return { passed, verdict: `FAILED: ${reasons(sections, { problems, changes, operations: broken })}.` };
}
function passedBecause(sections, changes) {
    const compared = sections.some(({ name, result }) => name === 'Schema' && result !== 'SKIP');
    if (!compared)
        return 'the subgraphs compose';
    return changes === 0 ? 'no change of the schema' : 'nothing breaks';
}
function reasons(sections, { changes, operations: broken }) {
    const count = (level) => changes.filter((change) => change.level === level && change.approval === undefined).length;
    const breaking = failing(sections, 'Schema') ? count('breaking') : 0;
    const dangerous = failing(sections, 'Schema') && breaking === 0 ? count('dangerous') : 0;
    const lost = failing(sections, 'Authorization') ? count('security') : 0;
    const parts = [
        ...(lost > 0 ? [`${counted(lost, 'field or type', 'fields or types')} lost protection`] : []),
        ...(breaking > 0 ? [counted(breaking, 'breaking change')] : []),
        ...(dangerous > 0 ? [counted(dangerous, 'dangerous change')] : []),
    ];
    const stopped = broken.filter(({ brokenBefore, approved }) => !brokenBefore && !approved).length;
    if (stopped === 0)
        return parts.join(', ');
    if (breaking === 0)
        return [...parts, `${counted(stopped, 'operation')} cannot be answered`].join(', ');
    return `${parts.join(', ')} ${breaking === 1 ? 'affects' : 'affect'} ${counted(stopped, 'operation')}`;
}
function failing(sections, name) {
    return sections.some((section) => section.name === name && section.result === 'FAIL');
}
function composition({ current }) {
    const { composition: result, sources } = current;
    if (!result.ok)
        return section('Composition', 'FAIL', counted(result.problems.length, 'error'));
    const hints = counted(result.hints.length, 'hint');
    return section('Composition', 'PASS', `${counted(sources.length, 'subgraph')}, ${hints}`);
}
function schema({ current, baseline, failOn }, { changes, problems }) {
    const skipped = skipReason(current.composition.ok, baseline);
    if (skipped !== undefined)
        return section('Schema', 'SKIP', skipped);
    if (problems.length > 0)
        return section('Schema', 'FAIL', 'a schema that cannot be compared');
    const api = changes.filter(({ level }) => level !== 'security');
    if (api.length === 0)
        return section('Schema', 'PASS', 'no change');
    const count = (level) => api.filter((change) => change.level === level).length;
    const approved = api.filter(({ approval }) => approval !== undefined).length;
    const summary = `${count('breaking')} breaking · ${count('dangerous')} dangerous · ${count('safe')} safe` +
        (approved === 0 ? '' : ` · ${approved} approved`);
    if (api.some((change) => failsCheck(change, failOn)))
        return section('Schema', 'FAIL', summary);
    return section('Schema', count('breaking') + count('dangerous') > 0 ? 'WARN' : 'PASS', summary);
}
function skipReason(composes, baseline) {
    if (!composes)
        return 'the subgraphs do not compose';
    if (baseline === undefined)
        return 'nothing to compare with (--against git:REF or FILE)';
    return baseline.kind === 'absent' ? baseline.reason : undefined;
}
function operations(input, { operations: broken }) {
    const total = input.operations.length;
    if (!input.current.composition.ok)
        return section('Operations', 'SKIP', 'the subgraphs do not compose');
    if (total === 0)
        return section('Operations', 'SKIP', 'no operations given (--operations GLOB)');
    const stopped = broken.filter(({ brokenBefore, approved }) => !brokenBefore && !approved).length;
    const before = broken.filter(({ brokenBefore }) => brokenBefore).length;
    const approved = broken.filter(({ approved: fine, brokenBefore }) => fine && !brokenBefore).length;
    const more = (before === 0 ? '' : ` · ${before} did not work before`) +
        (approved === 0 ? '' : ` · ${approved} approved`);
    const clients = new Set(input.operations.map(({ client }) => client)).size;
    if (stopped > 0) {
        const result = input.failOn === 'none' ? 'WARN' : 'FAIL';
        const works = total === 1 ? 'stops working' : `of ${total} operations stop working`;
        return section('Operations', result, `${total === 1 ? 'the only operation' : stopped} ${works}${more}`);
    }
    const summary = `${counted(total, 'operation')} of ${counted(clients, 'client')}${more}`;
    return section('Operations', before + approved > 0 ? 'WARN' : 'PASS', summary);
}
function authorization({ current, baseline, failOn }, { changes }) {
    const skipped = skipReason(current.composition.ok, baseline);
    if (skipped !== undefined)
        return section('Authorization', 'SKIP', skipped);
    const lost = changes.filter(({ level }) => level === 'security');
    if (lost.length === 0)
        return section('Authorization', 'PASS', 'no field lost protection');
    const approved = lost.filter(({ approval }) => approval !== undefined).length;
    const summary = `${lost.length} lost protection${approved === 0 ? '' : ` · ${approved} approved`}`;
    return section('Authorization', lost.some((change) => failsCheck(change, failOn)) ? 'FAIL' : 'WARN', summary);
}
function section(name, result, summary) {
    return { name, result, summary };
}
/** `1 field`, `2 fields` */
export function counted(count, noun, plural = `${noun}s`) {
    return `${count} ${count === 1 ? noun : plural}`;
}
//# sourceMappingURL=sections.js.map