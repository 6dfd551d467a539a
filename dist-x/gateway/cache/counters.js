/** Under which whole answers are counted: no subgraph's name, no type's. */
export const wholeAccount = { subgraph: '*', type: 'response' };
/** What concerns a whole subgraph is counted under this in place of a type. */
export const everyType = '*';
const zero = {
    ...{ hit: 0, stale: 0, 'stale-if-error': 0, miss: 0, coalesced: 0, bypass: 0 },
    ...{ kept: 0, tooLarge: 0, invalidated: 0, evicted: 0, entries: 0, bytes: 0 },
};
/** Names come from the schema, so there are only so many. */
export function counters() {
    const subgraphs = new Map();
    return {
        account: (subgraph, type) => {
            const types = subgraphs.get(subgraph) ?? new Map();
            subgraphs.set(subgraph, types);
            const counts = types.get(type) ?? { ...zero };
            types.set(type, counts);
            return counts;
        },
        all: () => Object.fromEntries([...subgraphs].map(([name, types]) => [name, Object.fromEntries(types)])),
    };
}
//# sourceMappingURL=counters.js.map