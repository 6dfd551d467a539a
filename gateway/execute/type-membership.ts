import { isAbstractType, isObjectType } from 'graphql';
import type { GraphQLSchema } from 'graphql';

/** Answers which runtime types a type condition of a plan covers. */
export interface TypeMembership {
  /** Whether an object whose `__typename` is `typeName` meets the condition. */
  readonly covers: (condition: string, typeName: string) => boolean;
  /** All values of `__typename` that meet the condition: its possible types, its own name, names of interfaces under it. */
  readonly namesUnder: (condition: string) => ReadonlySet<string>;
  /** False for interfaces, unions and names the schema does not have. */
  readonly isConcrete: (name: string) => boolean;
}

export function typeMembership(schema: GraphQLSchema): TypeMembership {
  const known = new Map<string, ReadonlySet<string>>();

  function namesUnder(condition: string): ReadonlySet<string> {
    const found = known.get(condition);
    if (found !== undefined) return found;
    const type = schema.getType(condition);
    const names = new Set([condition]);
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type)) names.add(possible.name);
      // An @interfaceObject subgraph calls its objects by an interface's name.
      if ('getFields' in type)
        for (const child of schema.getImplementations(type).interfaces) names.add(child.name);
    }
    // Only names of the schema are kept: plans speak of no others, so this cannot grow without bound.
    if (type !== undefined) known.set(condition, names);
    return names;
  }

  return {
    covers: (condition, typeName) => condition === typeName || namesUnder(condition).has(typeName),
    namesUnder,
    isConcrete: (name) => isObjectType(schema.getType(name)),
  };
}
