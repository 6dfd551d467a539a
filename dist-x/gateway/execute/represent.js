import { isObject, readOwn, typeNameOf, writeOwn } from "./gathered.js";
import { jsonText } from "./json-text.js";
import { applyRewrites } from "./rewrite.js";
/**
 * The JSON text by which a subgraph finds an entity again, or `undefined` when the object lacks a required field:
 * then the subgraph cannot be asked about it. A field that is null is sent as null.
 */
export function representation(object, input, types) {
    const typeName = typeNameOf(object);
    if (typeName === undefined)
        return undefined;
    const sent = { __typename: typeName };
    let isComplete = false;
    for (const requirement of input.requires) {
        if (!types.covers(requirement.onType, typeName))
            continue;
        const part = required(object, requirement.selections, types);
        if (part === undefined)
            continue;
        unite(sent, part);
        isComplete ||= requirement.isAddition !== true;
    }
    if (!isComplete)
        return undefined;
    applyRewrites(input.inputRewrites, sent, types);
    return jsonText(sent);
}
function required(object, selections, types) {
    const part = {};
    for (const selection of selections) {
        if (selection.kind === 'on') {
            const typeName = typeNameOf(object);
            if (typeName === undefined || !types.covers(selection.onType, typeName))
                continue;
            const inside = required(object, selection.selections, types);
            if (inside === undefined)
                return undefined;
            unite(part, inside);
            continue;
        }
        const value = requiredValue(readOwn(object, selection.readAs), selection.selections, types);
        if (value === undefined)
            return undefined;
        writeOwn(part, selection.sendAs, value);
    }
    return part;
}
function requiredValue(value, selections, types) {
    if (selections === undefined || value === null || value === undefined)
        return value;
    if (Array.isArray(value)) {
        const items = value.map((item) => requiredValue(item, selections, types));
        return items.includes(undefined) ? undefined : items;
    }
    return isObject(value) ? required(value, selections, types) : undefined;
}
/** Two selections on one object, sent as one: objects are united key by key, lists place by place. */
function unite(into, part) {
    for (const key of Object.keys(part)) {
        writeOwn(into, key, united(readOwn(into, key), part[key]));
    }
}
function united(present, value) {
    if (Array.isArray(present) && Array.isArray(value) && present.length === value.length) {
        return present.map((item, index) => united(item, value[index]));
    }
    if (!isObject(present) || !isObject(value))
        return value;
    const both = { ...present };
    unite(both, value);
    return both;
}
//# sourceMappingURL=represent.js.map