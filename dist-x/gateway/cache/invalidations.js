import { LRUCache } from 'lru-cache';
/** Dropped tags are remembered up to this many; with the oldest goes everything that is as old. */
const mostTags = 200_000;
export function invalidations() {
    let newest = 0;
    let told = 0;
    let floor = -Infinity;
    const dropped = new LRUCache({
        max: mostTags,
        dispose: (position, _tag, reason) => {
            if (reason === 'evict')
                floor = Math.max(floor, position);
        },
    });
    return {
        position: () => told,
        drop: (tags, position) => {
            for (const tag of tags)
                dropped.set(tag, Math.max(position, dropped.peek(tag) ?? 0));
            newest = Math.max(newest, position);
        },
        forgetBefore: (position) => {
            floor = Math.max(floor, position);
            newest = Math.max(newest, position);
        },
        reached: (position) => {
            told = Math.max(told, position);
            newest = Math.max(newest, position);
        },
        isValid: ({ stamp, tags }) => {
            if (stamp >= newest)
                return true;
            if (stamp < floor)
                return false;
            for (const tag of tags)
                if ((dropped.peek(tag) ?? -Infinity) > stamp)
                    return false;
            return true;
        },
    };
}
//# sourceMappingURL=invalidations.js.map