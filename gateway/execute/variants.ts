import { Kind, visit } from 'graphql';
import type { DocumentNode } from 'graphql';
import type { Plan, PlanNode } from '../model/plan.ts';
import type { Booleans } from './shapes.ts';

/** Names of the boolean variables that decide which parts of an operation and its plan take part. */
export function steeringVariables(document: DocumentNode, plan: Plan): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(node) {
      if (node.name.value !== 'skip' && node.name.value !== 'include') return;
      for (const argument of node.arguments ?? []) {
        if (argument.value.kind === Kind.VARIABLE) names.add(argument.value.name.value);
      }
    },
  });
  if (plan.root !== undefined) addConditions(plan.root, names);
  return [...names];
}

function addConditions(node: PlanNode, names: Set<string>): void {
  switch (node.kind) {
    case 'sequence':
      for (const step of node.steps) addConditions(step, names);
      break;
    case 'parallel':
      for (const branch of node.branches) addConditions(branch, names);
      break;
    case 'condition':
      names.add(node.variable);
      if (node.whenTrue !== undefined) addConditions(node.whenTrue, names);
      if (node.whenFalse !== undefined) addConditions(node.whenFalse, names);
      break;
    case 'fetch':
      break;
  }
}

/**
 * Picks the variant compiled for a request's booleans and makes it when it is first met. At most `limit` are kept,
 * the oldest goes first, so that a caller who tries all combinations costs time but no memory.
 */
export function variantPicker<Variant>(
  names: readonly string[],
  limit: number,
  make: (booleans: Booleans) => Variant,
): (variables: Readonly<Record<string, unknown>>) => Variant {
  if (names.length === 0) {
    const only = make({});
    return () => only;
  }
  const variants = new Map<string, Variant>();
  return (variables) => {
    let key = '';
    for (const name of names) key += isTrue(variables, name) ? '1' : '0';
    const found = variants.get(key);
    if (found !== undefined) return found;
    const made = make(booleansOf(names, variables));
    if (variants.size >= limit) variants.delete(variants.keys().next().value ?? '');
    variants.set(key, made);
    return made;
  };
}

function isTrue(variables: Readonly<Record<string, unknown>>, name: string): boolean {
  return Object.hasOwn(variables, name) && variables[name] === true;
}

function booleansOf(names: readonly string[], variables: Readonly<Record<string, unknown>>): Booleans {
  return Object.fromEntries(names.map((name) => [name, isTrue(variables, name)]));
}
