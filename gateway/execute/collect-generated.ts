import type { EntityPath, PathStep } from '../model/plan.ts';
import { meets } from './collect.ts';
import { readOwn } from './gathered.ts';
import type { Gathered } from './gathered.ts';
import { generated, literal, readCode } from './generated.ts';
import type { Source } from './generated.ts';
import type { TypeMembership } from './type-membership.ts';

export type Collector = (data: Gathered) => Gathered[];

/** `collect` for constant paths: nested loops with constant keys. */
export function collector(paths: readonly EntityPath[], types: TypeMembership): Collector | undefined {
  const constants: unknown[] = [readOwn, Array.isArray];
  const loops = paths.map((path) => stepsCode(path, 0, { types, constants }));
  const source = `const [own,A]=c;
    function end(v,out){if(A(v))for(let i=0;i<v.length;i++)end(v[i],out);else if(typeof v==="object"&&v!==null)out.push(v)}
    return function(v0){const out=[];${loops.join('')}return out}`;
  return generated(source, constants) as Collector | undefined;
}

interface Coding {
  readonly types: TypeMembership;
  readonly constants: unknown[];
}

function stepsCode(path: EntityPath, at: number, coding: Coding): Source {
  const step = path[at];
  const from = `v${String(at)}`;
  if (step === undefined) return `end(${from},out);`;
  const to = `v${String(at + 1)}`;
  const rest = conditioned(step, to, coding, stepsCode(path, at + 1, coding));
  if (step.kind === 'field') {
    return `if(typeof ${from}==="object"&&${from}!==null&&!A(${from})){const ${to}=${readCode(from, step.name)};${rest}}`;
  }
  const index = `i${String(at)}`;
  return `if(A(${from}))for(let ${index}=0;${index}<${from}.length;${index}++){const ${to}=${from}[${index}];${rest}}`;
}

function conditioned(step: PathStep, value: string, { types, constants }: Coding, rest: Source): Source {
  if (step.onTypes === undefined) return rest;
  constants.push((found: unknown) => meets(found, step, types));
  return `if(c[${literal(String(constants.length - 1))}](${value})){${rest}}`;
}
