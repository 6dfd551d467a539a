import { getNamedType, isInputObjectType, isListType, isNonNullType, Kind, } from 'graphql';
const nothing = { read: () => undefined, isConstant: true };
/** Reads the value at a path that begins with an argument of a field; defaults of the schema count as given. */
export function readingAt(args, node, [name, ...path]) {
    const argument = args.find((one) => one.name === name);
    if (argument === undefined)
        return nothing;
    const given = node.arguments?.find((one) => one.name.value === name)?.value;
    const fallback = () => constant(insideOf(argument.defaultValue, argument.type, path));
    return given === undefined ? fallback() : readingOf(given, argument.type, path, fallback);
}
function readingOf(value, type, path, fallback) {
    if (value.kind === Kind.VARIABLE) {
        const name = value.name.value;
        const { read } = fallback();
        return {
            isConstant: false,
            read: (variables) => {
                const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
                return given === undefined ? read(variables) : insideOf(given, type, path);
            },
        };
    }
    if (value.kind === Kind.OBJECT && path.length > 0)
        return insideOfObject(value, type, path);
    if (path.length > 0)
        return nothing;
    return literal(value);
}
function insideOfObject(value, type, [name = '', ...path]) {
    const object = getNamedType(type);
    const field = isInputObjectType(object) ? object.getFields()[name] : undefined;
    if (field === undefined)
        return nothing;
    const given = value.fields.find((one) => one.name.value === name)?.value;
    const fallback = () => constant(insideOf(field.defaultValue, field.type, path));
    return given === undefined ? fallback() : readingOf(given, field.type, path, fallback);
}
/** Only numbers and the lengths of lists are asked for. */
function literal(value) {
    if (value.kind === Kind.INT || value.kind === Kind.FLOAT)
        return constant(Number(value.value));
    if (value.kind === Kind.NULL)
        return constant(null);
    if (value.kind === Kind.LIST)
        return constant(value.values);
    return constant(value);
}
const constant = (value) => ({ read: () => value, isConstant: true });
function insideOf(value, type, path) {
    let at = value;
    let within = type;
    for (const step of path) {
        if (typeof at !== 'object' || at === null || Array.isArray(at))
            return at === null ? null : undefined;
        const named = getNamedType(within);
        const field = isInputObjectType(named) ? named.getFields()[step] : undefined;
        if (field === undefined)
            return undefined;
        const own = Object.hasOwn(at, step) ? Reflect.get(at, step) : undefined;
        at = own === undefined ? field.defaultValue : own;
        within = field.type;
    }
    return at;
}
/** The type of a list's items, `undefined` for what is no list. */
export function itemType(type) {
    const nullable = isNonNullType(type) ? type.ofType : type;
    return isListType(nullable) ? nullable.ofType : undefined;
}
//# sourceMappingURL=input-values.js.map