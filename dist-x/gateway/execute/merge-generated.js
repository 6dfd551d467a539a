import { isInheritedKey } from "./gathered.js";
import { generated, literal } from "./generated.js";
import { mergeKey, mergeValues } from "./merge.js";
/** `mergeAnswer` for a constant shape: constant keys at the top; below, where two answers rarely meet, the plain way. */
export function merger(shape, types) {
    const constants = [];
    const constant = (value) => `c[${String(constants.push(value) - 1)}]`;
    const parts = [...shape].map(([key, below]) => {
        if (isInheritedKey(key) || key === '__typename') {
            const whole = (target, answer) => mergeKey(target, answer, { key, below, types });
            return `${constant(whole)}(t,e);`;
        }
        const name = literal(key);
        if (below === undefined) {
            return `x=e[${name}];if(x!==undefined&&(x!==null||t[${name}]===undefined))t[${name}]=x;`;
        }
        const deeper = (present, value) => mergeValues(present, value, below, types);
        return `x=e[${name}];if(x!==undefined){p=t[${name}];if(p===undefined||p===null)t[${name}]=x;else if(x!==null)${constant(deeper)}(p,x)}`;
    });
    return generated(`return function(t,e){let x,p;${parts.join('')}}`, constants);
}
//# sourceMappingURL=merge-generated.js.map