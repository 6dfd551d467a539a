import { type DocumentNode, Kind, parse, type SelectionSetNode, type ValueNode } from 'graphql';
import { type Dice, diceOf, numberOf } from './dice.ts';
import { implementersOf, namedType } from './world.ts';
import type { World, WorldField } from './world.ts';

/** A thing of the graph, by type and number; what it holds follows from the world's seed. */
export interface Thing {
  readonly typeName: string;
  readonly index: number;
}

const thingsPerType = 3;

/** What stands in the texts of a field, so that they are known wherever they turn up. */
export type Canary = (typeName: string, field: string) => string;

/** All values of a world: one answer for each field of each thing, whoever asks. */
export class WorldData {
  readonly world: World;
  readonly #canary: Canary | undefined;
  readonly #fields = new Map<string, ReadonlyMap<string, WorldField>>();
  readonly #values = new Map<string, unknown>();
  readonly #allowed = new Map<string, readonly string[]>();
  readonly #sets = new Map<string, SelectionSetNode>();

  constructor(world: World, canary?: Canary) {
    this.world = world;
    this.#canary = canary;
    for (const object of world.objects) {
      const added = world.interfaces
        .filter((face) => implementersOf(face).includes(object.name))
        .flatMap((face) => face.objects.flatMap(({ fields }) => fields.filter(isOwn)));
      this.#fields.set(object.name, new Map([...added, ...object.fields].map((each) => [each.name, each])));
    }
  }

  fieldOf(typeName: string, name: string): WorldField | undefined {
    return this.#fields.get(typeName)?.get(name);
  }

  /**
   * The value as GraphQL leaves (JSON) or things, in lists as the type says. What a field with `@requires` reads is
   * always the same, whatever the client's arguments.
   */
  value(thing: Thing, field: WorldField, args: Readonly<Record<string, unknown>>): unknown {
    const requires = field.places.find((place) => place.requires !== undefined)?.requires;
    if (requires !== undefined) return computed(this.picked(thing, requires), args);
    if (!field.isKey && field.places.some(({ subgraph }) => this.isMissing(thing, subgraph))) return null;
    const place = `${thing.typeName}.${field.name}.${thing.index}`;
    if (!this.#values.has(place))
      this.#values.set(place, this.#marked(thing, field, this.#made(thing, field)));
    return withArguments(this.#values.get(place), args);
  }

  /** Texts with their field's canary; other values are as they are. */
  #marked(thing: Thing, field: WorldField, value: unknown): unknown {
    if (this.#canary === undefined || field.isKey) return value;
    if (!['String', 'ID'].includes(namedType(field.type))) return value;
    if (Array.isArray(value)) return value.map((item: unknown) => this.#marked(thing, field, item));
    return typeof value === 'string' ? `${value}${this.#canary(thing.typeName, field.name)}` : value;
  }

  isMissing(thing: Thing, subgraph: string): boolean {
    if (thing.index !== thingsPerType - 1) return false;
    return this.world.missing.some((each) => each.type === thing.typeName && each.subgraph === subgraph);
  }

  /** Fields of a thing as a representation carries them. */
  picked(thing: Thing, fields: string): Record<string, unknown> {
    return this.#pickedSet(thing, this.selectionSet(fields));
  }

  selectionSet(fields: string): SelectionSetNode {
    const known = this.#sets.get(fields);
    if (known !== undefined) return known;
    const made = operationSet(parse(`{ ${fields} }`));
    this.#sets.set(fields, made);
    return made;
  }

  #pickedSet(thing: Thing, set: SelectionSetNode): Record<string, unknown> {
    const picked: Record<string, unknown> = {};
    for (const node of set.selections) {
      if (node.kind !== Kind.FIELD) continue;
      const field = this.fieldOf(thing.typeName, node.name.value);
      if (field === undefined) throw new Error(`There is no ${thing.typeName}.${node.name.value}.`);
      const given = Object.fromEntries(
        (node.arguments ?? []).map((arg) => [arg.name.value, literal(arg.value)]),
      );
      const value = this.value(thing, field, withDefaults(field, given));
      picked[field.name] = node.selectionSet ? this.#pickedInside(value, node.selectionSet) : value;
    }
    return picked;
  }

  #pickedInside(value: unknown, set: SelectionSetNode): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#pickedInside(item, set));
    return value === null ? null : this.#pickedSet(value as Thing, set);
  }

  /** The thing of one of the types whose key fields are as the representation says. */
  found(
    typeNames: readonly string[],
    key: string,
    representation: Readonly<Record<string, unknown>>,
  ): Thing | undefined {
    const set = this.selectionSet(key);
    const wanted = picked(representation, set);
    if (wanted === undefined) return undefined;
    const text = JSON.stringify(wanted);
    for (const typeName of typeNames) {
      for (let index = 0; index < thingsPerType; index += 1) {
        if (JSON.stringify(this.#pickedSet({ typeName, index }, set)) === text) return { typeName, index };
      }
    }
    return undefined;
  }

  #made(thing: Thing, field: WorldField): unknown {
    const dice = diceOf(numberOf(`${this.world.seed} ${thing.typeName} ${field.name} ${thing.index}`));
    const type = field.places.find((place) => place.type?.endsWith('!'))?.type ?? field.type;
    if (field.isKey) return keyValue(thing, field);
    // Where subgraphs disagree on what may be null, the whole allows it and has no fault to show.
    const isNarrowed = field.places.some((place) => place.type !== undefined);
    const isFaulty = this.world.hasFaults && !isNarrowed && !this.#isRequired(field.name);
    return this.#ofType(type, field, { dice, isFaulty });
  }

  /** Whether some `@requires` reads a field of that name: a fault there would spoil more than what is asked for. */
  #isRequired(name: string): boolean {
    return this.world.objects.some((object) =>
      object.fields.some((each) =>
        each.places.some((place) => place.requires?.split(/\W+/).includes(name) === true),
      ),
    );
  }

  #ofType(type: string, field: WorldField, at: { readonly dice: Dice; readonly isFaulty: boolean }): unknown {
    const { dice, isFaulty } = at;
    if (type.endsWith('!')) {
      if (isFaulty && dice.chance(5)) return null;
      return (
        this.#ofType(type.slice(0, -1), field, { dice, isFaulty: at.isFaulty }) ??
        this.#present(type.slice(0, -1), field, at)
      );
    }
    if (dice.chance(18)) return null;
    return this.#present(type, field, at);
  }

