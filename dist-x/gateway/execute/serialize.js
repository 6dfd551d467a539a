import { isAbstractType, isEnumType, isInterfaceType, isLeafType, isListType, isNonNullType, isObjectType, } from 'graphql';
import { leafText } from "./complete.js";
import { readOwn } from "./gathered.js";
import { generated, literal, readCode } from "./generated.js";
import { stringText } from "./json-text.js";
/** Operations that would need more are completed the plain way: code is not worth any price. */
const longestSource = 200_000;
/**
 * Generates the function that writes one operation's responses: one function per type and selection, reading constant
 * keys. `undefined` when the operation is too large for it, or generated code is forbidden.
 */
export function serializer(input) {
    const code = new ResponseCode(input);
    const root = code.object(input.shapes.rootType, input.shapes.root);
    const source = code.source();
    if (source === undefined)
        return undefined;
    // The cast names the type of what the source returns; nothing can check it.
    return generated(`const [own,B,q,A]=c;let I;${source};return function(d,i){I=i;return ${root}(d)}`, [
        readOwn,
        bail,
        stringText,
        Array.isArray,
        ...code.constants,
    ]);
}
/** Thrown, not returned: the unusual case then costs nothing where things are as they should be. */
const unusual = new Error('This response needs the plain completion.');
function bail() {
    throw unusual;
}
const fixedConstants = 4;
class ResponseCode {
    constants = [];
    #input;
    #names = new Map();
    #functions = [];
    #length = 0;
    constructor(input) {
        this.#input = input;
    }
    source() {
        return this.#length > longestSource ? undefined : this.#functions.join('');
    }
    /** The name of the function that writes an object of a known type. */
    object(type, selected) {
        return this.#function(`object ${type.name} ${selected.id}`, () => {
            const { fields, isWhole } = this.#input.shapes.of(type, selected);
            if (!isWhole)
                return 'B()';
            let separator = '{';
            const parts = fields.map((field) => {
                const prefix = `${separator}${JSON.stringify(field.responseKey)}:`;
                separator = ',';
                return `${literal(prefix)}+${this.#field(type, field)}`;
            });
            const text = parts.length === 0 ? '"{}"' : `${parts.join('+')}+"}"`;
            return `if(typeof v!=="object"||v===null||A(v))B();return ${text}`;
        });
    }
    #function(key, body) {
        const known = this.#names.get(key);
        if (known !== undefined)
            return known;
        const name = `f${String(this.#names.size)}`;
        this.#names.set(key, name);
        if (this.#length > longestSource)
            return name;
        const source = `function ${name}(v){${body()}}`;
        this.#length += source.length;
        this.#functions.push(source);
        return name;
    }
    #constant(value) {
        this.constants.push(value);
        return `c[${String(this.constants.length - 1 + fixedConstants)}]`;
    }
    #field(type, field) {
        switch (field.kind) {
            case 'typename':
                return isObjectType(type) ? literal(JSON.stringify(type.name)) : 'B()';
            case 'introspection':
                return `(I.get(${this.#constant(field.nodes[0])})??B())`;
            case 'denied':
                return isNonNullType(field.type) ? 'B()' : '"null"';
            case 'data':
                return `${this.#reader(field)}(${readCode('v', field.dataKey)})`;
        }
    }
    /** The name of the function that writes a field's value. */
    #reader(field) {
        return this.#value(field.type, field.selected);
    }
    #value(type, selected) {
        return this.#function(`value ${String(type)} ${selected?.id ?? ''}`, () => {
            if (!isNonNullType(type))
                return `return v===null?"null":${this.#present(type, selected)}`;
            return `return ${this.#present(type.ofType, selected)}`;
        });
    }
    #present(type, selected) {
        if (isListType(type))
            return `${this.#list(type.ofType, selected)}(v)`;
        if (isLeafType(type))
            return this.#leaf(type);
        const on = selected ?? { id: '', sets: [] };
        if (isAbstractType(type))
            return `${this.#abstract(type, on)}(v)`;
        return isObjectType(type) ? `${this.object(type, on)}(v)` : 'B()';
    }
    #list(item, selected) {
        return this.#function(`list ${String(item)} ${selected?.id ?? ''}`, () => {
            const write = this.#value(item, selected);
            return `if(!A(v))B();if(v.length===0)return"[]";let s="["+${write}(v[0]);for(let i=1;i<v.length;i++)s+=","+${write}(v[i]);return s+"]"`;
        });
    }
    #abstract(type, selected) {
        return this.#function(`abstract ${type.name} ${selected.id}`, () => {
            const types = [...this.#input.schema.getPossibleTypes(type)];
            if (isInterfaceType(type))
                types.push(type);
            const cases = types.map((one) => `case ${literal(one.name)}:return ${this.object(one, selected)}(v);`);
            return `if(typeof v!=="object"||v===null)B();switch(${readCode('v', '__typename')}){${cases.join('')}}B()`;
        });
    }
    #leaf(type) {
        const string = this.#input.escapes ? 'q(v)' : `'"'+v+'"'`;
        if (isEnumType(type)) {
            return `(${this.#constant(new Set(type.getValues().map((value) => value.name)))}.has(v)?'"'+v+'"':B())`;
        }
        switch (type.name) {
            case 'String':
                return `(typeof v==="string"?${string}:B())`;
            case 'ID':
                return `(typeof v==="string"?${string}:Number.isSafeInteger(v)?'"'+v+'"':B())`;
            case 'Int':
                return `((v|0)===v?""+v:B())`;
            case 'Float':
                return `(Number.isFinite(v)?""+v:B())`;
            case 'Boolean':
                return `(v===true?"true":v===false?"false":B())`;
            default:
                return `(typeof v==="string"?${string}:v===null||v===undefined?B():${this.#constant((value) => leafText(type, value))}(v)??B())`;
        }
    }
}
//# sourceMappingURL=serialize.js.map