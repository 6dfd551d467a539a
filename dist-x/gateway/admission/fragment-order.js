import { Kind } from 'graphql';
/** Names of fragments, each after those it spreads; circles are cut where they close. */
export function innermostFirst(fragments) {
    const done = new Set();
    const entered = new Set();
    for (const start of fragments.keys()) {
        const way = [start];
        for (let name = way.at(-1); name !== undefined; name = way.at(-1)) {
            const spread = entered.has(name) ? [] : spreadIn(fragments.get(name)?.selectionSet);
            entered.add(name);
            const open = spread.filter((inner) => !entered.has(inner) && fragments.has(inner));
            way.push(...open);
            if (open.length > 0)
                continue;
            done.add(name);
            way.pop();
        }
    }
    return [...done];
}
function spreadIn(root) {
    const names = new Set();
    const waiting = root === undefined ? [] : [root];
    for (let set = waiting.pop(); set !== undefined; set = waiting.pop()) {
        for (const selection of set.selections) {
            if (selection.kind === Kind.FRAGMENT_SPREAD)
                names.add(selection.name.value);
            else if (selection.selectionSet !== undefined)
                waiting.push(selection.selectionSet);
        }
    }
    return [...names];
}
//# sourceMappingURL=fragment-order.js.map