import { getNamedType, isAbstractType, isCompositeType, isObjectType, isUnionType, Kind, print, } from 'graphql';
/** More selections than this are left as they are: fragments in fragments can stand for very many. */
const mostSelections = 20_000;
/**
 * The same operation without fragment definitions, with the known conditions decided and each field of a selection set
 * named once. The planner loses inputs of `@requires` that are fetched under a condition in one place and without in
 * another, and where an `@interfaceObject` stands it cannot follow fragments on other abstract types: those are spelled
 * out by object types.
 * `undefined` when the operation is too large for that.
 */
export function normalOperation(document, schema, booleans) {
    const writer = new NormalWriter(document, schema, booleans);
    const definitions = document.definitions.flatMap((node) => {
        if (node.kind !== Kind.OPERATION_DEFINITION)
            return [];
        const root = schema.api.getRootType(node.operation);
        return root ? [{ ...node, selectionSet: writer.written([node.selectionSet], root) }] : [node];
    });
    return writer.isTooLarge ? undefined : { ...document, definitions };
}
class NormalWriter {
    #fragments = new Map();
    #schema;
    #booleans;
    #count = 0;
    constructor(document, schema, booleans) {
        this.#schema = schema;
        this.#booleans = booleans;
        for (const node of document.definitions) {
            if (node.kind === Kind.FRAGMENT_DEFINITION)
                this.#fragments.set(node.name.value, node);
        }
    }
    get isTooLarge() {
        return this.#count > mostSelections;
    }
    written(sets, type) {
        const gathering = { type, entries: new Map(), seen: new Set() };
        for (const set of sets)
            this.#gather(set, gathering);
        const selections = [...gathering.entries.values()].map((entry) => this.#node(entry));
        return { kind: Kind.SELECTION_SET, selections };
    }
    #node({ node, type, sets }) {
        if (type === undefined || sets.size === 0 || node.kind === Kind.FRAGMENT_SPREAD)
            return node;
        return { ...node, selectionSet: this.written(sets, type) };
    }
    #gather(set, into) {
        for (const node of set.selections) {
            this.#count += 1;
            if (this.isTooLarge)
                return;
            const open = this.#openDirectives(node.directives ?? []);
            if (open === undefined)
                continue;
            if (node.kind === Kind.FIELD)
                this.#addField(node, open, into);
            else if (node.kind === Kind.INLINE_FRAGMENT) {
                this.#addFragment({ on: node.typeCondition?.name.value, set: node.selectionSet, open }, into);
            }
            else
                this.#addSpread(node.name.value, open, into);
        }
    }
    /** The directives without decided conditions; `undefined` when one of those leaves the node out. */
    #openDirectives(directives) {
        const open = [];
        for (const directive of directives) {
            const isSkip = directive.name.value === 'skip';
            const value = isSkip || directive.name.value === 'include' ? this.#decided(directive) : undefined;
            if (value === undefined)
                open.push(directive);
            else if (value === isSkip)
                return undefined;
        }
        return open;
    }
    #decided(directive) {
        const value = directive.arguments?.find(({ name }) => name.value === 'if')?.value;
        if (value?.kind === Kind.BOOLEAN)
            return value.value;
        return value?.kind === Kind.VARIABLE ? this.#booleans.get(value.name.value) : undefined;
    }
    #addField(node, directives, { type, entries }) {
        const key = `${(node.alias ?? node.name).value} ${directives.map(print).join(' ')}`;
        const known = entries.get(key);
        if (known !== undefined) {
            if (node.selectionSet)
                known.sets.add(node.selectionSet);
            return;
        }
        const definition = 'getFields' in type ? type.getFields()[node.name.value] : undefined;
        const inner = definition && getNamedType(definition.type);
        entries.set(key, {
            node: { ...node, directives },
            type: isCompositeType(inner) ? inner : undefined,
            sets: new Set(node.selectionSet ? [node.selectionSet] : []),
        });
    }
    #addSpread(name, open, into) {
        const fragment = this.#fragments.get(name);
        if (fragment === undefined || (open.length === 0 && into.seen.has(name)))
            return;
        if (open.length === 0)
            into.seen.add(name);
        this.#addFragment({ on: fragment.typeCondition.name.value, set: fragment.selectionSet, open }, into);
    }
    #addFragment(fragment, into) {
        const { type } = into;
        const on = fragment.on === undefined ? type : this.#schema.api.getType(fragment.on);
        if (!isCompositeType(on))
            return;
        const common = this.#possible(on).filter((each) => this.#possible(type).includes(each));
        if (common.length === 0)
            return;
        if (this.#says(on, type)) {
            if (fragment.open.length === 0)
                this.#gather(fragment.set, into);
            else
                addEntry(fragment, undefined, into);
            return;
        }
        const isKnownAsObject = this.#schema.names.isInterfaceObject(type.name);
        for (const each of isKnownAsObject ? common : [on])
            addEntry(fragment, each, into);
    }
    /** Whether a fragment on the one type says nothing new where the other is known. */
    #says(on, known) {
        if (on === known || isObjectType(known))
            return true;
        if (isUnionType(on))
            return this.#possible(known).every((each) => this.#possible(on).includes(each));
        return isAbstractType(on) && !isUnionType(known) && this.#schema.api.isSubType(on, known);
    }
    #possible(type) {
        return isAbstractType(type) ? this.#schema.api.getPossibleTypes(type) : [type];
    }
}
function addEntry({ set, open }, on, into) {
    const key = `... ${on?.name ?? ''} ${open.map(print).join(' ')}`;
    const known = into.entries.get(key);
    if (known !== undefined) {
        known.sets.add(set);
        return;
    }
    const typeCondition = on && {
        kind: Kind.NAMED_TYPE,
        name: { kind: Kind.NAME, value: on.name },
    };
    const node = {
        kind: Kind.INLINE_FRAGMENT,
        directives: open,
        selectionSet: set,
        ...(typeCondition && { typeCondition }),
    };
    into.entries.set(key, { node, type: on ?? into.type, sets: new Set([set]) });
}
//# sourceMappingURL=normal-operation.js.map