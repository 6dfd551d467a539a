import { hash } from 'node:crypto';
import { getNamedType, isAbstractType, isCompositeType, isInterfaceType, isObjectType, Kind, parse, } from 'graphql';
export function documentFacts(facts, subgraph, text) {
    const document = parse(text, { noLocation: true });
    const definition = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
    if (definition === undefined)
        throw new Error('a subgraph document without an operation');
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
function rootTypeName(schema, kind) {
    const type = kind === 'mutation' ? schema.getMutationType() : schema.getQueryType();
    return type?.name ?? 'Query';
}
function rootField({ name, arguments: args = [] }) {
    return { name: name.value, args: Object.fromEntries(args.map((one) => [one.name.value, one.value])) };
}
const newWalk = () => ({ children: new Map(), keyOf: new Map(), unclear: new Set() });
/** One pass over a document. */
class Reading {
    entityTypes = new Set();
    isProtected = false;
    #facts;
    #fragments;
    #least;
    #isIncomplete = false;
    #isPrivate = false;
    constructor(facts, document) {
        this.#facts = facts;
        this.#fragments = new Map(document.definitions.flatMap((one) => one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : []));
    }
    hint() {
        const complete = this.#least === undefined ? undefined : this.#isIncomplete ? 0 : this.#least;
        return { least: this.#least, complete, isPrivate: this.#isPrivate };
    }
    /** `type` is undefined for the list of entities, whose fragments name their types. */
    walk(set, type, into = newWalk()) {
        for (const selection of set.selections) {
            if (selection.kind === Kind.FIELD) {
                this.#field(selection, type, into);
                continue;
            }
            const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection;
            if (fragment === undefined)
                continue;
            const on = fragment.typeCondition?.name.value ?? type;
            if (type === undefined && on !== undefined)
                this.#entity(on);
            this.walk(fragment.selectionSet, on, into);
        }
        return into;
    }
    #entity(type) {
        this.entityTypes.add(type);
        if (this.#facts.isProtected(type))
            this.isProtected = true;
        this.#take(this.#facts.hint(type), true);
    }
    #field(field, parent, into) {
        const name = field.name.value;
        const key = field.alias?.value ?? name;
        this.#noteKey(field, key, into);
        if (name === '__typename')
            return;
        const type = this.#typeOf(parent, name);
        // What the schema does not know could be anything.
        if (type === undefined)
            this.isProtected = true;
        this.#guard(parent, name, type);
        const isNeeded = isRoot(parent) || field.selectionSet !== undefined;
        this.#take(this.#facts.hint(`${parent ?? ''}.${name}`) ?? this.#facts.hint(type ?? ''), isNeeded);
        into.children.set(key, {
            type: type ?? '',
            below: this.#below(field, type, into.children.get(key)?.below),
        });
    }
    #below({ selectionSet }, type, known = newWalk()) {
        return selectionSet === undefined ? undefined : this.walk(selectionSet, type ?? '', known);
    }
    /** Only a response key that is always the same field can be read as that field. */
    #noteKey({ name, arguments: args = [] }, key, { keyOf, unclear }) {
        for (const [field, used] of keyOf) {
            if (used !== key || field === name.value)
                continue;
            keyOf.delete(field);
            unclear.add(key);
        }
        if (!unclear.has(key) && args.length === 0)
            keyOf.set(name.value, key);
    }
    #typeOf(parent, field) {
        const type = this.#facts.schema.getType(parent ?? '');
        if (!isObjectType(type) && !isInterfaceType(type))
            return undefined;
        const found = type.getFields()[field];
        return found === undefined ? undefined : getNamedType(found.type).name;
    }
    #guard(parent, field, type) {
        const { schema, isProtected } = this.#facts;
        const owner = schema.getType(parent ?? '');
        const owners = [owner, ...(isInterfaceType(owner) ? schema.getPossibleTypes(owner) : [])];
        const given = type === undefined ? undefined : schema.getType(type);
        const types = [given, ...(isAbstractType(given) ? schema.getPossibleTypes(given) : [])];
        const names = [
            ...owners.flatMap((one) => (one === undefined ? [] : [one.name, `${one.name}.${field}`])),
            ...types.flatMap((one) => (one === undefined || !isGuardable(one.name) ? [] : [one.name])),
        ];
        if (names.some(isProtected))
            this.isProtected = true;
    }
    #take(hint, isNeeded) {
        if (hint?.maxAge !== undefined)
            this.#least = Math.min(this.#least ?? Infinity, hint.maxAge);
        else if (isNeeded && hint?.inherits !== true)
            this.#isIncomplete = true;
        if (hint?.isPrivate === true)
            this.#isPrivate = true;
    }
}
const isRoot = (type) => type === 'Query' || type === 'Mutation';
const isGuardable = (name) => !name.startsWith('__');
/** The type an object has: what it says, when the schema knows it, else what was declared. */
export function typeAt(schema, object, walk, declared) {
    const key = walk.keyOf.get('__typename');
    const said = key !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
    return typeof said === 'string' && isCompositeType(schema.getType(said)) ? said : declared;
}
//# sourceMappingURL=document-facts.js.map