import { hash } from 'node:crypto';
import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { CacheHint, SchemaFacts } from './schema-facts.ts';

/** What an answer to a document holds, by response key; fragments are merged. */
export interface Walk {
  readonly children: ReadonlyMap<string, WalkChild>;
  /** Response key of each field without arguments, where it has exactly one meaning. */
  readonly keyOf: ReadonlyMap<string, string>;
}

interface WalkChild {
  /** Named type as the schema declares it. */
  readonly type: string;
  /** Types of other fields under the same key, for other objects. */
  readonly otherTypes: ReadonlySet<string>;
  readonly below: Walk | undefined;
}

export interface RootField {
  readonly name: string;
  /** As written; variables by their names. */
  readonly args: Readonly<Record<string, ValueNode>>;
}

/** What is known of a subgraph document before it is sent. */
export interface DocumentFacts {
  readonly subgraph: string;
  /** Equal for documents that ask one version of a subgraph for the same, whatever the operation is called. */
  readonly id: string;
  readonly rootType: string;
  /** Of the root fields, or of the entities' fields. */
  readonly walk: Walk;
  readonly rootFields: readonly RootField[];
  /** Types of the root fields or entities: what settings by type and counters speak of. */
  readonly topTypes: readonly string[];
  /** Types of all that an answer may hold, with their interfaces. */
  readonly types: ReadonlySet<string>;
  /** Whether access directives guard any of it. */
  readonly isProtected: boolean;
  readonly schemaHint: SchemaHint;
}

/** What the schema's `@cacheControl` say together. Seconds. */
export interface SchemaHint {
  /** The least of all that is said; `undefined`: nothing. */
  readonly least: number | undefined;
  /** The same, with 0 for what should say something and does not. */
  readonly complete: number | undefined;
  readonly isPrivate: boolean;
  /** Whether it was this subgraph that said it, as far as the supergraph tells. */
  readonly isOwn: boolean;
}

export function documentFacts(facts: SchemaFacts, subgraph: string, text: string): DocumentFacts {
  const document = parse(text, { noLocation: true });
  const definition = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (definition === undefined) throw new Error('a subgraph document without an operation');
  const rootType = rootTypeName(facts.schema, definition.operation);
  const reading = new Reading(facts, subgraph, document);
  const selections = definition.selectionSet.selections;
  const entities = selections.find((one) => one.kind === Kind.FIELD && one.name.value === '_entities');
  const isEntities = entities?.kind === Kind.FIELD && entities.selectionSet !== undefined;
  const top = isEntities ? entities.selectionSet : definition.selectionSet;
  const walk = reading.walk(top, isEntities ? undefined : rootType, undefined);
  const asked = text.replace(/^(\s*\w+)\s+[_A-Za-z]\w*/, '$1');
  const version = facts.versionOf(subgraph);
  return {
    subgraph,
    rootType,
    walk,
    id: hash('sha256', JSON.stringify([subgraph, version, asked]), 'base64url'),
    rootFields: isEntities
      ? []
      : selections.flatMap((one) => (one.kind === Kind.FIELD ? [rootField(one)] : [])),
    topTypes: isEntities
      ? [...reading.entityTypes]
      : [...new Set([...walk.children.values()].map(({ type }) => type))],
    types: reading.types,
    isProtected: reading.isProtected,
    schemaHint: reading.hint(),
  };
}

function rootTypeName(schema: GraphQLSchema, kind: 'query' | 'mutation' | 'subscription'): string {
  const type = kind === 'mutation' ? schema.getMutationType() : schema.getQueryType();
  return type?.name ?? 'Query';
}

function rootField({ name, arguments: args = [] }: FieldNode): RootField {
  return { name: name.value, args: Object.fromEntries(args.map((one) => [one.name.value, one.value])) };
}

interface GrowingWalk {
  readonly children: Map<
    string,
    { type: string; otherTypes: ReadonlySet<string>; below: GrowingWalk | undefined }
  >;
  readonly keyOf: Map<string, string>;
  /** Response keys that mean different fields on different types. */
  readonly unclear: Set<string>;
}

const newWalk = (): GrowingWalk => ({ children: new Map(), keyOf: new Map(), unclear: new Set() });

/** One pass over a document. */
class Reading {
  readonly entityTypes = new Set<string>();
  readonly types = new Set<string>();
  isProtected = false;
  readonly #facts: SchemaFacts;
  readonly #subgraph: string;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  #least: number | undefined;
  #isIncomplete = false;
  #isPrivate = false;
  #isOwn = true;

