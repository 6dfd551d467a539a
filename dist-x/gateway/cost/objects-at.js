import { amountOf, mostCost } from "./amount.js";
/**
 * How many objects an answer has at most at a response path: the product of the lists on the way, of several types the
 * longest. What is not selected there counts as one each.
 */
export function objectsAt({ root }, path, { variables, turn }) {
    let objects = [root];
    let count = 1;
    for (const name of path) {
        const fields = objects.flatMap(({ fields: all }) => all.filter(({ responseName }) => responseName === name));
        if (fields.length === 0)
            break;
        const longest = Math.max(...fields.map(({ length }) => amountOf(length, variables, turn)));
        count = Math.min(mostCost, count * longest);
        objects = fields.flatMap(({ objects: inner }) => inner ?? []);
    }
    return count;
}
//# sourceMappingURL=objects-at.js.map