import { isAbstractType, isEnumType, isInterfaceType, isLeafType, isListType, isNonNullType, isObjectType, } from 'graphql';
import { ErrorList } from "./errors.js";
import { isObject, readOwn, typeNameOf } from "./gathered.js";
import { jsonText, stringText } from "./json-text.js";
/**
 * Turns gathered data into the client's response by GraphQL's rules (specification section 6.4): the plain way, which
 * covers every case and knows paths. The generated serializer must give the same text wherever it gives one.
 */
export function completeResponse(input) {
    const completion = new Completion(input);
    const data = completion.fields(input.shapes.rootType, input.shapes.root, input.run.data);
    return { data: data ?? 'null', valueCompletion: completion.problems };
}
class Completion {
    problems;
    #input;
    #path = [];
    constructor(input) {
        this.#input = input;
        this.problems = new ErrorList(input.maxErrors);
    }
    /** All fields of an object, or `undefined` when one of them took the object with it. */
    fields(type, selected, value) {
        let text = '';
        for (const field of this.#input.shapes.of(type, selected).fields) {
            this.#path.push(field.responseKey);
            const fieldText = this.#field(type, field, value);
            this.#path.pop();
            if (fieldText === undefined)
                return undefined;
            text += `${text === '' ? '{' : ','}${JSON.stringify(field.responseKey)}:${fieldText}`;
        }
        return text === '' ? '{}' : `${text}}`;
    }
    #field(type, field, value) {
        switch (field.kind) {
            case 'typename':
                if (isObjectType(type))
                    return stringText(type.name);
                this.#report(`Invalid __typename found for object of type ${type.name}.`);
                return undefined;
            case 'introspection':
                return this.#introspection(field.nodes[0]);
            case 'denied':
                return isNonNullType(field.type) ? undefined : 'null';
            case 'data':
                return this.#data(field, value);
        }
    }
    #data(field, object) {
        const value = readOwn(object, field.dataKey);
        if (value === undefined && !isNonNullType(field.type)) {
            this.#reportMissing(field, object);
            return 'null';
        }
        return this.#nullable(field.type, this.#value(field.type, field, value));
    }
    /** A plan that forgot a field, or a subgraph that left it out, must not look like a field that is null. */
    #reportMissing(field, object) {
        const { errors, unknown } = this.#input.run;
        if (unknown.has(object) || errors.explains(this.#path))
            return;
        const code = 'SUBREQUEST_HTTP_ERROR';
        const message = `No subgraph gave a value for field ${field.coordinate}.`;
        errors.add({ message, path: [...this.#path], extensions: { code } });
    }
    #introspection(node) {
        const text = node && this.#input.introspection.get(node);
        if (text !== undefined || node === undefined)
            return text;
        this.#report(`Introspection (${node.name.value}) is answered at the root of a query only.`);
        return node.name.value === '__type' ? 'null' : undefined;
    }
    /** Whether a null stays here (`'null'`) or goes on to the parent (`undefined`). */
    #nullable(type, outcome) {
        if (typeof outcome === 'string')
            return outcome;
        return isNonNullType(type) ? undefined : 'null';
    }
    #value(type, field, value) {
        if (isNonNullType(type)) {
            const outcome = this.#value(type.ofType, field, value);
            if (outcome === null)
                this.#report(`Cannot return null for non-nullable ${this.#place(type.ofType, field)}.`);
            return outcome ?? undefined;
        }
        if (value === null || value === undefined)
            return null;
        if (isListType(type))
            return this.#list(type.ofType, field, value);
        if (isLeafType(type))
            return this.#leaf(type, field, value);
        if (!isObject(value))
            return this.#invalid(`Invalid non-object value found for ${this.#place(type, field)}.`);
        return this.#object(type, field, value);
    }
    #object(type, field, value) {
        const selected = field.selected ?? { id: '', sets: [] };
        const actual = isAbstractType(type) ? this.#runtimeType(type, value) : type;
        if (actual !== undefined && this.#input.shapes.of(actual, selected).isWhole) {
            return this.fields(actual, selected, value);
        }
        this.#report(`Invalid __typename found for object at ${this.#place(type, field)}.`);
        return undefined;
    }
    #list(itemType, field, value) {
        if (!Array.isArray(value))
            return this.#invalid(`Invalid non-list value found for field ${field.coordinate}.`);
        const items = [];
        for (const [index, item] of value.entries()) {
            this.#path.push(index);
            const text = this.#nullable(itemType, this.#value(itemType, field, item));
            this.#path.pop();
            if (text === undefined)
                return undefined;
            items.push(text);
        }
        return `[${items.join(',')}]`;
    }
    #leaf(type, field, value) {
        return leafText(type, value) ?? this.#invalid(`Invalid value found for ${this.#place(type, field)}.`);
    }
    #runtimeType(type, value) {
        return runtimeType(this.#input.schema, type, typeNameOf(value));
    }
    #place(type, field) {
        const last = this.#path.at(-1);
        if (typeof last !== 'number')
            return `field ${field.coordinate}`;
        return `array element of type ${String(type)} at index ${String(last)}`;
    }
    #invalid(message) {
        this.#report(message);
        return undefined;
    }
    #report(message) {
        if (this.problems.isFull) {
            this.problems.add({ message, extensions: { code: 'INVALID_GRAPHQL' } });
            return;
        }
        this.problems.add({ message, path: [...this.#path], extensions: { code: 'INVALID_GRAPHQL' } });
    }
}
/**
 * The client type of an object that stands where an abstract type is declared. An object that only an
 * `@interfaceObject` subgraph spoke of carries the interface's own name: it is completed by the interface's fields, where
 * no others are selected.
 */
function runtimeType(schema, declared, typeName) {
    const type = typeName === undefined ? undefined : schema.getType(typeName);
    if (isObjectType(type))
        return schema.isSubType(declared, type) ? type : undefined;
    return type !== undefined && type === declared && isInterfaceType(type) ? type : undefined;
}
/** A leaf as JSON text; `undefined` when it is no value of its type. */
export function leafText(type, value) {
    if (isEnumType(type)) {
        return typeof value === 'string' && type.getValue(value) ? stringText(value) : undefined;
    }
    return Object.hasOwn(builtInText, type.name) ? builtInText[type.name]?.(value) : customScalarText(value);
}
const stringOnly = (value) => typeof value === 'string' ? stringText(value) : undefined;
const builtInText = {
    String: stringOnly,
    // Subgraphs that keep numbers as ids say so in JSON; clients are promised strings.
    ID: (value) => (Number.isSafeInteger(value) ? `"${String(value)}"` : stringOnly(value)),
    Int: (value) => (typeof value === 'number' && (value | 0) === value ? String(value) : undefined),
    Float: (value) => (Number.isFinite(value) ? String(value) : undefined),
    Boolean: (value) => (typeof value === 'boolean' ? String(value) : undefined),
};
function customScalarText(value) {
    try {
        return jsonText(value);
    }
    catch {
        return undefined; // nested too deeply to be printed
    }
}
//# sourceMappingURL=complete.js.map