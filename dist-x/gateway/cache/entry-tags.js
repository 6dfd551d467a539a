import { hash } from 'node:crypto';
import { Kind } from 'graphql';
import { typeAt } from "./document-facts.js";
import { keyText } from "./key-sets.js";
/**
 * Tags say what an entry was made of, so that it can be dropped by any of it:
 * `s` its subgraph, `t` a type in it, `e` an entity by one of its keys, `u` an entity of which only some keys are known,
 * `m` entities too many to be named, `c` what `@cacheTag` or the subgraph called it.
 */
export const subgraphTag = (subgraph) => `s:${subgraph}`;
export const typeTag = (subgraph, type) => `t:${subgraph}:${type}`;
export const customTag = (subgraph, tag) => `c:${subgraph}:${bounded(tag)}`;
const manyTag = (subgraph, type) => `m:${subgraph}:${type}`;
/** The subgraph that a tag names, and the type where it names one. */
export function namesIn(tag) {
    const [kind, subgraph = '', type] = tag.split(':', 3);
    return { subgraph, type: kind === 's' || kind === 'c' ? undefined : type };
}
/** Beyond this, entities of an entry are only counted by their types. */
const mostEntities = 500;
const longestKey = 200;
const mostCustomTags = 100;
const mostKeys = 6;
/** All tags that an entity may stand under, for who wants to drop it. */
export function tagsToDrop(facts, { subgraph, type, keys }) {
    return facts.related(type).flatMap((name) => {
        const foreign = facts
            .keysOf(name)
            .map((set) => set.name)
            .filter((set) => !keys.has(set));
        // Nothing to go by, or too many ways to be the same: everything of the type.
        if (keys.size === 0 || foreign.length > mostKeys)
            return [typeTag(subgraph, name)];
        return [
            ...[...keys.values()].map((key) => entityTag(subgraph, name, key)),
            ...subsets(foreign).map((known) => unknownTag(subgraph, name, known)),
            manyTag(subgraph, name),
        ];
    });
}
/** An entry with none of the given keys may be the same entity: its known keys are then among the others. */
function subsets(names) {
    const all = [[]];
    for (const name of names)
        for (const set of [...all])
            all.push([...set, name]);
    return all;
}
const entityTag = (subgraph, type, key) => `e:${subgraph}:${type}:${bounded(key)}`;
const unknownTag = (subgraph, type, known) => `u:${subgraph}:${type}:${[...known].sort().join(',')}`;
const bounded = (text) => text.length <= longestKey ? text : `#${hash('sha256', text, 'base64url')}`;
/** The entities in an object and below it; `identity` is what the topmost one is known by beside its data. */
export function entitiesIn({ facts, document }, value, identity) {
    const types = new Set();
    const entities = [];
    let isCut = false;
    const { subgraph } = document;
    const visit = (one, walk, declared, known) => {
        if (Array.isArray(one)) {
            for (const item of one)
                visit(item, walk, declared, known);
            return;
        }
        if (typeof one !== 'object' || one === null)
            return;
        const object = one;
        const type = typeAt(facts.schema, object, walk, declared);
        types.add(type);
        const sets = facts.keysOf(type);
        if (sets.length > 0 && type !== document.rootType) {
            if (entities.length < mostEntities)
                entities.push({ subgraph, type, keys: keysOf(sets, object, walk, known) });
            else
                isCut = true;
        }
        for (const [key, child] of walk.children)
            if (child.below !== undefined && Object.hasOwn(object, key))
                visit(object[key], child.below, child.type, undefined);
    };
    const top = identity === undefined ? document.rootType : String(identity['__typename']);
    if (identity !== undefined && value === null)
        visit({}, emptyWalk, top, identity);
    else
        visit(value, document.walk, top, identity);
    return { types, entities, isCut };
}
const emptyWalk = { children: new Map(), keyOf: new Map() };
function keysOf(sets, object, walk, identity) {
    const keys = new Map();
    for (const set of sets) {
        const text = (identity === undefined ? undefined : keyText(set, identity)) ?? keyText(set, object, readBy(walk));
        if (text !== undefined)
            keys.set(set.name, text);
    }
    return keys;
}
/** Reads through aliases; what is not there under a key of its own is unknown. */
function readBy(walk) {
    return (object, field, path) => {
        let at = walk;
        for (const step of path.split('.').slice(1))
            at = at?.children.get(at.keyOf.get(step) ?? '')?.below;
        const key = at?.keyOf.get(field);
        return key !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
    };
}
/** The tags of one entry. */
export function entryTags(tagged, value, identity) {
    const { facts, document } = tagged;
    const { subgraph } = document;
    const { types, entities, isCut } = entitiesIn(tagged, value, identity);
    const tags = new Set([subgraphTag(subgraph)]);
    for (const type of types) {
        tags.add(typeTag(subgraph, type));
        if (isCut)
            tags.add(manyTag(subgraph, type));
    }
    for (const { type, keys } of entities) {
        for (const key of keys.values())
            tags.add(entityTag(subgraph, type, key));
        if (keys.size < facts.keysOf(type).length)
            tags.add(unknownTag(subgraph, type, [...keys.keys()]));
    }
    return [...tags];
}
/** `@cacheTag` of the types of an entity, and of root fields; formats are `text-{$key.id}` and `text-{$args.id}`. */
export function schemaTags({ facts, document }, identity, variables) {
    const { subgraph } = document;
    if (identity !== undefined) {
        const type = String(identity['__typename']);
        return facts
            .tagFormats(subgraph, type)
            .map((format) => filled(format, 'key', identity))
            .map(custom(subgraph));
    }
    return document.rootFields.flatMap(({ name, args }) => {
        const values = Object.fromEntries(Object.entries(args).map(([key, node]) => [key, valueOf(node, variables)]));
        const formats = facts.tagFormats(subgraph, `${document.rootType}.${name}`);
        return formats.map((format) => filled(format, 'args', values)).map(custom(subgraph));
    });
}
/** Tags that a subgraph sent along; what is no text is left out. */
export function answerTags(subgraph, given) {
    if (!Array.isArray(given))
        return [];
    const texts = given.filter((one) => typeof one === 'string' && one !== '');
    return texts.slice(0, mostCustomTags).map(custom(subgraph));
}
const custom = (subgraph) => (tag) => customTag(subgraph, tag);
function filled(format, source, values) {
    return format.replace(/\{\$(key|args)((?:\.\w+)+)\}/g, (whole, from, path) => {
        if (from !== source)
            return whole;
        const value = path.split('.').slice(1).reduce(readStep, values);
        if (value === undefined)
            return 'undefined';
        return typeof value === 'string' ? value : JSON.stringify(value);
    });
}
const readStep = (at, step) => typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? at[step] : undefined;
function valueOf(node, variables) {
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
//# sourceMappingURL=entry-tags.js.map