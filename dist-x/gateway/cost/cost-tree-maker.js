import { getNamedType, isAbstractType, isCompositeType, isInterfaceType, isListType, isNonNullType, isObjectType, Kind, } from 'graphql';
import { dearest, mostCost, once, product, sum } from "./amount.js";
import { argumentCost } from "./argument-cost.js";
import { listLength } from "./list-length.js";
/** Fields looked at for one operation: one that is bound to need more is as dear as can be. */
const mostFields = 100_000;
const mutationWeight = 10;
/** The argument whose variable says how many entities a fetch asks for: a number here. */
const representations = 'representations';
class TooMuch extends Error {
}
/** Weighs one operation, its fragments merged as GraphQL merges them: how it is written makes no difference. */
export function costTree(basis, selected, kind) {
    const maker = new CostTreeMaker(basis, selected);
    const operationWeight = kind === 'mutation' ? mutationWeight : 0;
    const type = rootType(basis.schema, kind);
    try {
        const root = maker.object({ type, sized: undefined }, [selected.root]);
        // The root itself is no object that anybody fetches.
        const fields = root.fields.map((field) => field.amount);
        const amount = sum([operationWeight, ...fields]);
        return { operationWeight, root, amount, faults: sum(maker.faults), faulty: [...maker.faulty] };
    }
    catch (failure) {
        if (!(failure instanceof TooMuch))
            throw failure;
        const root = { typeName: type.name, weight: 0, fields: [], amount: mostCost };
        return { operationWeight, root, amount: mostCost, faults: 0, faulty: [] };
    }
}
function rootType(schema, kind) {
    const types = {
        query: schema.getQueryType(),
        mutation: schema.getMutationType(),
        subscription: schema.getSubscriptionType(),
    };
    const type = types[kind];
    if (!type)
        throw new Error(`the schema has no ${kind}`);
    return type;
}
class CostTreeMaker {
    faults = [];
    faulty = new Set();
    #basis;
    #selected;
    #objects = new Map();
    #setIds = new Map();
    #looked = 0;
    #sizes = 0;
    constructor(basis, selected) {
        this.#basis = basis;
        this.#selected = selected;
    }
    /** The same selections on the same type are weighed once. */
    object(owner, sets) {
        const { type, sized } = owner;
        const key = `${type.name} ${sized?.id ?? ''} ${sets.map((set) => this.#idOf(set)).join(' ')}`;
        const known = this.#objects.get(key);
        if (known !== undefined)
            return known;
        const fields = [];
        for (const nodes of this.#selected.of(type, sets)) {
            if (++this.#looked > mostFields)
                throw new TooMuch();
            const field = this.#field(owner, nodes);
            if (field !== undefined)
                fields.push(field);
        }
        const weight = this.#basis.weights.types.get(type.name) ?? 1;
        const amount = once(sum([weight, ...fields.map((field) => field.amount)]));
        const object = { typeName: type.name, weight, fields, amount };
        this.#objects.set(key, object);
        return object;
    }
    #idOf(set) {
        const known = this.#setIds.get(set);
        if (known !== undefined)
            return known;
        this.#setIds.set(set, this.#setIds.size);
        return this.#setIds.size - 1;
    }
    /** `undefined` for introspection, which the gateway answers by itself. */
    #field(owner, nodes) {
        const [node] = nodes;
        const definition = owner.type.getFields()[node.name.value];
        if (definition === undefined)
            return node.name.value === '_entities' ? this.#entities(nodes) : undefined;
        const { weights } = this.#basis;
        const coordinate = this.#ruledBy(owner.type, definition.name);
        const args = argumentCost(coordinate, node, definition.args, weights);
        const { length, below } = this.#lengths(owner, definition, node);
        const named = getNamedType(definition.type);
        const own = weights.fields.get(coordinate);
        const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
        const objects = isCompositeType(named)
            ? this.#types(named).map((type) => weighed(this.object({ type, sized: below }, sets), own))
            : undefined;
        const leafWeight = own ?? weights.types.get(named.name) ?? 0;
        const inside = objects === undefined ? leafWeight : dearest(objects.map(({ amount }) => amount));
        return {
            responseName: (node.alias ?? node.name).value,
            ...{ nodes, coordinate: `${owner.type.name}.${definition.name}`, returns: named.name },
            ...{ arguments: args, length, isList: listDepth(definition.type) > 0, leafWeight, objects },
            amount: sum([args, product([length, inside])]),
        };
    }
    /** What a subgraph gives for representations; only the document of a fetch asks that, and no schema of ours has it. */
    #entities(nodes) {
        const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
        const objects = Object.values(this.#basis.schema.getTypeMap())
            .filter(isObjectType)
            .filter((type) => [...this.#selected.of(type, sets)].length > 0)
            .map((type) => this.object({ type, sized: undefined }, sets));
        const [{ alias, name, arguments: args = [] }] = nodes;
        const given = args.find((argument) => argument.name.value === representations)?.value;
        const variable = given?.kind === Kind.VARIABLE ? given.name.value : representations;
        const length = ({ [variable]: count }) => (typeof count === 'number' ? count : mostCost);
        return {
            ...{ responseName: (alias ?? name).value, nodes, coordinate: '_entities', returns: '_Entity' },
            ...{ arguments: 0, length, isList: true, leafWeight: 0, objects },
            areUnnamed: true,
            amount: product([length, dearest(objects.map(({ amount }) => amount))]),
        };
    }
    #types(type) {
        if (isObjectType(type))
            return [type];
        return isAbstractType(type) ? this.#basis.schema.getPossibleTypes(type) : [];
    }
    /** Where the rules of a field stand: at the object's own field, else at that of an interface. */
    #ruledBy(type, field) {
        const { fields, listSizes } = this.#basis.weights;
        const hasRule = (owner) => fields.has(`${owner}.${field}`) || listSizes.has(`${owner}.${field}`);
        if (hasRule(type.name))
            return `${type.name}.${field}`;
        const from = type.getInterfaces().find((one) => isInterfaceType(one) && hasRule(one.name));
        return `${from?.name ?? type.name}.${field}`;
    }
    /** The length of a field's own list, and what it says of lists below. */
    #lengths({ type, sized }, definition, node) {
        const usual = this.#basis.listSize;
        const promise = this.#promise(type, definition, node);
        const reached = pathsThrough(sized, definition.name);
        const fromAbove = reached.some((path) => path.length === 0) ? sized?.length : undefined;
        const outer = fromAbove ?? (promise?.parts.length === 0 ? promise.length : usual);
        const depth = listDepth(definition.type);
        // Of lists in lists only the outer length is known.
        const length = depth === 0 ? 1 : product([outer, usual ** (depth - 1)]);
        const below = promise === undefined || promise.parts.length === 0
            ? passedOn(sized, reached, definition.name)
            : this.#sized(promise.parts, promise.length);
        return { length, below };
    }
    /** The length that `@listSize` promises, and the parts that are the list where it is not the field itself. */
    #promise(type, { name, args }, node) {
        const rule = this.#basis.weights.listSizes.get(this.#ruledBy(type, name));
        if (rule === undefined)
            return undefined;
        const { length, fault } = listLength(rule, { node, args }, this.#basis.listSize);
        this.#note(fault, `${type.name}.${name}`);
        return { length, parts: rule.sizedFields };
    }
    #note(fault, coordinate) {
        if (fault === 0)
            return;
        this.faults.push(fault);
        this.faulty.add(coordinate);
    }
    #sized(paths, length) {
        this.#sizes += 1;
        return { id: `s${String(this.#sizes)}`, paths, length };
    }
}
/** What is left of the paths that begin with this field. */
function pathsThrough(sized, field) {
    return (sized?.paths ?? []).filter(([name]) => name === field).map((path) => path.slice(1));
}
function passedOn(sized, reached, field) {
    const paths = reached.filter((path) => path.length > 0);
    return sized === undefined || paths.length === 0
        ? undefined
        : { ...sized, id: `${sized.id}.${field}`, paths };
}
/** A weight of the field stands in place of that of its type. */
function weighed(object, own) {
    if (own === undefined || own === object.weight)
        return object;
    return { ...object, weight: own, amount: once(sum([own, ...object.fields.map(({ amount }) => amount)])) };
}
function listDepth(type) {
    if (isNonNullType(type))
        return listDepth(type.ofType);
    return isListType(type) ? 1 + listDepth(type.ofType) : 0;
}
//# sourceMappingURL=cost-tree-maker.js.map