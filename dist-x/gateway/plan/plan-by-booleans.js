import { Kind, visit } from 'graphql';
/** Variables whose both values are planned for; the conditions of further ones stay in the plan's documents. */
const mostVariables = 4;
/** As many variables are decided as let all plans together take about this long, in ms: each doubles their number. */
const patienceMs = 2_000;
/**
 * Plans an operation once for each combination of its `@skip` and `@include` variables, so that the planner meets no
 * conditions: it mixes up what is fetched under a condition with what is not. Variables beyond the first few are left to
 * the planner, fewer are decided where planning takes long.
 */
export function planByBooleans(document, plan) {
    const names = conditionVariables(document);
    if (names.length === 0)
        return plan(new Map());
    const tried = names.slice(0, mostVariables);
    const start = performance.now();
    const first = plan(new Map(tried.map((name) => [name, true])));
    const decided = tried.slice(0, affordable(performance.now() - start));
    const isTried = (booleans) => booleans.size === tried.length && [...booleans.values()].every((value) => value);
    return combined(decided, new Map(), (booleans) => (isTried(booleans) ? first : plan(booleans)));
}
/** How many variables may be decided when one plan takes so long. */
function affordable(planMs) {
    let count = 0;
    while (count < mostVariables && planMs * 2 ** (count + 1) <= patienceMs)
        count += 1;
    return count;
}
function combined(names, booleans, plan) {
    const [variable, ...rest] = names;
    if (variable === undefined)
        return plan(booleans);
    const whenTrue = combined(rest, new Map([...booleans, [variable, true]]), plan);
    const whenFalse = combined(rest, new Map([...booleans, [variable, false]]), plan);
    const isSame = JSON.stringify(whenTrue) === JSON.stringify(whenFalse);
    return isSame ? whenTrue : { kind: 'condition', variable, whenTrue, whenFalse };
}
/** Names of the variables that `@skip` and `@include` read, in the order of the document. */
function conditionVariables(document) {
    const names = new Set();
    visit(document, {
        Directive: ({ name, arguments: given }) => {
            const value = given?.find((argument) => argument.name.value === 'if')?.value;
            const isCondition = name.value === 'skip' || name.value === 'include';
            if (isCondition && value?.kind === Kind.VARIABLE)
                names.add(value.name.value);
        },
    });
    return [...names];
}
//# sourceMappingURL=plan-by-booleans.js.map