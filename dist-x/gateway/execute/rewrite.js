import { isObject, readOwn, typeNameOf, writeOwn } from "./gathered.js";
/** Changes a value in place as the plan says. A key that is there is renamed whatever its value: 0, "" and null too. */
export function applyRewrites(rewrites, value, types) {
    for (const rewrite of rewrites) {
        const last = rewrite.path.at(-1);
        if (last?.kind !== 'key')
            continue;
        atPath(rewrite.path.slice(0, -1), value, types, (object) => change(object, rewrite, last.name));
    }
}
function change(object, rewrite, key) {
    if (rewrite.kind === 'setValue') {
        writeOwn(object, key, rewrite.value);
        return;
    }
    if (!Object.hasOwn(object, key) || key === rewrite.to)
        return;
    writeOwn(object, rewrite.to, object[key]);
    Reflect.deleteProperty(object, key);
}
function atPath(path, value, types, act) {
    if (Array.isArray(value)) {
        for (const item of value)
            atPath(path, item, types, act);
        return;
    }
    if (!isObject(value))
        return;
    const [step, ...rest] = path;
    if (step === undefined) {
        act(value);
        return;
    }
    if (step.kind === 'key') {
        atPath(rest, readOwn(value, step.name), types, act);
        return;
    }
    // An object that does not say its type stands where only one type can stand.
    const typeName = typeNameOf(value);
    if (typeName === undefined || types.covers(step.typeName, typeName))
        atPath(rest, value, types, act);
}
//# sourceMappingURL=rewrite.js.map