import { coerceInputValue, isInputObjectType, isListType, isInputType, isNonNullType, typeFromAST, valueFromAST, } from 'graphql';
/** Stops the coercion of one variable; thousands of wrong list items would hold the event loop. */
class EnoughErrors extends Error {
}
const mostErrors = 5;
/**
 * Values of an operation's variables by section 6.1.2 of the GraphQL specification, defaults filled in.
 * Refused with at most five errors, which name places and types and never repeat a value: it may be a secret.
 */
export function variablesOf(operation, given, schema) {
    const definitions = operation.variableDefinitions;
    if (definitions === undefined || definitions.length === 0)
        return none;
    const errors = [];
    // Without a prototype, so that a variable called __proto__ is a variable.
    const values = Object.create(null);
    for (const definition of definitions) {
        const name = definition.variable.name.value;
        const type = typeFromAST(schema, definition.type);
        if (!isInputType(type))
            continue;
        const value = valueOf(definition, given, { type, errors });
        if (value !== absent)
            values[name] = value;
        if (errors.length >= mostErrors)
            break;
    }
    return errors.length === 0
        ? { ok: true, values }
        : { ok: false, refusal: { code: 'BAD_USER_INPUT', errors } };
}
const none = { ok: true, values: Object.freeze(Object.create(null)) };
const absent = Symbol('absent');
function valueOf(definition, given, { type, errors }) {
    const name = definition.variable.name.value;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined && definition.defaultValue !== undefined)
        return valueFromAST(definition.defaultValue, type);
    if (value === undefined && !isNonNullType(type))
        return absent;
    if (isNonNullType(type) && (value === undefined || value === null)) {
        const wrong = value === null ? 'must not be null' : 'was not provided';
        errors.push(inputError(`Variable "$${name}" of required type "${String(type)}" ${wrong}.`));
        return absent;
    }
    try {
        return coerceInputValue(value, type, (path, _value, { message }) => {
            errors.push(inputError(sentence({ name, path, type }, message)));
            if (errors.length >= mostErrors)
                throw new EnoughErrors();
        });
    }
    catch (error) {
        if (error instanceof EnoughErrors)
            return absent;
        throw error;
    }
}
function sentence({ name, path, type }, message) {
    const at = path.length === 0 ? `"$${name}"` : `"$${name}" at "${short(path.join('.'))}"`;
    const required = /^Field "(\w+)" of required type "[^"]*" was not provided\.$/.exec(message);
    if (required !== null)
        return `Variable ${at}: ${message}`;
    const unknown = /^Field "([^"]*)" is not defined by type "(\w+)"/.exec(message);
    if (unknown !== null)
        return `Variable ${at}: field "${short(unknown[1] ?? '')}" is not defined by type "${unknown[2] ?? ''}".`;
    return `Variable ${at}: expected a value of type "${String(typeAt(type, path))}".`;
}
function typeAt(type, path) {
    let at = type;
    for (const step of path) {
        const inner = isNonNullType(at) ? at.ofType : at;
        if (isListType(inner))
            at = inner.ofType;
        else if (isInputObjectType(inner))
            at = inner.getFields()[step]?.type ?? at;
    }
    return at;
}
function short(text) {
    return text.length <= 100 ? text : `${text.slice(0, 100)}…`;
}
function inputError(message) {
    return { message, extensions: { code: 'BAD_USER_INPUT' } };
}
//# sourceMappingURL=variables.js.map