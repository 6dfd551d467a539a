import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { implementersOf, namedType, type World, type WorldField } from '../federation/world.ts';
import { type Caller, holds, type PlacedRule, type Rule } from './random-access.ts';

interface Checked {
  readonly world: World;
  readonly schema: GraphQLSchema;
  readonly rules: readonly PlacedRule[];
  readonly gathers: boolean;
}

/**
 * Who may see what, in the most obvious way: no cache, no sharing, no regard for cost. Asks the world and the rules as
 * they were made, never the composed schema.
 */
export class NaiveChecker {
  readonly #world: World;
  readonly #schema: GraphQLSchema;
  readonly #rules: readonly PlacedRule[];
  readonly #gathers: boolean;

  /** `gathers`: composition puts on an interface what the types that implement it say. */
  constructor({ world, schema, rules, gathers }: Checked) {
    this.#world = world;
    this.#schema = schema;
    this.#rules = rules;
    this.#gathers = gathers;
  }

  /** Whether a field selected on a type, which may be an interface, is for the caller. */
  maySee(type: string, field: string, caller: Caller): boolean {
    return this.rulesOf(type, field).every((rule) => holds(rule, caller));
  }

  /** Everything that must hold. */
  rulesOf(type: string, field: string, seen: ReadonlySet<string> = new Set()): readonly Rule[] {
    const key = `${type}.${field}`;
    if (seen.has(key)) return [];
    const now = new Set([...seen, key]);
    const further = (other: string, name: string): readonly Rule[] => this.rulesOf(other, name, now);
    return [
      ...this.#fieldRules(type, field),
      ...this.#typeRules(type),
      ...this.#typeRules(this.#returns(type, field)),
      ...this.#implementersIn(type).flatMap((each) => further(each, field)),
      ...this.#requiredBy(type, field).flatMap(([other, name]) => further(other, name)),
    ];
  }

  #at(coordinate: string): readonly Rule[] {
    return this.#rules.filter((each) => each.coordinate === coordinate).map(({ rule }) => rule);
  }

  #returns(type: string, field: string): string {
    const parent = this.#schema.getType(type);
    const found = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field] : undefined;
    return found === undefined
      ? namedType(this.#field(type, field)?.type ?? '')
      : getNamedType(found.type).name;
  }

  /** What a type says, what its interfaces say, and for an interface what composition gathers on it. */
  #typeRules(type: string): readonly Rule[] {
    const faces = this.#world.interfaces.filter((face) => implementersOf(face).includes(type));
    const own = this.#gathers ? this.#world.interfaces.find(({ name }) => name === type) : undefined;
    return [
      ...this.#at(type),
      ...faces.flatMap((face) => this.#at(face.name)),
      ...(own === undefined ? [] : implementersOf(own).flatMap((each) => this.#at(each))),
    ];
  }

  #fieldRules(type: string, field: string): readonly Rule[] {
    const faces = this.#world.interfaces.filter((face) => implementersOf(face).includes(type));
    return [...this.#at(`${type}.${field}`), ...faces.flatMap((face) => this.#at(`${face.name}.${field}`))];
  }

  #implementersIn(type: string): readonly string[] {
    const shown = this.#schema.getType(type);
    return isInterfaceType(shown) ? this.#schema.getPossibleTypes(shown).map(({ name }) => name) : [];
  }

  /** Interfaces through whose `@interfaceObject` the type has the field. */
  #fromInterfaceObject(type: string, field: string): readonly string[] {
    return this.#world.interfaces
      .filter(
        (face) => implementersOf(face).includes(type) && this.#interfaceField(face.name, field) !== undefined,
      )
      .map(({ name }) => name);
  }

  #interfaceField(face: string, name: string): WorldField | undefined {
    const objects = this.#world.interfaces.find((each) => each.name === face)?.objects ?? [];
    return objects
      .flatMap(({ fields }) => fields)
      .find(
        (field) =>
          field.name === name && !field.isKey && field.places.every(({ external }) => external === undefined),
      );
  }

  #field(type: string, name: string): WorldField | undefined {
    const own = this.#world.objects
      .find((object) => object.name === type)
      ?.fields.find((each) => each.name === name);
    return own ?? this.#fromInterfaceObject(type, name).map((face) => this.#interfaceField(face, name))[0];
  }

  /** Fields that are read for this one. */
  #requiredBy(type: string, name: string): readonly (readonly [string, string])[] {
    const places = this.#field(type, name)?.places ?? this.#interfaceField(type, name)?.places ?? [];
    return places.flatMap(({ requires }) => {
      if (requires === undefined) return [];
      const [operation] = parse(`{ ${requires} }`).definitions;
      return operation?.kind === Kind.OPERATION_DEFINITION ? this.#read(operation.selectionSet, type) : [];
    });
  }

  #read(set: SelectionSetNode, type: string): readonly (readonly [string, string])[] {
    return set.selections.flatMap((node) => {
      if (node.kind !== Kind.FIELD) return [];
      const here = [type, node.name.value] as const;
      if (node.selectionSet === undefined) return [here];
      return [here, ...this.#read(node.selectionSet, this.#returns(type, node.name.value))];
    });
  }

  /** The field nodes of an operation that are refused, and where clients are told of that. */
  refused(document: DocumentNode, variables: Readonly<Record<string, unknown>>, caller: Caller): Refused {
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const one of document.definitions)
      if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
    const nodes = new Set<FieldNode>();
    const paths = new Set<string>();
    const walk = (set: SelectionSetNode, type: GraphQLCompositeType, path: readonly string[]): void => {
      for (const node of set.selections) {
        if (!isIncluded(node, variables)) continue;
        if (node.kind === Kind.FRAGMENT_SPREAD) {
          const fragment = fragments.get(node.name.value);
          if (fragment !== undefined)
            walk(fragment.selectionSet, this.#composite(fragment.typeCondition.name.value), path);
        } else if (node.kind === Kind.INLINE_FRAGMENT) {
          walk(node.selectionSet, this.#composite(node.typeCondition?.name.value ?? type.name), path);
        } else if (!node.name.value.startsWith('__')) {
          const here = [...path, node.alias?.value ?? node.name.value];
          if (!this.maySee(type.name, node.name.value, caller)) {
            nodes.add(node);
            paths.add(here.join('.'));
          } else if (node.selectionSet !== undefined)
            walk(node.selectionSet, this.#composite(this.#returns(type.name, node.name.value)), here);
        }
      }
    };
    for (const one of document.definitions) {
      if (one.kind !== Kind.OPERATION_DEFINITION) continue;
      const root = this.#schema.getRootType(one.operation);
      if (root) walk(one.selectionSet, root, []);
    }
    return { nodes, paths: [...paths].sort() };
  }

  #composite(name: string): GraphQLCompositeType {
    const type = this.#schema.getType(name);
    if (!isCompositeType(type)) throw new Error(`${name} has no fields.`);
    return type;
  }
}

export interface Refused {
  readonly nodes: ReadonlySet<FieldNode>;
  /** Response paths without list indices. */
  readonly paths: readonly string[];
}

function isIncluded(node: SelectionNode, variables: Readonly<Record<string, unknown>>): boolean {
  return (node.directives ?? []).every(({ name, arguments: given }) => {
    if (name.value !== 'skip' && name.value !== 'include') return true;
    const value = given?.[0]?.value;
    const is =
      value?.kind === Kind.VARIABLE
        ? variables[value.name.value]
        : value?.kind === Kind.BOOLEAN && value.value;
    return is === (name.value === 'include');
  });
}
