import { noRequirement } from "./grants.js";
/**
 * A rule on an interface is either the sum that composition made of its implementations' rules, which must not be turned
 * on the others, or one of its own, which an older composition let stand there or on an interface object's type, and
 * which holds for all of them. Where the schema does not tell, it holds. `gathered`: all are known to be sums.
 */
export function interfaceRules(types, gathered) {
    if (gathered)
        return { of: () => noRequirement, inDoubt: [] };
    const implementations = implementationsIn(types);
    const isOlder = leavesGaps(types, implementations);
    const surelyOwn = (face, field) => {
        const rule = ruleAt(face, field);
        if (rule.size === 0 || isOlder)
            return rule;
        const theirs = (implementations.get(face.name) ?? []).flatMap((one) => [...ruleAt(one, field)]);
        return new Set([...rule].filter(({ feature }) => !isSum(feature, [...rule], theirs)));
    };
    const isDoubtful = (face, field) => {
        const [rule, own] = [ruleAt(face, field), surelyOwn(face, field)];
        if (!isOfObject(face, field) || own.size === rule.size)
            return false;
        const lacksIt = (one) => [...rule].some((grant) => !ruleAt(one, field).has(grant));
        return (implementations.get(face.name) ?? []).some(lacksIt);
    };
    const faces = [...types.values()].filter(({ objectIn }) => objectIn.size > 0);
    return {
        of: (face, field) => (isOfObject(face, field) ? ruleAt(face, field) : surelyOwn(face, field)),
        inDoubt: faces.flatMap((face) => [
            ...(isDoubtful(face) ? [face.name] : []),
            ...[...face.fields.keys()]
                .filter((field) => isDoubtful(face, field))
                .map((field) => `${face.name}.${field}`),
        ]),
    };
}
function implementationsIn(types) {
    const found = new Map();
    for (const type of types.values()) {
        if (type.isInterface)
            continue;
        for (const face of type.interfaces)
            found.set(face, [...(found.get(face) ?? []), type]);
    }
    return found;
}
const ruleAt = (type, field) => (field === undefined ? type.rule : type.fields.get(field)?.rule) ?? noRequirement;
/** Whether it may come from a subgraph that has the interface as an `@interfaceObject`. */
function isOfObject({ objectIn, fields }, field) {
    if (objectIn.size === 0)
        return false;
    const graphs = field === undefined ? undefined : fields.get(field)?.graphs;
    return graphs === undefined || [...graphs].some((graph) => objectIn.has(graph));
}
/**
 * An implementation's rule of which its interface says nothing: whatever composed this made no sums, so all rules on
 * interfaces are their own. Rules on external fields were never part of a sum.
 */
function leavesGaps(types, implementations) {
    return [...implementations].some(([name, ones]) => {
        const face = types.get(name);
        if (face === undefined)
            return false;
        return [undefined, ...face.fields.keys()].some((field) => {
            const said = new Set([...ruleAt(face, field)].map(({ feature }) => feature));
            return ones.some((one) => (field === undefined || one.fields.get(field)?.isExternal === false) &&
                [...ruleAt(one, field)].some(({ feature }) => !said.has(feature)));
        });
    });
}
/** Whether an interface's grants of a feature ask for exactly what its implementations' do together. */
function isSum(feature, rule, theirs) {
    const of = (grants) => asked(grants.filter((grant) => grant.feature === feature));
    const sum = of(theirs);
    return sum !== undefined && sum === of(rule);
}
/** More ways than any rule that a person wrote. */
const maxWays = 1_000;
/** All that grants ask for together, alike for whatever asks for the same; `undefined` for nothing or too much. */
function asked(grants) {
    if (grants.length === 0)
        return undefined;
    let ways = [[]];
    for (const { anyOf } of new Set(grants)) {
        // Composition takes a rule that names no way for one that asks for nothing.
        const more = anyOf.length === 0 ? [[]] : anyOf;
        if (ways.length * more.length > maxWays)
            return undefined;
        ways = fewest(ways.flatMap((way) => more.map((words) => [...new Set([...way, ...words])].sort())));
    }
    return JSON.stringify(ways);
}
/** Without ways that ask for all that another asks for and more. */
function fewest(ways) {
    const texts = new Set(ways.map((way) => JSON.stringify(way)));
    const distinct = [...texts].sort().map((text) => JSON.parse(text));
    return distinct.filter((way) => !distinct.some((other) => other.length < way.length && other.every((word) => way.includes(word))));
}
//# sourceMappingURL=interface-rules.js.map