import { withDeadline } from "../model/deadline.js";
import { obtain } from "./obtain.js";
/** Beyond so many at once the old is served without a refresher; the next request tries again. */
const mostAtOnce = 50;
/** Longer than any subgraph's own limit, which is what ends a slow call. */
const longestMs = 30_000;
export function refreshes(kit, inner) {
    const running = new Set();
    const under = new Set();
    const end = new AbortController();
    const refresh = async (question, indices) => {
        await withDeadline(end.signal, longestMs, async (signal) => {
            const detached = { ...question, context: { ...question.context, signal } };
            await obtain({ kit, question: detached, inner, fallbacks: new Map() }, indices);
        });
    };
    return {
        start: (question, indices) => {
            const keyOf = (index) => `${question.group}${question.variation.partitions.at(-1)?.name ?? ''}\n${question.items[index]?.name ?? ''}`;
            const free = indices.filter((index) => !under.has(keyOf(index)));
            if (free.length === 0 || running.size >= mostAtOnce)
                return;
            for (const index of free)
                under.add(keyOf(index));
            const one = refresh(question, free)
                .catch(() => undefined) // the old stays until it is too old
                .finally(() => {
                for (const index of free)
                    under.delete(keyOf(index));
                running.delete(one);
            });
            running.add(one);
        },
        close: async () => {
            end.abort();
            await Promise.all(running);
        },
    };
}
//# sourceMappingURL=refreshes.js.map