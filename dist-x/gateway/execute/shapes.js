import { getNamedType, isAbstractType, isCompositeType, isInterfaceType, Kind } from 'graphql';
import { WeirError } from "../model/errors.js";
import { responseName } from "./response-keys.js";
/** The one operation definition of a document. */
export function operationOf(document) {
    const found = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
    if (found === undefined)
        throw new WeirError('INTERNAL_SERVER_ERROR', 'The document holds no operation.');
    return found;
}
export function shapesOf(input) {
    const operation = operationOf(input.document);
    const rootType = input.schema.getRootType(operation.operation);
    if (rootType === undefined || rootType === null) {
        throw new WeirError('GRAPHQL_VALIDATION_FAILED', `The schema has no ${operation.operation} type.`);
    }
    const collector = new FieldCollector(input);
    const known = new Map();
    return {
        rootType,
        root: collector.selected([operation.selectionSet]),
        of: (type, selected) => {
            const byType = known.get(selected.id) ?? new Map();
            const found = byType.get(type);
            if (found !== undefined)
                return found;
            const shape = collector.shapeOn(type, selected);
            known.set(selected.id, byType.set(type, shape));
            return shape;
        },
    };
}
/** CollectFields of the GraphQL specification (section 6.3.2), at compile time. */
class FieldCollector {
    #input;
    #fragments = new Map();
    #ids = new Map();
    constructor(input) {
        this.#input = input;
        for (const definition of input.document.definitions) {
            if (definition.kind === Kind.FRAGMENT_DEFINITION)
                this.#fragments.set(definition.name.value, definition);
        }
    }
    selected(sets) {
        const ids = sets.map((set) => {
            const id = this.#ids.get(set) ?? this.#ids.size;
            this.#ids.set(set, id);
            return id;
        });
        return { id: ids.join(','), sets };
    }
    shapeOn(type, selected) {
        const into = { groups: new Map(), seen: new Set(), isWhole: true };
        for (const set of selected.sets)
            this.#collect(type, set, into);
        const fields = [...into.groups].map(([responseKey, nodes]) => this.#field(type, responseKey, nodes));
        return { type, fields, isWhole: into.isWhole };
    }
    #collect(type, set, into) {
        for (const selection of set.selections) {
            if (!isIncluded(selection.directives, this.#input.booleans))
                continue;
            if (selection.kind === Kind.FIELD) {
                const key = responseName(selection);
                const group = into.groups.get(key);
                if (group === undefined)
                    into.groups.set(key, [selection]);
                else
                    group.push(selection);
                continue;
            }
            const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#spread(selection.name.value, into.seen);
            if (fragment === undefined)
                continue;
            if (this.#applies(fragment.typeCondition?.name.value, type))
                this.#collect(type, fragment.selectionSet, into);
            else if (isInterfaceType(type) && this.#selects(fragment, this.#input.schema.getPossibleTypes(type)))
                into.isWhole = false;
        }
    }
    /** Whether a fragment selects a field on any of these types; the conditions inside of it may exclude each other. */
    #selects(fragment, types) {
        const left = types.filter((type) => this.#applies(fragment.typeCondition?.name.value, type));
        if (left.length === 0)
            return false;
        return fragment.selectionSet.selections.some((selection) => {
            if (!isIncluded(selection.directives, this.#input.booleans))
                return false;
            if (selection.kind === Kind.FIELD)
                return true;
            const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
            return inner !== undefined && this.#selects(inner, left);
        });
    }
    #spread(name, seen) {
        if (seen.has(name))
            return undefined;
        seen.add(name);
        return this.#fragments.get(name);
    }
    #applies(condition, type) {
        if (condition === undefined || condition === type.name)
            return true;
        const conditionType = this.#input.schema.getType(condition);
        return isAbstractType(conditionType) && this.#input.schema.isSubType(conditionType, type);
    }
    #field(type, responseKey, nodes) {
        const [first] = nodes;
        const name = first?.name.value ?? '';
        if (name === '__typename')
            return { kind: 'typename', responseKey };
        if (name === '__schema' || name === '__type')
            return { kind: 'introspection', responseKey, nodes };
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
function isComposite(type) {
    return isCompositeType(getNamedType(type));
}
/** `@skip` and `@include` of a selection, with the values of this variant. */
export function isIncluded(directives, booleans) {
    return (directives ?? []).every(({ name, arguments: given }) => {
        if (name.value !== 'skip' && name.value !== 'include')
            return true;
        const condition = given?.find((one) => one.name.value === 'if')?.value;
        return isTrue(condition, booleans) === (name.value === 'include');
    });
}
function isTrue(condition, booleans) {
    if (condition?.kind === Kind.BOOLEAN)
        return condition.value;
    if (condition?.kind !== Kind.VARIABLE)
        return false;
    return Object.hasOwn(booleans, condition.name.value) && booleans[condition.name.value] === true;
}
//# sourceMappingURL=shapes.js.map