import { counters, everyType } from "./counters.js";
import { dropRequests } from "./drop-requests.js";
import { namesIn } from "./entry-tags.js";
import { createStorage } from "./storage.js";
const retryMs = 500;
const mostUntold = 10_000;
export function cacheBase(settings, parts) {
    const { open, onGarbage, now, recorder } = parts;
    let facts;
    const counted = counters();
    const reader = {
        read: (text, position) => {
            const tags = tagsIn(text, facts);
            storage.drop(tags, position);
            countDrop(tags, counted, facts);
        },
        reached: (position) => storage.reached(position),
        lost: (position) => storage.forgetBefore(position),
    };
    const shared = open?.(reader);
    const { memoryBytes, maxEntryBytes } = settings;
    const storage = createStorage({ memoryBytes, maxEntryBytes }, { shared, now, onGarbage });
    const teller = untold(storage, shared);
    return {
        ...{ storage, recorder, counters: counted },
        facts: () => facts,
        serve: (next) => {
            facts = next;
        },
        drop: async (tags) => {
            if (tags.length === 0)
                return true;
            // What is told to the log comes back from there, and is counted then.
            if (shared === undefined)
                countDrop(tags, counted, facts);
            const text = JSON.stringify({ tags });
            const position = await shared?.log.append(text);
            const isTold = shared === undefined || position !== undefined;
            const at = position ?? storage.position() + 1;
            storage.drop(tags, at);
            storage.reached(at);
            if (!isTold)
                teller.later(text);
            return isTold;
        },
        close: async () => {
            teller.stop();
            await Promise.all([shared?.store.close(), shared?.log.close(), recorder?.close()]);
        },
    };
}
/** Gateways write tags; subgraphs write invalidations as they would be posted. What is neither drops nothing. */
function tagsIn(text, facts) {
    let read;
    try {
        read = JSON.parse(text);
    }
    catch {
        return [];
    }
    const tags = typeof read === 'object' && read !== null && 'tags' in read ? read.tags : undefined;
    if (Array.isArray(tags))
        return tags.filter((one) => typeof one === 'string');
    if (facts === undefined || !Array.isArray(read))
        return [];
    return read.flatMap((one) => {
        const found = dropRequests([one], facts);
        return found.kind === 'tags' ? found.tags : [];
    });
}
/** One drop for each type that its tags name, and only for what the schema knows: anybody may write to a log. */
function countDrop(tags, counters, facts) {
    const accounts = new Set(tags.flatMap((tag) => {
        const { subgraph, type } = namesIn(tag);
        if (facts?.subgraphs.has(subgraph) !== true)
            return [];
        if (type === undefined)
            return [counters.account(subgraph, everyType)];
        return facts.typesOf(subgraph).has(type) ? [counters.account(subgraph, type)] : [];
    }));
    for (const account of accounts)
        account.invalidated += 1;
}
/** Drops that could not be told yet: told when the log is back. */
function untold(storage, shared) {
    let texts = [];
    let timer;
    const tell = async () => {
        timer = undefined;
        while (texts.length > 0) {
            const position = await shared?.log.append(texts[0] ?? '');
            if (position === undefined) {
                wait();
                return;
            }
            storage.drop(tagsIn(texts[0] ?? '', undefined), position);
            texts.shift();
        }
    };
    const wait = () => {
        timer ??= setTimeout(() => void tell(), retryMs).unref(); // a log never rejects
    };
    return {
        later: (text) => {
            if (texts.length < mostUntold)
                texts.push(text);
            wait();
        },
        stop: () => {
            clearTimeout(timer);
            texts = [];
        },
    };
}
//# sourceMappingURL=cache-base.js.map