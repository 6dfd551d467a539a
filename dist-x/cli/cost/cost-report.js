/** The estimate as a tree: each field's share, why it is so, and what to cut. */
export function costText({ share, unsliced, max, subgraphs }, paint) {
    const total = share.cost;
    const verdict = total > max ? paint.red(`over the ${number(max)} allowed`) : `of ${number(max)} allowed`;
    const head = `${paint.bold(`cost ${number(total)}`)} ${verdict}\n\n`;
    const rows = [row(share, '', total, paint), ...treeRows(share.parts, '', total, paint)];
    const faults = unsliced.map((field) => paint.yellow(`${field} wants exactly one argument that says how many items come\n`));
    return `${head}${rows.join('')}\n${subgraphText(subgraphs, paint)}${cuts(share)}${faults.join('')}`;
}
/** Whether an operation asks one subgraph for more than it may. */
export const isOver = ({ cost, max }) => max !== undefined && cost > max;
function subgraphText(subgraphs, paint) {
    if (typeof subgraphs === 'string')
        return `${paint.yellow(`no plan: ${subgraphs}`)}\n\n`;
    if (subgraphs.length === 0)
        return '';
    const widest = Math.max(...subgraphs.map(({ subgraph }) => subgraph.length));
    const rows = subgraphs.map((one) => {
        const { subgraph, calls, entities, cost, max } = one;
        const asked = `${count(calls, 'call')}${entities === 0 ? '' : `, ${count(entities, 'entity')}`}`;
        const allowed = max === undefined ? '' : ` of ${number(max)} allowed`;
        const verdict = isOver(one) ? paint.red(`, over the ${number(max ?? 0)} allowed`) : allowed;
        return `${number(cost).padStart(12)}        ${subgraph.padEnd(widest)} ${paint.dim(`(${asked})`)}${verdict}\n`;
    });
    return `asked of subgraphs, keys and what they share counted for each:\n${rows.join('')}\n`;
}
function count(value, word) {
    const several = word === 'call' ? 'calls' : 'entities';
    return `${number(value)} ${value === 1 ? word : several}`;
}
function treeRows(parts, indent, total, paint) {
    // What is free says nothing.
    const told = parts.filter(({ cost }) => cost > 0);
    return told.flatMap((part, index) => {
        const last = index === told.length - 1;
        return [
            row(part, `${indent}${last ? '└ ' : '├ '}`, total, paint),
            ...treeRows(part.parts, `${indent}${last ? '  ' : '│ '}`, total, paint),
        ];
    });
}
function row(share, indent, total, paint) {
    const percent = total === 0 ? '' : `${String(Math.round((share.cost / total) * 100))}%`;
    const name = share.name === '' ? 'operation' : share.name;
    return `${number(share.cost).padStart(12)} ${percent.padStart(5)}  ${paint.dim(indent)}${name} ${paint.dim(why(share))}\n`;
}
function why({ coordinate, times, items, weight, argumentCost, assumedType }) {
    if (coordinate === '')
        return weight === 0 ? '' : `(weighs ${number(weight)} by itself)`;
    const parts = [
        ...(times === 1 ? [] : [`${number(times)} times`]),
        ...(items === undefined ? [] : [`${number(items)} items`]),
        ...(weight === 0 ? [] : [`weighs ${number(weight)}`]),
        ...(argumentCost === 0 ? [] : [`arguments weigh ${number(argumentCost)}`]),
        ...(assumedType === undefined ? [] : [`as ${assumedType}, its dearest type`]),
    ];
    return `(${coordinate}: ${parts.join(', ')})`;
}
const mostCuts = 3;
/** The lists whose halving saves most. */
function cuts(share) {
    const lists = below(share, '')
        .filter(({ part }) => part.items !== undefined && part.items > 1)
        .sort((a, b) => saved(b.part) - saved(a.part))
        .slice(0, mostCuts);
    const lines = lists.map(({ path, part }) => `  ${path}: ${number(Math.floor((part.items ?? 0) / 2))} instead of ${number(part.items ?? 0)} items save ${number(saved(part))}\n`);
    return lines.length === 0 ? '' : `what to cut:\n${lines.join('')}`;
}
function saved({ cost, items = 0, times, argumentCost }) {
    return items === 0 ? 0 : Math.round(((cost - times * argumentCost) * Math.ceil(items / 2)) / items);
}
function below(share, path) {
    return share.parts.flatMap((part) => {
        const own = path === '' ? part.name : `${path}.${part.name}`;
        return [{ path: own, part }, ...below(part, own)];
    });
}
function number(value) {
    return value >= 1e15 ? 'without bound' : value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}
//# sourceMappingURL=cost-report.js.map