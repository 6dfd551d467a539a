import { amountOf } from "./amount.js";
/** Parts told of one operation: what is written out may be much longer than the operation. */
const mostParts = 2_000;
/** The estimate as a tree, of abstract types the dearest. */
export function costShares(tree, variables, turn) {
    let told = 0;
    const shareOf = (field, times) => {
        if (++told > mostParts)
            return undefined;
        const { objects } = field;
        const items = amountOf(field.length, variables, turn);
        const argumentCost = amountOf(field.arguments, variables, turn);
        const chosen = dearestOf(objects ?? [], variables, turn);
        const each = times * items;
        return {
            name: field.responseName,
            coordinate: field.coordinate,
            cost: times * amountOf(field.amount, variables, turn),
            ...{ times, items: field.isList ? items : undefined, argumentCost },
            weight: objects === undefined ? field.leafWeight : (chosen?.weight ?? 0),
            assumedType: objects !== undefined && objects.length > 1 ? chosen?.typeName : undefined,
            parts: partsOf(chosen?.fields ?? [], each),
        };
    };
    const partsOf = (fields, times) => fields.flatMap((inner) => shareOf(inner, times) ?? []);
    return {
        ...{ name: '', coordinate: '', times: 1, items: undefined, argumentCost: 0, assumedType: undefined },
        cost: amountOf(tree.amount, variables, turn),
        weight: tree.operationWeight,
        parts: partsOf(tree.root.fields, 1),
    };
}
function dearestOf(objects, variables, turn) {
    let chosen;
    let most = -1;
    for (const object of objects) {
        const amount = amountOf(object.amount, variables, turn);
        if (amount > most)
            chosen = object;
        most = Math.max(most, amount);
    }
    return chosen;
}
//# sourceMappingURL=cost-shares.js.map