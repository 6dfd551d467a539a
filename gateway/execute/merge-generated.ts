import type { AnswerShape } from './fetch-document.ts';
import { isInheritedKey } from './gathered.ts';
import type { Gathered } from './gathered.ts';
import { generated, literal } from './generated.ts';
import { mergeKey, mergeValues } from './merge.ts';
import type { TypeMembership } from './type-membership.ts';

export type Merger = (target: Gathered, answer: Gathered) => void;

/** `mergeAnswer` for a constant shape: constant keys at the top; below, where two answers rarely meet, the plain way. */
export function merger(shape: AnswerShape, types: TypeMembership): Merger | undefined {
  const constants: unknown[] = [];
  const constant = (value: unknown): string => `c[${String(constants.push(value) - 1)}]`;
  const parts = [...shape].map(([key, below]) => {
    if (isInheritedKey(key) || key === '__typename') {
      const whole = (target: Gathered, answer: Gathered): void =>
        mergeKey(target, answer, { key, below, types });
      return `${constant(whole)}(t,e);`;
    }
    const name = literal(key);
    if (below === undefined) {
      return `x=e[${name}];if(x!==undefined&&(x!==null||t[${name}]===undefined))t[${name}]=x;`;
    }
    const deeper = (present: unknown, value: unknown): void => mergeValues(present, value, below, types);
    return `x=e[${name}];if(x!==undefined){p=t[${name}];if(p===undefined||p===null)t[${name}]=x;else if(x!==null)${constant(deeper)}(p,x)}`;
  });
  return generated(`return function(t,e){let x,p;${parts.join('')}}`, constants) as Merger | undefined;
}