  #present(
    type: string,
    field: WorldField,
    at: { readonly dice: Dice; readonly isFaulty: boolean },
  ): unknown {
    const { dice } = at;
    if (type.startsWith('[')) {
      const item = type.slice(1, -1);
      return Array.from({ length: dice.int(4) }, () => this.#ofType(item, field, at));
    }
    const allowed = this.allowedTypes(type, field);
    if (allowed === undefined) return this.#leaf(type, dice);
    return allowed.length === 0 ? null : { typeName: dice.one(allowed), index: dice.int(thingsPerType) };
  }

  #leaf(type: string, dice: Dice): unknown {
    const named = this.world.enums.find(({ name }) => name === type);
    if (named !== undefined) {
      const isHidden = this.world.hasFaults && named.hidden.length > 0 && dice.chance(10);
      return dice.one(isHidden ? named.hidden : named.values);
    }
    switch (type) {
      case 'Int':
        return dice.one([0, 1, -7, 2147483647]);
      case 'Float':
        return dice.one([0, 1.5, -2e-7, 1e21]);
      case 'Boolean':
        return dice.chance(50);
      case 'Json':
        return dice.one<unknown>([{ b: 1, a: [null, ''] }, [], 0, '', false, 'x', { __proto_: {} }]);
      default:
        return dice.one(['', 'a', 'b', '"q" \\ é', '\u2028\u0007', '😀', '0']);
    }
  }

  /** Object types a field's value may have in all subgraphs that resolve it; `undefined` for leaves. */
  allowedTypes(type: string, field: WorldField): readonly string[] | undefined {
    const name = namedType(type);
    if (this.world.objects.some((object) => object.name === name)) return [name];
    const places = this.#placesOf(name);
    if (places === undefined) return undefined;
    const key = `${name} ${field.places.map(({ subgraph }) => subgraph).join(',')}`;
    const known = this.#allowed.get(key);
    if (known !== undefined) return known;
    const inAll = field.places
      .filter((place) => place.external === undefined)
      .map(({ subgraph }) => new Set(places(subgraph)));
    const allowed = this.world.objects
      .map((object) => object.name)
      .filter((each) => inAll.every((types) => types.has(each)));
    this.#allowed.set(key, allowed);
    return allowed;
  }

  #placesOf(name: string): ((subgraph: string) => readonly string[]) | undefined {
    const union = this.world.unions.find((each) => each.name === name);
    if (union !== undefined)
      return (subgraph) =>
        union.in.filter((place) => place.subgraph === subgraph).flatMap(({ members }) => members);
    const face = this.world.interfaces.find((each) => each.name === name);
    if (face === undefined) return undefined;
    return (subgraph) =>
      face.objects.some((object) => object.subgraph === subgraph)
        ? implementersOf(face)
        : face.in.filter((place) => place.subgraph === subgraph).flatMap(({ implementers }) => implementers);
  }
}

