import { getNamedType, isAbstractType, isCompositeType, isInterfaceType, Kind } from 'graphql';
import type {
  DirectiveNode,
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLInterfaceType,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
  InlineFragmentNode,
  OperationDefinitionNode,
  SelectionSetNode,
  ValueNode,
} from 'graphql';
import { WeirError } from '../model/errors.ts';
import { responseName } from './response-keys.ts';
import type { DataKey } from './response-keys.ts';

/** What the client selected on one runtime type: its fields merged, in response order. */
export interface Shape {
  readonly type: FieldsType;
  readonly fields: readonly FieldShape[];
  /** False where the type is an interface and other fields are selected on some of its object types. */
  readonly isWhole: boolean;
}

export type FieldsType = GraphQLObjectType | GraphQLInterfaceType;

export type FieldShape =
  | { readonly kind: 'typename'; readonly responseKey: string }
  | { readonly kind: 'introspection'; readonly responseKey: string; readonly nodes: readonly FieldNode[] }
  | { readonly kind: 'denied'; readonly responseKey: string; readonly type: GraphQLOutputType }
  | DataField;

export interface DataField {
  readonly kind: 'data';
  readonly responseKey: string;
  /** Where the value stands in the gathered data. */
  readonly dataKey: string;
  /** `Type.field`, for messages. */
  readonly coordinate: string;
  readonly type: GraphQLOutputType;
  /** What is selected on the value; `undefined` for leaves. */
  readonly selected: Selected | undefined;
}

/** Selection sets that apply to one value together; equal ids mean equal selection sets. */
export interface Selected {
  readonly id: string;
  readonly sets: readonly SelectionSetNode[];
}

export type Booleans = Readonly<Record<string, boolean>>;

export interface ShapesInput {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly denied: ReadonlySet<FieldNode>;
  readonly dataKey: DataKey;
  /** Values of the variables that steer `@skip` and `@include`. */
  readonly booleans: Booleans;
}

export interface Shapes {
  readonly rootType: GraphQLObjectType;
  readonly root: Selected;
  /** The fields for a runtime type, collected once. */
  readonly of: (type: FieldsType, selected: Selected) => Shape;
}

/** The one operation definition of a document. */
export function operationOf(document: DocumentNode): OperationDefinitionNode {
  const found = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (found === undefined) throw new WeirError('INTERNAL_SERVER_ERROR', 'The document holds no operation.');
  return found;
}

export function shapesOf(input: ShapesInput): Shapes {
  const operation = operationOf(input.document);
  const rootType = input.schema.getRootType(operation.operation);
  if (rootType === undefined || rootType === null) {
    throw new WeirError('GRAPHQL_VALIDATION_FAILED', `The schema has no ${operation.operation} type.`);
  }
  const collector = new FieldCollector(input);
  const known = new Map<string, Map<FieldsType, Shape>>();
  return {
    rootType,
    root: collector.selected([operation.selectionSet]),
    of: (type, selected) => {
      const byType = known.get(selected.id) ?? new Map<FieldsType, Shape>();
      const found = byType.get(type);
      if (found !== undefined) return found;
      const shape = collector.shapeOn(type, selected);
      known.set(selected.id, byType.set(type, shape));
      return shape;
    },
  };
}

type Fragment = InlineFragmentNode | FragmentDefinitionNode;

interface Collected {
  readonly groups: Map<string, FieldNode[]>;
  /** Fragments spread so far: each counts once per object, as the specification has it. */
  readonly seen: Set<string>;
  isWhole: boolean;
}

/** CollectFields of the GraphQL specification (section 6.3.2), at compile time. */
class FieldCollector {
  readonly #input: ShapesInput;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #ids = new Map<SelectionSetNode, number>();

