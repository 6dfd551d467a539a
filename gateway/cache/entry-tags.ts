import { hash } from 'node:crypto';
import { isAbstractType, Kind, type ValueNode } from 'graphql';
import { typeAt, type DocumentFacts, type Walk } from './document-facts.ts';
import { keyText, type KeySet, type ReadField } from './key-sets.ts';
import type { SchemaFacts } from './schema-facts.ts';

/**
 * Tags say what an entry was made of, so that it can be dropped by any of it:
 * `s` its subgraph, `t` a type in it, `e` an entity by one of its keys, `u` an entity of which only some keys are known,
 * `m` entities too many to be named, `c` what `@cacheTag` or the subgraph called it.
 */
export const subgraphTag = (subgraph: string): string => `s:${subgraph}`;
export const typeTag = (subgraph: string, type: string): string => `t:${subgraph}:${type}`;
export const customTag = (subgraph: string, tag: string): string => `c:${subgraph}:${bounded(tag)}`;
const manyTag = (subgraph: string, type: string): string => `m:${subgraph}:${type}`;

/** The subgraph that a tag names, and the type where it names one. */
export function namesIn(tag: string): { readonly subgraph: string; readonly type: string | undefined } {
  const [kind, subgraph = '', type] = tag.split(':', 3);
  return { subgraph, type: kind === 's' || kind === 'c' ? undefined : type };
}

export interface NamedEntity {
  readonly subgraph: string;
  readonly type: string;
  /** Those of its keys that are known, in canonical form. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Beyond this, entities of an entry are only counted by their types. */
const mostEntities = 500;
const longestKey = 200;
const mostCustomTags = 100;
const mostKeys = 6;

/** All tags that an entity may stand under, for who wants to drop it. */
export function tagsToDrop(facts: SchemaFacts, { subgraph, type, keys }: NamedEntity): readonly string[] {
  return facts.related(type).flatMap((name) => {
    const foreign = facts
      .keysOf(name)
      .map((set) => set.name)
      .filter((set) => !keys.has(set));
    // Nothing to go by, or too many ways to be the same: everything of the type.
    if (keys.size === 0 || foreign.length > mostKeys) return [typeTag(subgraph, name)];
    return [
      ...[...keys.values()].map((key) => entityTag(subgraph, name, key)),
      ...subsets(foreign).map((known) => unknownTag(subgraph, name, known)),
      manyTag(subgraph, name),
    ];
  });
}

/** An entry with none of the given keys may be the same entity: its known keys are then among the others. */
function subsets(names: readonly string[]): readonly (readonly string[])[] {
  const all: string[][] = [[]];
  for (const name of names) for (const set of [...all]) all.push([...set, name]);
  return all;
}

const entityTag = (subgraph: string, type: string, key: string): string =>
  `e:${subgraph}:${type}:${bounded(key)}`;
const unknownTag = (subgraph: string, type: string, known: readonly string[]): string =>
  `u:${subgraph}:${type}:${[...known].sort().join(',')}`;

const bounded = (text: string): string =>
  text.length <= longestKey ? text : `#${hash('sha256', text, 'base64url')}`;

type Json = Readonly<Record<string, unknown>>;

export interface Tagged {
  readonly facts: SchemaFacts;
  readonly document: DocumentFacts;
}

/** The types and entities in an object and below it. */
export interface Contents {
  readonly types: ReadonlySet<string>;
  readonly entities: readonly NamedEntity[];
  /** Types of places that hold nothing, or what cannot be told: any entity of them may come to stand there. */
  readonly open: ReadonlySet<string>;
  readonly isCut: boolean;
}

/** `identity` is what the topmost entity is known by beside its data. */
export function entitiesIn(
  { facts, document }: Tagged,
  value: unknown,
  identity: Json | undefined,
): Contents {
  const types = new Set<string>();
  const open = new Set<string>();
  const entities: NamedEntity[] = [];
  let isCut = false;
  const { subgraph } = document;
  const note = (object: Json, walk: Walk, type: string, known: Json | undefined): void => {
    types.add(type);
    const sets = facts.keysOf(type);
    if (type === document.rootType) return;
    if (sets.length === 0) {
      if (isAbstractType(facts.schema.getType(type))) open.add(type);
    } else if (entities.length < mostEntities) {
      entities.push({ subgraph, type, keys: keysOf(sets, object, walk, known) });
    } else isCut = true;
  };
  const visit = (one: unknown, walk: Walk, declared: string, known: Json | undefined): void => {
    if (Array.isArray(one) && one.length > 0) {
      for (const item of one) visit(item, walk, declared, known);
      return;
    }
    if (!isObject(one)) {
      open.add(declared);
      return;
    }
    note(one, walk, typeAt(facts.schema, one, walk, declared), known);
    for (const [key, { below, type, otherTypes }] of walk.children) {
      if (below === undefined || !Object.hasOwn(one, key)) continue;
      visit(one[key], below, type, undefined);
      for (const other of otherTypes) open.add(other);
    }
  };
  const top = identity === undefined ? document.rootType : String(identity['__typename']);
  if (identity !== undefined && value === null) visit({}, emptyWalk, top, identity);
  else visit(value, document.walk, top, identity);
  return { types, entities, open, isCut };
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const emptyWalk: Walk = { children: new Map(), keyOf: new Map() };

function keysOf(
  sets: readonly KeySet[],
  object: Json,
  walk: Walk,
  identity: Json | undefined,
): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const set of sets) {
    const text =
      (identity === undefined ? undefined : keyText(set, identity)) ?? keyText(set, object, readBy(walk));
    if (text !== undefined) keys.set(set.name, text);
  }
  return keys;
}