const isOwn = (field: WorldField): boolean =>
  !field.isKey && field.places.every((place) => place.external === undefined);

function keyValue(thing: Thing, field: WorldField): unknown {
  if (field.type === 'KeyPart!' || field.type === 'Owner!') {
    return { typeName: namedType(field.type), index: thing.index };
  }
  if (field.type === 'Int!') return thing.index % 2;
  return `${thing.typeName}-${field.name === 'id' ? '' : field.name}${thing.index}`;
}

/** A value's text shows the arguments; of things and lists they choose. */
function withArguments(value: unknown, args: Readonly<Record<string, unknown>>): unknown {
  if (Object.keys(args).length === 0) return value;
  if (isThing(value)) {
    const shift = typeof args['shift'] === 'number' ? args['shift'] : 0;
    return { ...value, index: (value.index + shift) % thingsPerType };
  }
  if (
    Array.isArray(value) &&
    (value.length === 0 || value.some((item) => isThing(item) || Array.isArray(item)))
  ) {
    const first = typeof args['first'] === 'number' ? args['first'] : value.length;
    return value.slice(0, first).map((item) => withArguments(item, { ...args, first: null }));
  }
  return typeof value === 'string' ? `${value}(${canonical(args)})` : value;
}

export function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && 'typeName' in value && 'index' in value;
}

/** The value of a field with `@requires`: another one whenever an input is another one. */
export function computed(inputs: unknown, args: Readonly<Record<string, unknown>>): string {
  return `${canonical(inputs)}${Object.keys(args).length > 0 ? `(${canonical(args)})` : ''}`;
}

/** Fields of plain data; `undefined` when one is missing. */
export function picked(value: unknown, set: SelectionSetNode): unknown {
  if (value === null || value === undefined) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => picked(item, set));
    return items.includes(undefined) ? undefined : items;
  }
  const result: Record<string, unknown> = {};
  for (const node of set.selections) {
    if (node.kind !== Kind.FIELD) continue;
    const inner = (value as Record<string, unknown>)[node.name.value];
    const part = node.selectionSet ? picked(inner, node.selectionSet) : inner;
    if (part === undefined) return undefined;
    result[node.name.value] = part;
  }
  return result;
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function operationSet(document: DocumentNode): SelectionSetNode {
  const [definition] = document.definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('This is no selection set.');
  return definition.selectionSet;
}

function literal(value: ValueNode): unknown {
  switch (value.kind) {
    case Kind.INT:
    case Kind.FLOAT:
      return Number(value.value);
    case Kind.LIST:
      return value.values.map(literal);
    case Kind.OBJECT:
      return inputDefaults(
        Object.fromEntries(value.fields.map((one) => [one.name.value, literal(one.value)])),
      );
    case Kind.NULL:
    case Kind.VARIABLE:
      return null;
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return value.value;
  }
}

const inputDefaults = (value: Record<string, unknown>): Record<string, unknown> => ({ x: 7, ...value });

/** Arguments with the defaults their types declare, lists where a list is meant. */
function withDefaults(field: WorldField, given: Record<string, unknown>): Record<string, unknown> {
  const all = { ...given };
  for (const { name, type } of field.args) {
    const text = /= (.*)$/.exec(type)?.[1];
    if (text !== undefined && !(name in all)) all[name] = JSON.parse(text) as unknown;
  }
  return all;
}
