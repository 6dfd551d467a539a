import { grouped as number, percent, textTable } from "./text-table.js";
/** The advice as a table for people, with the configuration to paste. */
export function adviceText(advised, paint) {
    const { advice, ttls, from, to, unreadable } = advised;
    const questions = advice.reduce((sum, one) => sum + one.questions, 0);
    const head = `${number(questions)} questions in ${shown(Math.max(0, to - from))}, by what would be spared\n\n`;
    const titles = [
        'subgraph',
        'type',
        'questions',
        'asked again',
        'changed',
        'hits now',
        ...ttls.map(shown),
        'advice',
    ];
    const rows = [titles, ...advice.map((one) => cells(one))];
    const yaml = adviceYaml(advice);
    const left = unreadable === 0 ? '' : paint.yellow(`${number(unreadable)} lines are no recording and were left out\n`);
    return `${head}${textTable(rows, 2, paint)}\n${legend}${left}${yaml === '' ? '' : `\nTo paste into gateway.yaml:\n\n${yaml}`}`;
}
const legend = 'under a time: questions that keeping answers so long would have answered without a call,\nand in brackets how many of those answers were no longer what the subgraph said\n';
/** The advised times as `response_cache` has them; empty when there are none. */
export function adviceYaml(advice) {
    const subgraphs = new Map();
    for (const one of advice) {
        if (one.ttlMs === undefined)
            continue;
        const line = `          ${one.type}: { ttl: ${shown(one.ttlMs)} } # ${percent(trialOf(one)?.hits ?? 0, one.questions)} without a call, now ${percent(one.hits, one.questions)}\n`;
        subgraphs.set(one.subgraph, [...(subgraphs.get(one.subgraph) ?? []), line]);
    }
    if (subgraphs.size === 0)
        return '';
    const parts = [...subgraphs].map(([name, lines]) => `      ${plain(name)}:\n        types:\n${lines.join('')}`);
    return `response_cache:\n  subgraph:\n    subgraphs:\n${parts.join('')}`;
}
const plain = (name) => (/^[A-Za-z][\w-]*$/.test(name) ? name : JSON.stringify(name));
const trialOf = ({ trials, ttlMs }) => trials.find((trial) => trial.ttlMs === ttlMs);
function cells(one) {
    const { subgraph, type, questions, repeated, changed, hits, trials, ttlMs, verdict, sparedMs } = one;
    return [
        ...[subgraph, type, number(questions), percent(repeated, questions), number(changed)],
        percent(hits, questions),
        ...trials.map((trial) => `${percent(trial.hits, questions)} (${percent(trial.outdated, trial.hits)})`),
        ttlMs === undefined ? verdict : `${shown(ttlMs)}: spares ${shown(sparedMs)} of calls`,
    ];
}
/** A duration as the configuration has it, in the largest unit that fits. */
function shown(ms) {
    for (const [unit, length] of [
        ['d', 86_400_000],
        ['h', 3_600_000],
        ['m', 60_000],
        ['s', 1_000],
    ])
        if (ms >= length && (ms % length === 0 || ms >= 10 * length))
            return `${String(Math.floor(ms / length))}${unit}`;
    return `${String(Math.floor(ms))}ms`;
}
//# sourceMappingURL=advice-text.js.map