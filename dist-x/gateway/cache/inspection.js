import { freshness } from "./entry.js";
import { subgraphTag, typeTag } from "./entry-tags.js";
const mostShown = 100;
/** Looking at all of a million entries would hold everybody else up. */
const mostLookedAt = 200_000;
const mostTags = 50;
/** Entries in this process's memory, by `subgraph`, `type` and a part of a `tag`; the oldest first. */
export function inspected({ storage }, wanted) {
    const [subgraph, type, tag] = [wanted.get('subgraph'), wanted.get('type'), wanted.get('tag')];
    const needed = subgraph === null ? [] : [type === null ? subgraphTag(subgraph) : typeTag(subgraph, type)];
    const shown = [];
    const now = storage.now();
    let looked = 0;
    for (const [, entry] of storage.entries()) {
        looked += 1;
        if (looked > mostLookedAt || shown.length >= mostShown)
            break;
        if (!needed.every((one) => entry.tags.includes(one)))
            continue;
        if (tag !== null && !entry.tags.some((one) => one.includes(tag)))
            continue;
        shown.push({
            audience: entry.audience,
            state: storage.isValid(entry) ? freshness(entry, now) : 'invalidated',
            age: Math.round((now - entry.at) / 1000),
            ttl: Math.round((entry.freshUntil - now) / 1000),
            bytes: entry.bytes,
            tags: entry.tags.slice(0, mostTags),
        });
    }
    return shown;
}
//# sourceMappingURL=inspection.js.map