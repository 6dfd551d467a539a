/** No sum or product grows beyond it: what is as dear as this is never run, and sums of it stay exact enough. */
export const mostCost = 1e15;
const capped = (value) => Math.min(value, mostCost);
export function amountOf(amount, variables, turn) {
    return typeof amount === 'number' ? amount : amount(variables, turn);
}
/** Worked out once in each evaluation: selections that are shared would else cost as much as written out. */
export function once(amount) {
    if (typeof amount === 'number')
        return amount;
    let last = 0;
    let value = 0;
    return (variables, turn) => {
        if (turn !== last)
            value = amount(variables, turn);
        last = turn;
        return value;
    };
}
export function sum(amounts) {
    return combined(amounts, 0, (one, other) => one + other);
}
/** 0 for none. */
export function dearest(amounts) {
    return combined(amounts, 0, Math.max);
}
export function product(amounts) {
    return combined(amounts, 1, (one, other) => one * other);
}
/** What does not depend on variables is combined once. */
function combined(amounts, start, combine) {
    let fixed = start;
    const open = [];
    for (const amount of amounts) {
        if (typeof amount === 'number')
            fixed = capped(combine(fixed, amount));
        else
            open.push(amount);
    }
    if (open.length === 0)
        return fixed;
    return (variables, turn) => {
        let value = fixed;
        for (const amount of open)
            value = capped(combine(value, amount(variables, turn)));
        return value;
    };
}
//# sourceMappingURL=amount.js.map