import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { refusal } from "../model/refusal.js";
const largestTotal = 32 * 1024 * 1024;
const longestId = 512;
/**
 * Texts that requests name instead of sending them: documents by their ids, and automatic persisted queries by their
 * sha256, the least recently used forgotten first. `find` is there when documents are listed.
 */
export function persistedTexts(settings, find) {
    const { store } = settings;
    const known = new LRUCache({
        max: settings.limit,
        maxSize: settings.maxBytes ?? largestTotal,
        sizeCalculation: (text) => text.length * 2 + 128,
    });
    const asking = { settings, known, find };
    return {
        textOf: (request) => {
            const { query, documentId, extensions } = request;
            const persisted = Object.hasOwn(extensions, 'persistedQuery') ? extensions['persistedQuery'] : null;
            if (documentId !== undefined)
                return byDocumentId(documentId, request, find);
            return persisted === undefined || persisted === null
                ? plainText(query)
                : persistedText(persisted, request, asking);
        },
        shared: async (hash) => {
            const found = await store?.read(hash);
            // Whoever can write there must not decide what a hash means.
            return found?.kind === 'hit' && digest(found.text) === hash ? found.text : undefined;
        },
        remember: (hash, text) => {
            if (known.has(hash))
                return;
            known.set(hash, text);
            void store?.write(hash, text); // never rejects, and nobody waits for it
        },
    };
}
function plainText(query) {
    return query === undefined ? refused('BAD_REQUEST', 'The request has no "query".') : textOf(query);
}
function byDocumentId(id, { query, extensions, headers }, find) {
    if (query !== undefined || Object.hasOwn(extensions, 'persistedQuery'))
        return idAndBody;
    const document = id.length > longestId ? undefined : find?.(id, headers);
    return document === undefined ? notListed : textOf(document.text, { document });
}
/** Apollo's extension: the hash of a text, or the id of a document. */
function persistedText(persisted, { query, headers }, asking) {
    const { settings, known, find } = asking;
    const id = idIn(persisted);
    const isHash = id !== undefined && /^[0-9a-f]{64}$/.test(id);
    if (find !== undefined && id !== undefined && query === undefined) {
        const document = find(id, headers);
        if (document !== undefined)
            return textOf(document.text, { document });
        if (!settings.enabled || !isHash)
            return notListed;
    }
    if (!settings.enabled)
        return notSupported;
    if (!isHash)
        return oddHash;
    return query === undefined ? rememberedText(id, asking, known.get(id)) : checkedText(query, id);
}
function rememberedText(hash, { settings }, text) {
    if (text !== undefined)
        return textOf(text);
    return settings.store === undefined ? notFound : { kind: 'hash', hash };
}
function checkedText(query, hash) {
    if (digest(query) === hash)
        return textOf(query, { remember: hash });
    return refused('PERSISTED_QUERY_HASH_MISMATCH', 'provided sha does not match query');
}
function idIn(persisted) {
    if (typeof persisted !== 'object' || persisted === null)
        return undefined;
    const { version, sha256Hash } = persisted;
    if (version !== 1 || typeof sha256Hash !== 'string' || sha256Hash.length > longestId)
        return undefined;
    return sha256Hash;
}
function digest(text) {
    return createHash('sha256').update(text).digest('hex');
}
function textOf(text, { remember, document } = {}) {
    return { kind: 'text', text, remember, document };
}
function refused(code, message) {
    return { kind: 'refused', refusal: refusal(code, message) };
}
/** What a hash is answered with that no gateway knows. */
export const notFound = refused('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
const notSupported = refused('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
const notListed = refused('PERSISTED_QUERY_NOT_IN_LIST', 'No document with this id is listed for this client.');
const idAndBody = refused('CANNOT_SEND_PQ_ID_AND_BODY', 'A request names its document by an id or holds the text of an operation, not both.');
const oddHash = refused('BAD_REQUEST', 'extensions.persistedQuery needs "version": 1 and a "sha256Hash" of 64 hex digits.');
//# sourceMappingURL=persisted-texts.js.map