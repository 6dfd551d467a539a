import { Kind, type SelectionSetNode } from 'graphql';
import type { Operation } from '../model/operation.ts';

/** How much an operation asks for, roughly: its fields, those of fragments once. */
export function weightOf({ document }: Operation): number {
  let fields = 0;
  const waiting: SelectionSetNode[] = document.definitions.flatMap((node) =>
    'selectionSet' in node ? [node.selectionSet] : [],
  );
  for (let set = waiting.pop(); set !== undefined; set = waiting.pop()) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) fields += 1;
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet !== undefined)
        waiting.push(selection.selectionSet);
    }
  }
  return fields;
}
