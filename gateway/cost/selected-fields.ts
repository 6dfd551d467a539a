import {
  isAbstractType,
  Kind,
  typeFromAST,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

/** The fields of an operation as GraphQL collects them, for one combination of its boolean variables. */
export interface SelectedFields {
  readonly root: SelectionSetNode;
  /** What these selection sets ask of an object of a type: for each response name the nodes that are merged. */
  readonly of: (
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
  ) => Iterable<readonly [FieldNode, ...FieldNode[]]>;
}

/** Values of the boolean variables; `undefined`: everything that could be asked for is. */
export type Booleans = ((variable: string) => boolean) | undefined;

export function selectedFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  booleans: Booleans,
): SelectedFields {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let root: SelectionSetNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else if (definition.kind === Kind.OPERATION_DEFINITION) root ??= definition.selectionSet;
  }
  if (root === undefined) throw new Error('a document without an operation');
  const collector = { schema, fragments, booleans };
  return {
    root,
    of: (type, sets) => {
      const fields = new Map<string, [FieldNode, ...FieldNode[]]>();
      const seen = new Set<SelectionSetNode>();
      for (const set of sets) collect(set, type, { ...collector, fields, seen });
      return fields.values();
    },
  };
}

interface Collection {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly booleans: Booleans;
  readonly fields: Map<string, [FieldNode, ...FieldNode[]]>;
  readonly seen: Set<SelectionSetNode>;
}

function collect(set: SelectionSetNode, type: GraphQLObjectType, into: Collection): void {
  if (into.seen.has(set)) return;
  into.seen.add(set);
  for (const selection of set.selections) {
    if (!isAsked(selection.directives, into.booleans)) continue;
    if (selection.kind === Kind.FIELD) {
      const name = (selection.alias ?? selection.name).value;
      const known = into.fields.get(name);
      if (known === undefined) into.fields.set(name, [selection]);
      else known.push(selection);
      continue;
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? into.fragments.get(selection.name.value) : selection;
    if (fragment === undefined || !appliesTo(type, fragment.typeCondition, into.schema)) continue;
    collect(fragment.selectionSet, type, into);
  }
}

function appliesTo(
  type: GraphQLObjectType,
  condition: FragmentDefinitionNode['typeCondition'] | undefined,
  schema: GraphQLSchema,
): boolean {
  if (condition === undefined) return true;
  const wanted = typeFromAST(schema, condition);
  return wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type));
}

function isAsked(directives: readonly DirectiveNode[] | undefined, booleans: Booleans): boolean {
  return (directives ?? []).every(({ name, arguments: given }) => {
    const condition = given?.find((one) => one.name.value === 'if')?.value;
    if (condition === undefined || (name.value !== 'skip' && name.value !== 'include')) return true;
    const value = booleanOf(condition, booleans);
    return value === undefined || value === (name.value === 'include');
  });
}

function booleanOf(value: ValueNode, booleans: Booleans): boolean | undefined {
  if (value.kind === Kind.BOOLEAN) return value.value;
  return value.kind === Kind.VARIABLE ? booleans?.(value.name.value) : undefined;
}
