import type { AnswerShape } from './fetch-document.ts';
import { isInheritedKey } from './gathered.ts';
import { generated, literal } from './generated.ts';
import type { Source } from './generated.ts';

/** A copy whose objects and lists may be extended without changing the original. */
export type Copier = (value: unknown) => unknown;

/**
 * `copyAnswer` for a constant shape: a function for each kind of object, so that V8 clones each in one go. Keys that nobody
 * asked for are copied too; whoever reads the copy passes them by. `undefined` for shapes with unusual keys.
 */
export function copier(shape: AnswerShape): Copier | undefined {
  const functions: Source[] = [];
  const root = copying(shape, functions);
  if (root === undefined) return undefined;
  return generated(`const A=c[0];${functions.join('')}return ${root}`, [Array.isArray]) as Copier | undefined;
}

/** The name of the function that copies a value of this shape. */
function copying(shape: AnswerShape, functions: Source[]): string | undefined {
  let members = '';
  for (const [key, below] of shape) {
    if (below === undefined) continue;
    const inner = isInheritedKey(key) ? undefined : copying(below, functions);
    if (inner === undefined) return undefined;
    const member = `r[${literal(key)}]`;
    members += `x=${member};if(x!==undefined&&x!==null)${member}=${inner}(x);`;
  }
  const name = `f${String(functions.length)}`;
  functions.push(`function ${name}(v){
    if(A(v)){const l=new Array(v.length);for(let i=0;i<v.length;i++)l[i]=${name}(v[i]);return l}
    if(typeof v!=="object"||v===null)return v;
    const r={...v};let x;${members}return r}`);
  return name;
}
