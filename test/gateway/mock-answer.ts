import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  parse,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

type Json = Record<string, unknown>;

export interface Mocking {
  readonly schema: GraphQLSchema;
  /** What texts say. */
  readonly text: string;
  /** The object that stands where an abstract type stands; the first that can when it is left out. */
  readonly choose?: (possible: readonly string[]) => string;
}

/** A whole answer to a document of a subgraph, with one entity for each representation. Inline fragments only. */
export function mockAnswer(
  mocking: Mocking,
  document: string,
  representations: readonly Readonly<Json>[] | undefined,
): Json {
  const [operation] = parse(document).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const [first] = operation.selectionSet.selections;
  if (representations === undefined) {
    return objectOf(mocking, operation.selectionSet, mocking.schema.getRootType(operation.operation)?.name);
  }
  if (first?.kind !== Kind.FIELD || first.selectionSet === undefined) throw new Error('no entities');
  const { selectionSet } = first;
  return {
    _entities: representations.map((one) => objectOf(mocking, selectionSet, String(one['__typename']))),
  };
}

function objectOf(mocking: Mocking, set: SelectionSetNode, type = '', into: Json = {}): Json {
  for (const one of set.selections) {
    if (one.kind === Kind.FIELD) into[one.alias?.value ?? one.name.value] = valueOf(mocking, one, type);
    else if (one.kind === Kind.INLINE_FRAGMENT && holdsFor(mocking, one.typeCondition?.name.value, type))
      objectOf(mocking, one.selectionSet, type, into);
  }
  return into;
}

function valueOf(mocking: Mocking, { name, selectionSet }: FieldNode, owner: string): unknown {
  if (name.value === '__typename') return owner;
  const type = mocking.schema.getType(owner);
  const field = isObjectType(type) ? type.getFields()[name.value] : undefined;
  if (field === undefined) throw new Error(`no ${owner}.${name.value}`);
  const value = valueAt(mocking, getNamedType(field.type), selectionSet);
  return isListOf(field.type) ? [value] : value;
}

const isListOf = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));

function valueAt(mocking: Mocking, type: GraphQLNamedType, set: SelectionSetNode | undefined): unknown {
  const { schema, text, choose = ([first = '']) => first } = mocking;
  if (set !== undefined) {
    const chosen = isAbstractType(type)
      ? choose(schema.getPossibleTypes(type).map(({ name }) => name))
      : type.name;
    return objectOf(mocking, set, chosen);
  }
  return type.name === 'Int' ? 1 : text;
}

function holdsFor({ schema }: Mocking, on: string | undefined, type: string): boolean {
  if (on === undefined || on === type) return true;
  const [wide, narrow] = [schema.getType(on), schema.getType(type)];
  return (
    isAbstractType(wide) &&
    (isObjectType(narrow) || isInterfaceType(narrow)) &&
    schema.isSubType(wide, narrow)
  );
}