  constructor(facts: SchemaFacts, subgraph: string, document: DocumentNode) {
    this.#facts = facts;
    this.#subgraph = subgraph;
    this.#fragments = new Map(
      document.definitions.flatMap((one) =>
        one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
      ),
    );
  }

  hint(): SchemaHint {
    const complete = this.#least === undefined ? undefined : this.#isIncomplete ? 0 : this.#least;
    return { least: this.#least, complete, isPrivate: this.#isPrivate, isOwn: this.#isOwn };
  }

  /** `type` is undefined for the list of entities, whose fragments name their types. */
  walk(set: SelectionSetNode, type: string | undefined, into: GrowingWalk = newWalk()): GrowingWalk {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        this.#field(selection, type, into);
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection;
      if (fragment !== undefined) this.#fragment(fragment, type, into);
    }
    return into;
  }

  #fragment(
    { typeCondition, selectionSet }: InlineFragmentNode | FragmentDefinitionNode,
    type: string | undefined,
    into: GrowingWalk,
  ): void {
    const on = typeCondition?.name.value ?? type;
    if (on !== undefined && on !== type) {
      this.#note(on);
      if (type === undefined) this.#need(this.#facts.hint(on), 'time');
      else this.#take(this.#facts.hint(on));
    }
    if (type === undefined && on !== undefined) this.entityTypes.add(on);
    this.walk(selectionSet, on, into);
  }

  #field(field: FieldNode, parent: string | undefined, into: GrowingWalk): void {
    const name = field.name.value;
    const key = field.alias?.value ?? name;
    this.#noteKey(field, key, into);
    if (name === '__typename') return;
    const type = this.#typeOf(parent, name) ?? '';
    // What the schema does not know could be anything.
    if (type === '' || this.#facts.isProtected(parent ?? '', name)) this.isProtected = true;
    if (type !== '') this.#note(type);
    this.#takeField(parent ?? '', field, type);
    const known = into.children.get(key);
    const otherTypes = known === undefined ? [] : [...known.otherTypes, known.type];
    const below = this.#below(field, type, known?.below);
    into.children.set(key, { type, otherTypes: new Set(otherTypes), below });
  }

  /** Takes in what may stand where a type stands. */
  #note(type: string): void {
    const { isProtected, possible, hint, kin } = this.#facts;
    if (isProtected(type)) this.isProtected = true;
    const all = possible(this.#subgraph, type);
    for (const one of all) {
      if (one !== type) this.#take(hint(one));
      // Of the kin of an abstract type only those that this subgraph has.
      for (const name of one === type && all.length > 1 ? [type] : kin(one)) this.types.add(name);
    }
  }

  #below({ selectionSet }: FieldNode, type: string, known = newWalk()): GrowingWalk | undefined {
    return selectionSet === undefined ? undefined : this.walk(selectionSet, type, known);
  }

  /** Only a response key that is always the same field can be read as that field. */
  #noteKey({ name, arguments: args = [] }: FieldNode, key: string, { keyOf, unclear }: GrowingWalk): void {
    for (const [field, used] of keyOf) {
      if (used !== key || field === name.value) continue;
      keyOf.delete(field);
      unclear.add(key);
    }
    if (!unclear.has(key) && args.length === 0) keyOf.set(name.value, key);
  }

  #typeOf(parent: string | undefined, field: string): string | undefined {
    const type = this.#facts.schema.getType(parent ?? '');
    if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
    const found = type.getFields()[field];
    return found === undefined ? undefined : getNamedType(found.type).name;
  }

  /** A field's own time goes before that of its type. */
  #takeField(owner: string, { name, selectionSet }: FieldNode, type: string): void {
    const { hint, schema } = this.#facts;
    const said = [`${owner}.${name.value}`, type].flatMap((one) => hint(one) ?? []);
    const ours = said.filter((one) => this.#isOurs(one));
    const timed = ours.find(({ maxAge }) => maxAge !== undefined) ?? ours.find(({ inherits }) => inherits);
    const isRoot = owner === schema.getQueryType()?.name || owner === schema.getMutationType()?.name;
    if (isRoot || selectionSet !== undefined) this.#need(timed, isRoot ? 'time' : 'word');
    else this.#take(timed);
    for (const one of said) this.#takeScope(one);
    for (const foreign of said) if (!ours.includes(foreign)) this.#take(foreign);
    this.#takeKin(owner, name.value);
  }

  /** What is said where a field stands on kin of its owner: plans turn fields of interfaces into fields of objects. */
  #takeKin(owner: string, field: string): void {
    for (const one of this.#facts.kin(owner))
      if (one !== owner) this.#take(this.#facts.hint(`${one}.${field}`));
  }

  readonly #isOurs = ({ sayers }: CacheHint): boolean => sayers?.has(this.#subgraph) !== false;

  /** Without it, nothing is said of a part of the answer; at the top there is nothing that a time could come from. */
  #need(hint: CacheHint | undefined, what: 'time' | 'word'): void {
    const isEnough = hint?.maxAge !== undefined || (what === 'word' && hint?.inherits === true);
    if (!isEnough) this.#isIncomplete = true;
    this.#take(hint);
  }

  /** Whatever is said makes the whole stricter. */
  #take(hint: CacheHint | undefined): void {
    if (hint === undefined) return;
    const { maxAge } = hint;
    if (maxAge !== undefined) this.#least = Math.min(this.#least ?? Infinity, maxAge);
    this.#takeScope(hint);
  }

  #takeScope(hint: CacheHint): void {
    if (hint.isPrivate) this.#isPrivate = true;
    // Another subgraph's word may have taken the place of a stricter one of this subgraph.
    if (this.#isOurs(hint) && hint.sayers?.size !== 1) this.#isOwn = false;
  }
}

/** The type an object has: what it says, when the schema knows it, else what was declared. */
export function typeAt(
  schema: GraphQLSchema,
  object: Readonly<Record<string, unknown>>,
  walk: Walk,
  declared: string,
): string {
  const key = walk.keyOf.get('__typename');
  const said = key !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
  return typeof said === 'string' && isCompositeType(schema.getType(said)) ? said : declared;
}

/** Whether a root field lacks the object, or one of the objects, that it is asked for: "there is no such thing". */
export function lacksObject({ children }: Walk, data: Readonly<Record<string, unknown>>): boolean {
  for (const [key, { below }] of children)
    if (below !== undefined && Object.hasOwn(data, key) && holdsNull(data[key])) return true;
  return false;
}

const holdsNull = (value: unknown): boolean =>
  value === null || (Array.isArray(value) && value.some(holdsNull));
