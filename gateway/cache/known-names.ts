import { nearestOf } from './nearest-name.ts';
import type { SchemaFacts } from './schema-facts.ts';

/** What to say of a subgraph that the supergraph does not have; `undefined`: it has it. */
export function unknownSubgraph(name: string, { subgraphs }: SchemaFacts): string | undefined {
  return subgraphs.has(name) ? undefined : meant(`no subgraph "${name}"`, name, subgraphs);
}

/** The same of a type, in one subgraph or, without one, in any. */
export function unknownType(type: string, subgraph: string | undefined, facts: SchemaFacts) {
  const places = subgraph === undefined ? [...facts.subgraphs] : [subgraph];
  const known = new Set(places.flatMap((place) => [...facts.typesOf(place)]));
  if (known.has(type)) return undefined;
  const where = subgraph === undefined ? 'any subgraph' : `"${subgraph}"`;
  return meant(`no type "${type}" in ${where}`, type, known);
}

/** The problem, with the name that was probably meant. */
export function meant(problem: string, given: string, known: Iterable<string>): string {
  const near = nearestOf(given, known);
  return near === undefined ? problem : `${problem}; did you mean "${near}"?`;
}
