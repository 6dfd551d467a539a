import { getNamedType, isInputObjectType, Kind, } from 'graphql';
import { sum } from "./amount.js";
import { itemType } from "./input-values.js";
/** What the given arguments of a field weigh: input objects 1 unless `@cost` says otherwise, other values 0. */
export function argumentCost(coordinate, node, args, weights) {
    const amounts = (node.arguments ?? []).map(({ name, value }) => {
        const argument = args.find((one) => one.name === name.value);
        if (argument === undefined)
            return 0;
        const own = weights.arguments.get(`${coordinate}.${argument.name}`);
        return nodeCost(value, { weights, own, type: argument.type });
    });
    return sum(amounts);
}
function nodeCost(value, weighing) {
    if (value.kind === Kind.NULL)
        return 0;
    if (value.kind === Kind.VARIABLE) {
        if (isFree(weighing))
            return 0;
        const name = value.name.value;
        return (variables) => valueCost(variables[name], weighing);
    }
    if (value.kind === Kind.LIST) {
        const item = itemType(weighing.type);
        const items = item === undefined ? [] : value.values.map((one) => nodeCost(one, { ...weighing, type: item }));
        return sum([weighing.own ?? 0, ...items]);
    }
    if (value.kind !== Kind.OBJECT)
        return single(weighing);
    const inner = value.fields.map((field) => {
        const ofField = fieldWeighing(weighing, field.name.value);
        return ofField === undefined ? 0 : nodeCost(field.value, ofField);
    });
    return sum([single(weighing), ...inner]);
}
function valueCost(value, weighing) {
    if (value === undefined || value === null)
        return 0;
    const item = itemType(weighing.type);
    if (Array.isArray(value) && item !== undefined) {
        let cost = weighing.own ?? 0;
        for (const one of value)
            cost += valueCost(one, { ...weighing, type: item });
        return cost;
    }
    let cost = single(weighing);
    if (typeof value !== 'object' || !isInputObjectType(getNamedType(weighing.type)))
        return cost;
    for (const [name, one] of Object.entries(value)) {
        const inner = fieldWeighing(weighing, name);
        if (inner !== undefined)
            cost += valueCost(one, inner);
    }
    return cost;
}
/** One value that is no list. */
function single({ weights, own, type }) {
    const named = getNamedType(type);
    return own ?? weights.types.get(named.name) ?? (isInputObjectType(named) ? 1 : 0);
}
function fieldWeighing({ weights, type }, name) {
    const object = getNamedType(type);
    const field = isInputObjectType(object)
        ? object.getFields()[name]
        : undefined;
    if (field === undefined)
        return undefined;
    return { weights, own: weights.fields.get(`${object.name}.${name}`), type: field.type };
}
/** Whether no value can weigh anything: most arguments are scalars that nobody gave a weight. */
function isFree(weighing) {
    return !isInputObjectType(getNamedType(weighing.type)) && single(weighing) === 0;
}
//# sourceMappingURL=argument-cost.js.map