import { entryOf, entryText, freshness, keptUntil } from "./entry.js";
import { invalidations } from "./invalidations.js";
import { Memory } from "./memory.js";
/** Objects take more than their text: measured 2 to 4 times, beside what each entry and its tags take. */
const bytesPerCharacter = 3;
const bytesPerEntry = 400;
function bytesOf({ tags }, characters) {
    const tagged = tags.reduce((sum, tag) => sum + tag.length + 16, 0);
    return characters * bytesPerCharacter + tagged + bytesPerEntry;
}
export function createStorage(settings, parts) {
    const { shared, now } = parts;
    const drops = invalidations();
    const memory = new Memory(settings.memoryBytes);
    const find = (group, name, at = now()) => {
        const entry = memory.get(group + name);
        if (entry === undefined)
            return undefined;
        if (drops.isValid(entry) && freshness(entry, at) !== 'gone')
            return entry;
        memory.delete(group + name);
        return undefined;
    };
    const put = (group, entries, account) => {
        const texts = [];
        let tooLarge = 0;
        for (const [name, entry] of entries) {
            const text = entryText(group + name, entry);
            const ttlMs = keptUntil(entry) - now();
            if (text.length > settings.maxEntryBytes)
                tooLarge += 1;
            else if (ttlMs > 0) {
                memory.set(group + name, entry, { bytes: bytesOf(entry, text.length), account });
                texts.push({ name, text, ttlMs });
            }
        }
        const written = shared === undefined || texts.length === 0 ? done : shared.store.writeMany(group, texts);
        return { tooLarge, written };
    };
    return {
        ...drops,
        ...{ now, find, put, shared },
        isUsable: () => shared === undefined || shared.log.isLive(),
        load: async (group, names, account) => {
            const loaded = new Map();
            const texts = await shared?.store.readMany(group, names);
            texts?.forEach((text, index) => {
                const name = names[index];
                if (text === undefined || name === undefined)
                    return;
                const entry = entryOf(group + name, text);
                if (entry === undefined)
                    parts.onGarbage();
                else if (drops.isValid(entry) && freshness(entry, now()) !== 'gone') {
                    memory.set(group + name, entry, { bytes: bytesOf(entry, text.length), account });
                    loaded.set(name, entry);
                }
            });
            return loaded;
        },
        entries: () => memory.entries(),
        size: () => memory.size(),
    };
}
const done = Promise.resolve();
//# sourceMappingURL=storage.js.map