/** Reads through aliases; what is not there under a key of its own is unknown. */
function readBy(walk: Walk): ReadField {
  return (object, field, path) => {
    let at: Walk | undefined = walk;
    for (const step of path.split('.').slice(1)) at = at?.children.get(at.keyOf.get(step) ?? '')?.below;
    const key = at?.keyOf.get(field);
    return key !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
  };
}

/** The tags of one entry. */
export function entryTags(tagged: Tagged, value: unknown, identity: Json | undefined): readonly string[] {
  const { facts, document } = tagged;
  const { subgraph } = document;
  const { types, entities, open, isCut } = entitiesIn(tagged, value, identity);
  const tags = new Set([subgraphTag(subgraph)]);
  for (const type of types) {
    tags.add(typeTag(subgraph, type));
    if (isCut) tags.add(manyTag(subgraph, type));
  }
  for (const type of open) tags.add(typeTag(subgraph, type)).add(unknownTag(subgraph, type, []));
  for (const { type, keys } of entities) {
    for (const key of keys.values()) tags.add(entityTag(subgraph, type, key));
    if (keys.size < facts.keysOf(type).length) tags.add(unknownTag(subgraph, type, [...keys.keys()]));
  }
  return [...tags];
}

/** `@cacheTag` of the types of an entity, and of root fields; formats are `text-{$key.id}` and `text-{$args.id}`. */
export function schemaTags(
  { facts, document }: Tagged,
  identity: Json | undefined,
  variables: Json,
): readonly string[] {
  const { subgraph } = document;
  if (identity !== undefined) {
    const type = String(identity['__typename']);
    return facts
      .tagFormats(subgraph, type)
      .map((format) => filled(format, 'key', identity))
      .map(custom(subgraph));
  }
  return document.rootFields.flatMap(({ name, args }) => {
    const values = Object.fromEntries(
      Object.entries(args).map(([key, node]) => [key, valueOf(node, variables)]),
    );
    const formats = facts.tagFormats(subgraph, `${document.rootType}.${name}`);
    return formats.map((format) => filled(format, 'args', values)).map(custom(subgraph));
  });
}

/** Tags that a subgraph sent along; what is no text is left out. */
export function answerTags(subgraph: string, given: unknown): readonly string[] {
  if (!Array.isArray(given)) return [];
  const texts = given.filter((one): one is string => typeof one === 'string' && one !== '');
  return texts.slice(0, mostCustomTags).map(custom(subgraph));
}

const custom = (subgraph: string) => (tag: string) => customTag(subgraph, tag);

function filled(format: string, source: 'key' | 'args', values: Json): string {
  return format.replace(/\{\$(key|args)((?:\.\w+)+)\}/g, (whole, from: string, path: string) => {
    if (from !== source) return whole;
    const value = path.split('.').slice(1).reduce<unknown>(readStep, values);
    if (value === undefined) return 'undefined';
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

const readStep = (at: unknown, step: string): unknown =>
  typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? (at as Json)[step] : undefined;

function valueOf(node: ValueNode, variables: Json): unknown {
  switch (node.kind) {
    case Kind.VARIABLE:
      return readStep(variables, node.name.value);
    case Kind.NULL:
      return null;
    case Kind.LIST:
      return node.values.map((one) => valueOf(one, variables));
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map((one) => [one.name.value, valueOf(one.value, variables)]));
    case Kind.BOOLEAN:
    case Kind.ENUM:
    case Kind.FLOAT:
    case Kind.INT:
    case Kind.STRING:
      return node.value;
  }
}
