import { isInheritedKey } from "./gathered.js";
import { generated, literal } from "./generated.js";
/**
 * `copyAnswer` for a constant shape: a function for each kind of object, whose literal has all its keys at once. (Spread
 * objects get hidden classes that V8 makes anew for whatever is added to them.) `undefined` for shapes with keys that every
 * object inherits.
 */
export function copier(shape) {
    const functions = [];
    const root = copying(shape, functions);
    if (root === undefined)
        return undefined;
    return generated(`const A=c[0];${functions.join('')}return ${root}`, [Array.isArray]);
}
/** The name of the function that copies a value of this shape. */
function copying(shape, functions) {
    const members = [];
    for (const [key, below] of shape) {
        const inner = below === undefined ? '' : copying(below, functions);
        if (inner === undefined || isInheritedKey(key))
            return undefined;
        members.push({ key: literal(key), local: `a${String(members.length)}`, inner });
    }
    const name = `f${String(functions.length)}`;
    functions.push(`function ${name}(v){
    if(A(v)){const l=new Array(v.length);for(let i=0;i<v.length;i++)l[i]=${name}(v[i]);return l}
    if(typeof v!=="object"||v===null)return v;
    ${objectCode(members)}}`);
    return name;
}
/** Objects of one type have all keys of the shape; of several types, each its own. */
function objectCode(members) {
    const each = (code, between = '') => members.map(code).join(between);
    const reads = each(({ key, local, inner }) => `const ${local}=${inner}(v[${key}]);`);
    const hasAll = each(({ local }) => `${local}!==undefined`, '&&') || 'true';
    const whole = each(({ key, local }) => `${key}:${local}`, ',');
    const parts = each(({ key, local }) => `if(${local}!==undefined)r[${key}]=${local};`);
    return `${reads}if(${hasAll})return{${whole}};const r={};${parts}return r`;
}
//# sourceMappingURL=copy-generated.js.map