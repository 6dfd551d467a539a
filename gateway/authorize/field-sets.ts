import { Kind, parse, type SelectionSetNode } from 'graphql';
import type { AnnotatedType } from './annotated-types.ts';

/** A field by its type's and its own name. */
export interface Coordinate {
  readonly type: string;
  readonly field: string;
}

/** Longer than any field set a person writes; the parser's stack is the reason. */
const maxLength = 50_000;

/**
 * Every field that a field set (`@requires`, a context's selection) reads, starting on `type`.
 * `undefined` when the set cannot be read or names a field that does not exist.
 */
export function fieldsOf(
  fieldSet: string,
  type: string,
  types: ReadonlyMap<string, AnnotatedType>,
): readonly Coordinate[] | undefined {
  const selections = selectionsOf(fieldSet);
  if (selections === undefined) return undefined;
  const found: Coordinate[] = [];
  const walk = (set: SelectionSetNode, on: string): boolean =>
    set.selections.every((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return false;
      if (selection.kind === Kind.INLINE_FRAGMENT)
        return walk(selection.selectionSet, selection.typeCondition?.name.value ?? on);
      const name = selection.name.value;
      if (name === '__typename') return true;
      const field = types.get(on)?.fields.get(name);
      if (field === undefined) return false;
      found.push({ type: on, field: name });
      return selection.selectionSet === undefined || walk(selection.selectionSet, field.returns);
    });
  return walk(selections, type) ? found : undefined;
}

function selectionsOf(fieldSet: string): SelectionSetNode | undefined {
  if (fieldSet.length > maxLength) return undefined;
  // A context's selection is written with its braces and perhaps with the context's name before them.
  const bare = fieldSet.trim().replace(/^\$\w+\s*/, '');
  try {
    const [operation] = parse(bare.startsWith('{') ? bare : `{ ${bare} }`).definitions;
    return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet : undefined;
  } catch {
    return undefined;
  }
}
