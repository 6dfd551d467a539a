import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Denial } from '../model/operation.ts';
import type { ProtectedField } from './operation-access.ts';

/** Fragments can be nested so that their paths double with each level; more than this nobody reads. */
const maxDenials = 1_000;
const maxSteps = 100_000;

/** Each place where the client sees a refused field, by its path; nothing below a refused field is listed. */
export function denials(
  document: DocumentNode,
  denied: ReadonlyMap<FieldNode, ProtectedField>,
): readonly Denial[] {
  const fragments = fragmentsOf(document);
  const interesting = leadingTo(denied, fragments);
  const found = new Map<string, Denial>();
  let steps = 0;
  const walk = (set: SelectionSetNode, path: readonly string[]): void => {
    for (const selection of set.selections) {
      steps += 1;
      if (steps > maxSteps || found.size >= maxDenials) return;
      if (selection.kind === Kind.FIELD)
        walkField(selection, [...path, selection.alias?.value ?? selection.name.value]);
      else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, path);
      else {
        const fragment = fragments.get(selection.name.value);
        if (fragment !== undefined && interesting.has(fragment.name.value)) walk(fragment.selectionSet, path);
      }
    }
  };
  const walkField = (node: FieldNode, path: readonly string[]): void => {
    const field = denied.get(node);
    if (field === undefined) {
      if (node.selectionSet !== undefined) walk(node.selectionSet, path);
      return;
    }
    const key = `${field.coordinate} ${path.join('.')}`;
    const requirement = [...field.requirement].map(({ text }) => text).join(' and ');
    if (!found.has(key)) found.set(key, { coordinate: field.coordinate, path, requirement });
  };
  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) walk(definition.selectionSet, []);
  return [...found.values()];
}

export const fragmentsOf = (document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );

/** Names of the fragments from which a refused field can be reached. */
function leadingTo(
  denied: ReadonlyMap<FieldNode, ProtectedField>,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): ReadonlySet<string> {
  const answers = new Map<string, boolean>();
  const leads = (set: SelectionSetNode): boolean =>
    set.selections.some((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return fragmentLeads(selection.name.value);
      if (selection.kind === Kind.FIELD && denied.has(selection)) return true;
      return selection.selectionSet !== undefined && leads(selection.selectionSet);
    });
  const fragmentLeads = (name: string): boolean => {
    const known = answers.get(name);
    if (known !== undefined) return known;
    answers.set(name, false);
    const fragment = fragments.get(name);
    const answer = fragment !== undefined && leads(fragment.selectionSet);
    answers.set(name, answer);
    return answer;
  };
  return new Set([...fragments.keys()].filter(fragmentLeads));
}
