/** Requests on a replaced service may take this much longer than one request may. */
const retireGraceMs = 1_000;
/** Nothing is in use at first. */
export function succession() {
    const retiring = new Map();
    let current;
    let state = { id: '', composedAt: '', problem: null };
    let over = false;
    const retire = ({ service }, graceMs) => {
        retiring.set(service, service.retire(graceMs).finally(() => retiring.delete(service)));
    };
    const settled = async () => {
        await Promise.all(retiring.values());
    };
    return {
        current: () => current,
        state: () => state,
        generations: () => retiring.size + (current === undefined || retiring.has(current.service) ? 0 : 1),
        replaceBy: (serving, what) => {
            if (over)
                retire(serving, 0);
            else {
                if (current !== undefined)
                    retire(current, longestRequest(current.basis) + retireGraceMs);
                current = serving;
                const id = serving.service.supergraph.id.slice(0, 12);
                if (what === 'new supergraph')
                    state = { id, composedAt: new Date().toISOString(), problem: null };
            }
            return !over;
        },
        refuse: (text) => {
            state = { ...state, problem: text };
        },
        settled,
        end: () => {
            over = true;
            for (const service of retiring.keys())
                void service.retire(0); // awaited in ended()
            if (current !== undefined)
                retire(current, 0);
        },
        ended: settled,
    };
}
function longestRequest({ config }) {
    return config.traffic_shaping.router.timeout;
}
//# sourceMappingURL=succession.js.map