import {
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { innermostFirst } from './fragment-order.ts';

/** Sizes of an operation as if its fragments were written out at each use. */
export interface Measures {
  /** Fields inside one another. */
  readonly depth: number;
  /** Fields in all. */
  readonly height: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Most directives at one place. */
  readonly directives: number;
  /** Most lists of `__schema` or `__type` inside one another. */
  readonly introspection: number;
}

/** Of a selection set; `lists` counts as if it stood inside of `__schema`. */
export interface Measured extends Measures {
  readonly lists: number;
}

/** Counters stop here: a fragment bomb reaches any number. */
export const mostCounted = 1_000_000_000;

const nothing: Measured = {
  ...{ depth: 0, height: 0, aliases: 0, rootFields: 0 },
  ...{ directives: 0, introspection: 0, lists: 0 },
};

export interface MeasuredOperation {
  readonly measures: Measures;
  readonly selections: SelectionSetNode | undefined;
  /** What stands inside of a selection; nothing for a leaf. */
  readonly inside: (selection: SelectionNode) => {
    readonly measures: Measured;
    readonly selections: SelectionSetNode | undefined;
  };
}

/**
 * Measures without expanding: each selection set is measured once, fragments after those they spread. The document
 * holds one operation; it need not be valid; a spread that closes a circle counts nothing, as validation refuses it.
 */
export function measureOperation(document: DocumentNode): MeasuredOperation {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition;
  }
  const sets = new Map<SelectionSetNode, Measured>();
  const inside: MeasuredOperation['inside'] = (selection) => {
    const selections =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? fragments.get(selection.name.value)?.selectionSet
        : selection.selectionSet;
    return { selections, measures: (selections && sets.get(selections)) ?? nothing };
  };
  const measureSet = (set: SelectionSetNode): void => {
    for (const selection of set.selections)
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet !== undefined)
        measureSet(selection.selectionSet); // how deep one definition goes is bounded before parsing
    sets.set(set, measured(set, inside));
  };
  for (const name of innermostFirst(fragments)) {
    const fragment = fragments.get(name);
    if (fragment !== undefined) measureSet(fragment.selectionSet);
  }
  if (operation === undefined) return { measures: nothing, selections: undefined, inside };
  measureSet(operation.selectionSet);
  const { depth, height, aliases, rootFields, introspection, ...own } =
    sets.get(operation.selectionSet) ?? nothing;
  const directives = Math.max(own.directives, ...definitionDirectives(operation, fragments.values()));
  const measures = { depth, height, aliases, rootFields, directives, introspection };
  return { measures, selections: operation.selectionSet, inside };
}

function* definitionDirectives(
  operation: OperationDefinitionNode,
  fragments: Iterable<FragmentDefinitionNode>,
): Generator<number> {
  yield count(operation.directives);
  let most = 0;
  for (const variable of operation.variableDefinitions ?? [])
    most = Math.max(most, count(variable.directives));
  for (const fragment of fragments) most = Math.max(most, count(fragment.directives));
  yield most;
}

function measured(set: SelectionSetNode, inside: MeasuredOperation['inside']): Measured {
  let { depth, height, aliases, rootFields, directives, introspection, lists } = nothing;
  for (const selection of set.selections) {
    const { measures: inner } = inside(selection);
    const field = selection.kind === Kind.FIELD ? selection : undefined;
    const one = field === undefined ? 0 : 1;
    depth = Math.max(depth, sum(inner.depth, one));
    height = sum(height, inner.height + one);
    aliases = sum(aliases, inner.aliases + (field?.alias === undefined ? 0 : 1));
    rootFields = sum(rootFields, field === undefined ? inner.rootFields : 1);
    directives = Math.max(directives, inner.directives, count(selection.directives));
    lists = Math.max(lists, inner.lists + (field !== undefined && isList(field) ? 1 : 0));
    introspection = Math.max(
      introspection,
      field !== undefined && isIntrospection(field) ? inner.lists : inner.introspection,
    );
  }
  return { depth, height, aliases, rootFields, directives, introspection, lists };
}

/** Lists of introspection that lead back to types, so that each more of them multiplies the answer. */
const introspectionLists: ReadonlySet<string> = new Set([
  'fields',
  'interfaces',
  'possibleTypes',
  'inputFields',
]);

const isList = ({ name }: FieldNode): boolean => introspectionLists.has(name.value);

const isIntrospection = ({ name }: FieldNode): boolean =>
  name.value === '__schema' || name.value === '__type';

const count = (directives: readonly DirectiveNode[] | undefined): number => directives?.length ?? 0;

const sum = (one: number, other: number): number => Math.min(mostCounted, one + other);
