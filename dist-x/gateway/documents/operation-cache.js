import { LRUCache } from 'lru-cache';
/** Bytes an operation takes for each character of its text, syntax tree and all; measured. */
const bytesPerCharacter = 120;
/** A cache for each schema. */
export function operationCaches({ cache: { maxOperations, maxBytes }, }) {
    let last;
    const caches = new WeakMap();
    const of = (schema) => {
        const known = caches.get(schema);
        if (known !== undefined)
            return (last = known);
        const made = new LRUCache({
            max: maxOperations,
            maxSize: maxBytes,
            sizeCalculation: ({ operation }) => operation.text.length * bytesPerCharacter + 2048,
        });
        caches.set(schema, made);
        return (last = made);
    };
    return { of, stats: () => ({ entries: last?.size ?? 0, bytes: last?.calculatedSize ?? 0 }) };
}
/** No GraphQL text holds NUL, so a key with a name is never a text of its own. */
export function keyOf(text, operationName) {
    return operationName === undefined ? text : `\u0000${operationName}\u0000${text}`;
}
//# sourceMappingURL=operation-cache.js.map