import { Kind, visit } from 'graphql';
import type { DocumentNode, FieldNode, SelectionNode, SelectionSetNode } from 'graphql';
import type { InternalKeys } from '../model/plan.ts';
import { WeirError } from '../model/errors.ts';

/** The key under which a client's field stands in the gathered data. */
export type DataKey = (node: FieldNode) => string;

export interface ResponseKeysInput {
  readonly internalKeys: InternalKeys | undefined;
  /** The client's operation, whose nodes will be asked about. */
  readonly document: DocumentNode;
  /** The operation the plan was made for: the same, or what was left of it for this caller. */
  readonly planned: DocumentNode;
}

export const responseName = (node: FieldNode): string => (node.alias ?? node.name).value;

/**
 * Finds the data key of each field of the client's operation. Keys are numbered in the planned document; when that is
 * a reduced one, its nodes are matched with those of the client's document first.
 * @throws WeirError INTERNAL_SERVER_ERROR when the planned document is no part of the client's.
 */
export function dataKeys({ internalKeys, document, planned }: ResponseKeysInput): DataKey {
  const keys = new Map<FieldNode, string>();
  const original = document === planned ? undefined : matchingNodes(document, planned);
  let index = 0;
  visit(planned, {
    Field(node) {
      const key = internalKeys?.[index];
      index += 1;
      if (key !== undefined) keys.set(original?.get(node) ?? node, key);
    },
  });
  return (node) => keys.get(node) ?? responseName(node);
}

/** For each field node of the reduced document the node of the whole document that it was made from. */
function matchingNodes(whole: DocumentNode, reduced: DocumentNode): Map<FieldNode, FieldNode> {
  const matched = new Map<FieldNode, FieldNode>();
  for (const definition of reduced.definitions) {
    if (!('selectionSet' in definition)) continue;
    const source = whole.definitions.find(
      (one) =>
        one.kind === definition.kind &&
        (one.kind === Kind.OPERATION_DEFINITION || nameOf(one) === nameOf(definition)),
    );
    if (source === undefined || !('selectionSet' in source)) throw notAPart();
    matchSelections(source.selectionSet, definition.selectionSet, matched);
  }
  return matched;
}

const nameOf = (node: object): string | undefined =>
  'name' in node ? (node.name as { readonly value: string } | undefined)?.value : undefined;

/** The reduced selections are the whole ones with some left out, in the same order. */
function matchSelections(
  whole: SelectionSetNode | undefined,
  reduced: SelectionSetNode | undefined,
  matched: Map<FieldNode, FieldNode>,
): void {
  let at = 0;
  for (const part of reduced?.selections ?? []) {
    const source = whole?.selections.find((one, index) => index >= at && isSame(one, part));
    if (whole === undefined || source === undefined) {
      // A reduced document may hold a `__typename` where nothing else was left.
      if (part.kind === Kind.FIELD && part.name.value === '__typename') continue;
      throw notAPart();
    }
    at = whole.selections.indexOf(source, at) + 1;
    if (part.kind === Kind.FIELD && source.kind === Kind.FIELD) matched.set(part, source);
    matchSelections(selectionsOf(source), selectionsOf(part), matched);
  }
}

function selectionsOf(node: SelectionNode): SelectionSetNode | undefined {
  return node.kind === Kind.FRAGMENT_SPREAD ? undefined : node.selectionSet;
}

function isSame(whole: SelectionNode, part: SelectionNode): boolean {
  if (whole === part) return true;
  if (whole.kind !== part.kind) return false;
  // Where positions are known they decide; two equal-looking siblings are told apart by nothing else.
  if (whole.loc !== undefined && part.loc !== undefined) return whole.loc.start === part.loc.start;
  if (whole.kind === Kind.FIELD && part.kind === Kind.FIELD)
    return responseName(whole) === responseName(part);
  if (whole.kind === Kind.INLINE_FRAGMENT && part.kind === Kind.INLINE_FRAGMENT) {
    return whole.typeCondition?.name.value === part.typeCondition?.name.value;
  }
  return nameOf(whole) === nameOf(part);
}

function notAPart(): WeirError {
  return new WeirError(
    'INTERNAL_SERVER_ERROR',
    'The planned operation is not a part of the one to be answered.',
  );
}
