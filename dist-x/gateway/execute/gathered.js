const inheritedKeys = new Set(Object.getOwnPropertyNames(Object.prototype));
/** Whether an ordinary object answers to this key without owning it (`constructor`, `__proto__` …). */
export function isInheritedKey(key) {
    return inheritedKeys.has(key);
}
export function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The object's own value: what it inherits is never data. */
export function readOwn(object, key) {
    return Object.hasOwn(object, key) ? object[key] : undefined;
}
/** Sets an own property, also for `__proto__`, where an assignment would change the prototype. */
export function writeOwn(object, key, value) {
    if (key !== '__proto__') {
        object[key] = value;
        return;
    }
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
/** The `__typename` an object came with. */
export function typeNameOf(object) {
    return typeof object['__typename'] === 'string' ? object['__typename'] : undefined;
}
//# sourceMappingURL=gathered.js.map