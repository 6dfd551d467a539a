import { meets } from "./collect.js";
import { readOwn } from "./gathered.js";
import { generated, literal, readCode } from "./generated.js";
/** `collect` for constant paths: nested loops with constant keys. */
export function collector(paths, types) {
    const constants = [readOwn, Array.isArray];
    const loops = paths.map((path) => stepsCode(path, 0, { types, constants }));
    const source = `const [own,A]=c;
    function end(v,out){if(A(v))for(let i=0;i<v.length;i++)end(v[i],out);else if(typeof v==="object"&&v!==null)out.push(v)}
    return function(v0){const out=[];${loops.join('')}return out}`;
    return generated(source, constants);
}
function stepsCode(path, at, coding) {
    const step = path[at];
    const from = `v${String(at)}`;
    if (step === undefined)
        return `end(${from},out);`;
    const to = `v${String(at + 1)}`;
    const rest = conditioned(step, to, coding, stepsCode(path, at + 1, coding));
    if (step.kind === 'field') {
        return `if(typeof ${from}==="object"&&${from}!==null&&!A(${from})){const ${to}=${readCode(from, step.name)};${rest}}`;
    }
    const index = `i${String(at)}`;
    return `if(A(${from}))for(let ${index}=0;${index}<${from}.length;${index}++){const ${to}=${from}[${index}];${rest}}`;
}
function conditioned(step, value, { types, constants }, rest) {
    if (step.onTypes === undefined)
        return rest;
    constants.push((found) => meets(found, step, types));
    return `if(c[${literal(String(constants.length - 1))}](${value})){${rest}}`;
}
//# sourceMappingURL=collect-generated.js.map