  constructor(input: ShapesInput) {
    this.#input = input;
    for (const definition of input.document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION)
        this.#fragments.set(definition.name.value, definition);
    }
  }

  selected(sets: readonly SelectionSetNode[]): Selected {
    const ids = sets.map((set) => {
      const id = this.#ids.get(set) ?? this.#ids.size;
      this.#ids.set(set, id);
      return id;
    });
    return { id: ids.join(','), sets };
  }

  shapeOn(type: FieldsType, selected: Selected): Shape {
    const into: Collected = { groups: new Map(), seen: new Set(), isWhole: true };
    for (const set of selected.sets) this.#collect(type, set, into);
    const fields = [...into.groups].map(([responseKey, nodes]) => this.#field(type, responseKey, nodes));
    return { type, fields, isWhole: into.isWhole };
  }

  #collect(type: FieldsType, set: SelectionSetNode, into: Collected): void {
    for (const selection of set.selections) {
      if (!isIncluded(selection.directives, this.#input.booleans)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = responseName(selection);
        const group = into.groups.get(key);
        if (group === undefined) into.groups.set(key, [selection]);
        else group.push(selection);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#spread(selection.name.value, into.seen);
      if (fragment === undefined) continue;
      if (this.#applies(fragment.typeCondition?.name.value, type))
        this.#collect(type, fragment.selectionSet, into);
      else if (isInterfaceType(type) && this.#selects(fragment, this.#input.schema.getPossibleTypes(type)))
        into.isWhole = false;
    }
  }

  /** Whether a fragment selects a field on any of these types; the conditions inside of it may exclude each other. */
  #selects(fragment: Fragment, types: readonly GraphQLObjectType[]): boolean {
    const left = types.filter((type) => this.#applies(fragment.typeCondition?.name.value, type));
    if (left.length === 0) return false;
    return fragment.selectionSet.selections.some((selection) => {
      if (!isIncluded(selection.directives, this.#input.booleans)) return false;
      if (selection.kind === Kind.FIELD) return true;
      const inner =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
      return inner !== undefined && this.#selects(inner, left);
    });
  }

  #spread(name: string, seen: Set<string>): FragmentDefinitionNode | undefined {
    if (seen.has(name)) return undefined;
    seen.add(name);
    return this.#fragments.get(name);
  }

  #applies(condition: string | undefined, type: FieldsType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const conditionType = this.#input.schema.getType(condition);
    return isAbstractType(conditionType) && this.#input.schema.isSubType(conditionType, type);
  }

  #field(type: FieldsType, responseKey: string, nodes: readonly FieldNode[]): FieldShape {
    const [first] = nodes;
    const name = first?.name.value ?? '';
    if (name === '__typename') return { kind: 'typename', responseKey };
    if (name === '__schema' || name === '__type') return { kind: 'introspection', responseKey, nodes };
    const definition = type.getFields()[name];
    if (first === undefined || definition === undefined) {
      throw new WeirError('GRAPHQL_VALIDATION_FAILED', `Type ${type.name} has no field ${name}.`);
    }
    // One denied node denies the response key: what two fragments select together is one field.
    if (nodes.some((node) => this.#input.denied.has(node))) {
      return { kind: 'denied', responseKey, type: definition.type };
    }
    const sets = nodes.flatMap((node) => node.selectionSet ?? []);
    return {
      kind: 'data',
      responseKey,
      dataKey: this.#input.dataKey(first),
      coordinate: `${type.name}.${name}`,
      type: definition.type,
      selected: isComposite(definition.type) ? this.selected(sets) : undefined,
    };
  }
}

function isComposite(type: GraphQLOutputType): boolean {
  return isCompositeType(getNamedType(type));
}

/** `@skip` and `@include` of a selection, with the values of this variant. */
export function isIncluded(directives: readonly DirectiveNode[] | undefined, booleans: Booleans): boolean {
  return (directives ?? []).every(({ name, arguments: given }) => {
    if (name.value !== 'skip' && name.value !== 'include') return true;
    const condition = given?.find((one) => one.name.value === 'if')?.value;
    return isTrue(condition, booleans) === (name.value === 'include');
  });
}

function isTrue(condition: ValueNode | undefined, booleans: Booleans): boolean {
  if (condition?.kind === Kind.BOOLEAN) return condition.value;
  if (condition?.kind !== Kind.VARIABLE) return false;
  return Object.hasOwn(booleans, condition.name.value) && booleans[condition.name.value] === true;
}
