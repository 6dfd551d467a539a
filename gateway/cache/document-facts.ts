import { hash } from 'node:crypto';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
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
}

export function documentFacts(facts: SchemaFacts, subgraph: string, text: string): DocumentFacts {
  const document = parse(text, { noLocation: true });
  const definition = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (definition === undefined) throw new Error('a subgraph document without an operation');
  const rootType = rootTypeName(facts.schema, definition.operation);
  const reading = new Reading(facts, document);
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
  readonly children: Map<string, { type: string; below: GrowingWalk | undefined }>;
  readonly keyOf: Map<string, string>;
  /** Response keys that mean different fields on different types. */
  readonly unclear: Set<string>;
}

const newWalk = (): GrowingWalk => ({ children: new Map(), keyOf: new Map(), unclear: new Set() });

/** One pass over a document. */
class Reading {
  readonly entityTypes = new Set<string>();
  isProtected = false;
  readonly #facts: SchemaFacts;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  #least: number | undefined;
  #isIncomplete = false;
  #isPrivate = false;

  constructor(facts: SchemaFacts, document: DocumentNode) {
    this.#facts = facts;
    this.#fragments = new Map(
      document.definitions.flatMap((one) =>
        one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
      ),
    );
  }

  hint(): SchemaHint {
    const complete = this.#least === undefined ? undefined : this.#isIncomplete ? 0 : this.#least;
    return { least: this.#least, complete, isPrivate: this.#isPrivate };
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
      if (fragment === undefined) continue;
      const on = fragment.typeCondition?.name.value ?? type;
      if (type === undefined && on !== undefined) this.#entity(on);
      this.walk(fragment.selectionSet, on, into);
    }
    return into;
  }

  #entity(type: string): void {
    this.entityTypes.add(type);
    if (this.#facts.isProtected(type)) this.isProtected = true;
    this.#take(this.#facts.hint(type), true);
  }

  #field(field: FieldNode, parent: string | undefined, into: GrowingWalk): void {
    const name = field.name.value;
    const key = field.alias?.value ?? name;
    this.#noteKey(field, key, into);
    if (name === '__typename') return;
    const type = this.#typeOf(parent, name);
    // What the schema does not know could be anything.
    if (type === undefined) this.isProtected = true;
    this.#guard(parent, name, type);
    const isNeeded = isRoot(parent) || field.selectionSet !== undefined;
    this.#take(this.#facts.hint(`${parent ?? ''}.${name}`) ?? this.#facts.hint(type ?? ''), isNeeded);
    into.children.set(key, {
      type: type ?? '',
      below: this.#below(field, type, into.children.get(key)?.below),
    });
  }

  #below({ selectionSet }: FieldNode, type: string | undefined, known = newWalk()): GrowingWalk | undefined {
    return selectionSet === undefined ? undefined : this.walk(selectionSet, type ?? '', known);
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

  #guard(parent: string | undefined, field: string, type: string | undefined): void {
    const { schema, isProtected } = this.#facts;
    const owner = schema.getType(parent ?? '');
    const owners = [owner, ...(isInterfaceType(owner) ? schema.getPossibleTypes(owner) : [])];
    const given = type === undefined ? undefined : schema.getType(type);
    const types = [given, ...(isAbstractType(given) ? schema.getPossibleTypes(given) : [])];
    const names = [
      ...owners.flatMap((one) => (one === undefined ? [] : [one.name, `${one.name}.${field}`])),
      ...types.flatMap((one) => (one === undefined || !isGuardable(one.name) ? [] : [one.name])),
    ];
    if (names.some(isProtected)) this.isProtected = true;
  }

  #take(hint: CacheHint | undefined, isNeeded: boolean): void {
    if (hint?.maxAge !== undefined) this.#least = Math.min(this.#least ?? Infinity, hint.maxAge);
    else if (isNeeded && hint?.inherits !== true) this.#isIncomplete = true;
    if (hint?.isPrivate === true) this.#isPrivate = true;
  }
}

const isRoot = (type: string | undefined): boolean => type === 'Query' || type === 'Mutation';

const isGuardable = (name: string): boolean => !name.startsWith('__');

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
