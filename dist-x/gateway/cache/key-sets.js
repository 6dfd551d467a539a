import { Kind, parse } from 'graphql';
export function keySet(text) {
    try {
        const [definition] = parse(`{${text}}`, { noLocation: true }).definitions;
        if (definition?.kind !== Kind.OPERATION_DEFINITION)
            return undefined;
        const fields = fieldsOf(definition.selectionSet);
        return { name: nameOf(fields), fields };
    }
    catch {
        return undefined;
    }
}
function fieldsOf({ selections }) {
    return selections
        .flatMap((one) => {
        if (one.kind !== Kind.FIELD || one.name.value === '__typename')
            return [];
        return [
            {
                name: one.name.value,
                below: one.selectionSet === undefined ? undefined : fieldsOf(one.selectionSet),
            },
        ];
    })
        .sort((a, b) => (a.name < b.name ? -1 : 1));
}
const nameOf = (fields) => fields.map(({ name, below }) => (below === undefined ? name : `${name}{${nameOf(below)}}`)).join(' ');
/** The key's values in one form for all who write them; `undefined` when one is missing. Numbers equal their text. */
export function keyText({ name, fields }, object, read = readPlain) {
    const values = valuesOf(fields, object, { read, path: '' });
    return values === undefined ? undefined : `${name}=${JSON.stringify(values)}`;
}
function valuesOf(fields, object, { read, path }) {
    const values = [];
    for (const { name, below } of fields) {
        const value = read(object, name, path);
        const text = below === undefined ? leafText(value) : nested(below, value, { read, path: `${path}.${name}` });
        if (text === undefined)
            return undefined;
        values.push(text);
    }
    return values;
}
function nested(below, value, reading) {
    if (Array.isArray(value)) {
        const all = value.map((one) => nested(below, one, reading));
        return all.includes(undefined) ? undefined : all;
    }
    if (typeof value !== 'object' || value === null)
        return undefined;
    return valuesOf(below, value, reading);
}
function leafText(value) {
    if (typeof value === 'string')
        return value;
    if (typeof value === 'number' || typeof value === 'boolean')
        return String(value);
    if (value === undefined)
        return undefined;
    return value === null ? null : JSON.stringify(value);
}
const readPlain = (object, field) => (Object.hasOwn(object, field) ? object[field] : undefined);
//# sourceMappingURL=key-sets.js.map