import { amountOf, mostCost } from "./amount.js";
/**
 * Makes what weighs the data of an operation's answers: the same weights as the estimate, with the lists as long as they
 * came. Looks at objects and lists only; `dataKey` says under which name the data holds a field.
 */
export function answerCount({ root, operationWeight }, dataKey) {
    const maker = new CountMaker(dataKey);
    const count = maker.fields(root);
    return (data, variables) => Math.min(mostCost, operationWeight + count(data, variables));
}
class CountMaker {
    #dataKey;
    #made = new Map();
    constructor(dataKey) {
        this.#dataKey = dataKey;
    }
    /** The fields of an object, without the object itself. */
    fields({ fields }) {
        const known = this.#made.get(fields);
        if (known !== undefined)
            return known;
        const counts = fields.flatMap((field) => this.#field(field) ?? []);
        const [first, second, third] = counts;
        const count = first === undefined
            ? () => 0
            : second === undefined
                ? first
                : third === undefined
                    ? (object, variables) => first(object, variables) + second(object, variables)
                    : (object, variables) => {
                        let total = 0;
                        for (const one of counts)
                            total += one(object, variables);
                        return total;
                    };
        this.#made.set(fields, count);
        return count;
    }
    /** `undefined` for what never weighs anything. */
    #field(field) {
        const { arguments: args, objects, leafWeight } = field;
        if (objects === undefined && leafWeight === 0 && args === 0)
            return undefined;
        const key = this.#dataKey(field.nodes[0]);
        const isInherited = key in Object.prototype;
        const ofValue = objects === undefined ? leafCount(leafWeight) : this.#objects(objects, field.areUnnamed !== true);
        return (object, variables) => {
            const value = isInherited && !Object.hasOwn(object, key) ? undefined : object[key];
            const inside = value === undefined || value === null ? 0 : ofValue(value, variables);
            return inside + (args === 0 ? 0 : amountOf(args, variables, 0));
        };
    }
    #objects(objects, areNamed) {
        const kinds = new Map(objects.map((object) => [object.typeName, { weight: object.weight, fields: this.fields(object) }]));
        const [only] = kinds.values();
        const single = kinds.size === 1 ? only : undefined;
        /** For all that it may be; where that was done inside of one another, the work would multiply. */
        const most = (object, variables) => {
            let dearest = 0;
            for (const { weight, fields } of kinds.values())
                dearest = Math.max(dearest, weight + fields(object, variables));
            return dearest;
        };
        const count = (value, variables) => {
            if (typeof value !== 'object' || value === null)
                return 0;
            if (Array.isArray(value)) {
                let total = 0;
                for (const item of value)
                    total += count(item, variables);
                return total;
            }
            const object = value;
            const named = single ?? kinds.get(object['__typename']);
            if (named === undefined && !areNamed)
                return most(object, variables);
            const kind = named ?? only;
            return kind === undefined ? 0 : kind.weight + kind.fields(object, variables);
        };
        return count;
    }
}
function leafCount(weight) {
    if (weight === 0)
        return () => 0;
    const count = (value) => {
        if (value === null || value === undefined)
            return 0;
        if (!Array.isArray(value))
            return weight;
        let total = 0;
        for (const item of value)
            total += count(item);
        return total;
    };
    return count;
}
//# sourceMappingURL=answer-count.js.map