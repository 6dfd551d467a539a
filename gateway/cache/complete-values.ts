import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isNullableType,
  isObjectType,
  Kind,
  parse,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

/**
 * Whether a value holds all that a document asks for without a condition, and null only where the schema lets it be. A
 * subgraph that leaves something out may do so without an error. `type`: what the value is asked for as.
 */
export type IsComplete = (value: object, type: string | undefined) => boolean;

interface Needs {
  readonly fields: readonly FieldNeed[];
  readonly fragments: readonly FragmentNeed[];
  /** Response key of `__typename`. */
  readonly typeKey: string | undefined;
}

interface FieldNeed {
  readonly key: string;
  readonly isConditional: boolean;
  /** `undefined`: nothing is known of the value. */
  readonly type: GraphQLOutputType | undefined;
  readonly below: Needs | undefined;
}

interface FragmentNeed {
  readonly on: string | undefined;
  readonly needs: Needs;
}

/** For the entities of a document, or for its root. The document is read when the first value is looked at. */
export function completeness(schema: GraphQLSchema, text: string): IsComplete {
  let needs: Needs | undefined;
  return (value, type) => {
    needs ??= new Reader(schema, text).top();
    return holds(schema, needs, value, type);
  };
}

class Reader {
  readonly #schema: GraphQLSchema;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #top: SelectionSetNode;
  readonly #type: string | undefined;

  constructor(schema: GraphQLSchema, text: string) {
    this.#schema = schema;
    const { definitions } = parse(text, { noLocation: true });
    for (const one of definitions)
      if (one.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(one.name.value, one);
    const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
    if (operation === undefined) throw new Error('a subgraph document without an operation');
    const entities = operation.selectionSet.selections.find(
      (one) => one.kind === Kind.FIELD && one.name.value === '_entities',
    );
    const set = entities?.kind === Kind.FIELD ? entities.selectionSet : undefined;
    this.#top = set ?? operation.selectionSet;
    this.#type = set === undefined ? schema.getRootType(operation.operation)?.name : undefined;
  }

  top(): Needs {
    return this.#needs(this.#top, this.#type);
  }

  #needs({ selections }: SelectionSetNode, parent: string | undefined): Needs {
    const fields: FieldNeed[] = [];
    const fragments: FragmentNeed[] = [];
    for (const one of selections) {
      if (one.kind === Kind.FIELD) {
        fields.push(this.#field(one, parent));
        continue;
      }
      const fragment = one.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(one.name.value) : one;
      // What stands under a condition may be missing as a whole.
      if (fragment === undefined || isConditional(one.directives)) continue;
      const on = fragment.typeCondition?.name.value ?? parent;
      fragments.push({ on, needs: this.#needs(fragment.selectionSet, on) });
    }
    const own = selections.find((one) => one.kind === Kind.FIELD && one.name.value === '__typename');
    const typeKey = own?.kind === Kind.FIELD ? keyOf(own) : fragments.find(hasTypeKey)?.needs.typeKey;
    return { fields, fragments, typeKey };
  }

  #field(field: FieldNode, parent: string | undefined): FieldNeed {
    const type = this.#typeOf(parent, field.name.value);
    const named = type === undefined ? undefined : getNamedType(type);
    const isRead = field.selectionSet !== undefined && isCompositeType(named);
    return {
      ...{ key: keyOf(field), isConditional: isConditional(field.directives), type },
      below: isRead ? this.#needs(field.selectionSet, named.name) : undefined,
    };
  }

  #typeOf(parent: string | undefined, field: string): GraphQLOutputType | undefined {
    const type = this.#schema.getType(parent ?? '');
    return isObjectType(type) || isInterfaceType(type) ? type.getFields()[field]?.type : undefined;
  }
}

const keyOf = ({ alias, name }: FieldNode): string => alias?.value ?? name.value;

const hasTypeKey = ({ needs }: FragmentNeed): boolean => needs.typeKey !== undefined;

const isConditional = (directives: readonly DirectiveNode[] = []): boolean =>
  directives.some(({ name }) => name.value === 'skip' || name.value === 'include');

function holds(schema: GraphQLSchema, needs: Needs, value: object, asked: string | undefined): boolean {
  const object = value as Readonly<Record<string, unknown>>;
  const said = needs.typeKey === undefined ? undefined : object[needs.typeKey];
  const type = typeof said === 'string' ? said : asked;
  return (
    needs.fields.every((field) =>
      Object.hasOwn(object, field.key)
        ? fits(schema, field, field.type, object[field.key])
        : field.isConditional,
    ) &&
    needs.fragments.every(
      (fragment) => !isOf(schema, type, fragment.on) || holds(schema, fragment.needs, object, type),
    )
  );
}

function fits(
  schema: GraphQLSchema,
  field: FieldNeed,
  type: GraphQLOutputType | undefined,
  value: unknown,
): boolean {
  if (type === undefined) return true;
  if (value === null) return isNullableType(type);
  const given = isNonNullType(type) ? type.ofType : type;
  if (isListType(given)) {
    const item = given.ofType;
    return Array.isArray(value) && value.every((one: unknown) => fits(schema, field, item, one));
  }
  if (!isCompositeType(given)) return true;
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  return field.below === undefined || holds(schema, field.below, value, given.name);
}

/** Whether a fragment on this type certainly speaks of an object of that one. */
function isOf(schema: GraphQLSchema, type: string | undefined, on: string | undefined): boolean {
  if (on === undefined || on === type) return true;
  const [wide, narrow] = [schema.getType(on), schema.getType(type ?? '')];
  const isKind = isObjectType(narrow) || isInterfaceType(narrow);
  return isKind && isAbstractType(wide) && schema.isSubType(wide, narrow);
}
