import { readOwn } from "./gathered.js";
import { generated, literal, readCode } from "./generated.js";
import { jsonText } from "./json-text.js";
/**
 * `representation` for a constant plan: one function per runtime type that writes the JSON text. Where a type has a
 * single required field, its value finds the equal ones, and their texts are never written. `undefined` for the rare
 * plans whose representations depend on more than the object's own type.
 */
export function representer(input, types) {
    if (input.contextRewrites.length > 0)
        return undefined;
    const fields = fieldsByType(input, types);
    const sentNames = fields && sentTypeNames(input.inputRewrites, [...fields.keys()], types);
    if (fields === undefined || sentNames === undefined)
        return undefined;
    const code = new RepresentationCode();
    const cases = [...fields].map(([typeName, selections], index) => {
        const name = code.typed(sentNames.get(typeName) ?? typeName, selections);
        return {
            map: `m${String(index)}`,
            text: `case ${literal(typeName)}:r=${name}(v,m${String(index)},texts);break;`,
        };
    });
    const maps = cases.map(({ map }) => `const ${map}=new Map();`).join('');
    const source = `const [own,J,A]=c;${code.functions.join('')}
    return function(targets,texts){${maps}const places=new Array(targets.length);
      for(let i=0;i<targets.length;i++){const v=targets[i];let r=-1;
        switch(${readCode('v', '__typename')}){${cases.map(({ text }) => text).join('')}}places[i]=r}
      return places}`;
    return generated(source, [readOwn, jsonText, Array.isArray]);
}
/** What each runtime type must send; `undefined` when two requirements meet in one type, or may. */
function fieldsByType(input, types) {
    const byType = new Map();
    for (const requirement of input.requires) {
        if (requirement.isAddition === true)
            return undefined;
        for (const typeName of types.namesUnder(requirement.onType)) {
            if (byType.has(typeName))
                return undefined;
            const fields = fieldsOn(typeName, requirement.selections, types);
            if (new Set(fields.map((field) => field.sendAs)).size < fields.length)
                return undefined;
            if (fields.some((field) => !isSimple(field)))
                return undefined;
            byType.set(typeName, fields);
        }
    }
    return byType;
}
/** Type conditions on the entity itself are decided by its type. */
function fieldsOn(typeName, selections, types) {
    return selections.flatMap((one) => {
        if (one.kind === 'field')
            return one.sendAs === '__typename' && one.readAs === '__typename' ? [] : [one];
        return types.covers(one.onType, typeName) ? fieldsOn(typeName, one.selections, types) : [];
    });
}
function isSimple({ selections, sendAs }) {
    if (sendAs === '__proto__' || sendAs === '__typename')
        return false;
    const fields = selections ?? [];
    const names = new Set(fields.map((one) => (one.kind === 'field' ? one.sendAs : '')));
    return names.size === fields.length && fields.every((one) => one.kind === 'field' && isSimpleInside(one));
}
/** Below the entity `__typename` is a field like any other. */
const isSimpleInside = (field) => isSimple(field.sendAs === '__typename' ? { ...field, sendAs: 'typename' } : field);
/** The planner rewrites what representations are called for `@interfaceObject`s; `undefined` for any other rewrite. */
function sentTypeNames(rewrites, typeNames, types) {
    const sent = new Map(typeNames.map((name) => [name, name]));
    for (const rewrite of rewrites) {
        const conditions = rewrite.path.slice(0, -1);
        const last = rewrite.path.at(-1);
        if (rewrite.kind !== 'setValue' || typeof rewrite.value !== 'string')
            return undefined;
        if (last?.kind !== 'key' || last.name !== '__typename')
            return undefined;
        if (conditions.some((step) => step.kind === 'key'))
            return undefined;
        for (const name of typeNames) {
            // As in the plain way, a later rewrite sees what an earlier one has set.
            const current = sent.get(name) ?? name;
            const applies = conditions.every((step) => step.kind === 'onType' && types.covers(step.typeName, current));
            if (applies)
                sent.set(name, rewrite.value);
        }
    }
    return sent;
}
class RepresentationCode {
    functions = [];
    /** A function that gives the place of one object's representation. */
    typed(sentName, fields) {
        const { reads, text } = this.#members(fields, 'return -1');
        const whole = `${literal(`{"__typename":${JSON.stringify(sentName)}`)}${text === '' ? '' : `+","+${text}`}+"}"`;
        const isSingle = fields.length === 1 && fields[0]?.selections === undefined;
        const find = isSingle
            ? `let r=m.get(a0);if(r!==undefined)return r;r=texts.push(${whole})-1;m.set(a0,r);return r`
            : `const t=${whole};let r=m.get(t);if(r!==undefined)return r;r=texts.push(t)-1;m.set(t,r);return r`;
        return this.#add(`(v,m,texts){${reads}${find}}`);
    }
    /** A function that gives the text of a nested value: of an object, of a list of them, or null. */
    #nested(fields) {
        const { reads, text } = this.#members(fields, 'return undefined');
        const name = this.#add('');
        this.functions.push(`function ${name}(v){
      if(v===null)return"null";
      if(A(v)){let s="[";for(let i=0;i<v.length;i++){const t=${name}(v[i]);if(t===undefined)return undefined;s+=i===0?t:","+t}return s+"]"}
      if(typeof v!=="object")return undefined;
      ${reads}return "{"${text === '' ? '' : `+${text}`}+"}"}`);
        return name;
    }
    #members(fields, missing) {
        let reads = '';
        const members = fields.map((field, index) => {
            const value = `a${String(index)}`;
            const read = readCode('v', field.readAs);
            const nested = field.selections?.filter((one) => one.kind === 'field');
            reads += `const ${value}=${nested === undefined ? read : `${this.#nested(nested)}(${read})`};`;
            reads += `if(${value}===undefined)${missing};`;
            const key = `${index === 0 ? '' : ','}${JSON.stringify(field.sendAs)}:`;
            return `${literal(key)}+${nested === undefined ? `J(${value})` : value}`;
        });
        return { reads, text: members.join('+') };
    }
    #add(code) {
        const name = `t${String(this.#count)}`;
        this.#count += 1;
        if (code !== '')
            this.functions.push(`function ${name}${code}`);
        return name;
    }
    #count = 0;
}
//# sourceMappingURL=represent-generated.js.map