import { Kind, parse } from 'graphql';
/** A plan as text, for a store that outlives this process. */
export function planText(plan) {
    return JSON.stringify(plan);
}
/**
 * A plan out of a text that may come from anywhere; `undefined` unless every part of it is what our planner could have
 * written for these subgraphs. Never throws.
 */
export function storedPlan(text, subgraphs) {
    try {
        const value = JSON.parse(text);
        return isPlan(value, subgraphs) ? value : undefined;
    }
    catch {
        return undefined; // not JSON, or nested deeper than anybody can follow
    }
}
const isName = (value) => typeof value === 'string' && /^[_A-Za-z]\w{0,999}$/.test(value);
const isTrue = () => true;
const isOneOf = (...values) => (value) => values.includes(value);
const isList = (check) => (value) => Array.isArray(value) && value.every(check);
const isMissingOr = (check) => (value) => value === undefined || check(value);
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** An object with these keys and no others. */
const isShape = (shape) => (value) => isObject(value) &&
    Object.keys(value).every((key) => Object.hasOwn(shape, key)) &&
    Object.entries(shape).every(([key, check]) => check(Object.hasOwn(value, key) ? value[key] : undefined));
/** One of several shapes, told apart by `kind`. */
const isUnion = (shapes) => (value) => {
    if (!isObject(value) || typeof value['kind'] !== 'string')
        return false;
    const shape = Object.hasOwn(shapes, value['kind']) ? shapes[value['kind']] : undefined;
    return shape !== undefined && isShape({ kind: isTrue, ...shape })(value);
};
const onTypes = isMissingOr(isList(isName));
const isPathStep = isUnion({ field: { name: isName, onTypes }, list: { onTypes } });
const rewriteSteps = { key: { name: isName }, onType: { typeName: isName } };
const isRewritePath = isList(isUnion(rewriteSteps));
const isRewrite = isUnion({
    setValue: { path: isRewritePath, value: isTrue },
    renameKey: { path: isRewritePath, to: isName },
});
const isContextRewrite = isShape({
    path: isList(isUnion({ ...rewriteSteps, parent: {} })),
    variable: isName,
});
const isSelection = (value) => isUnion({
    field: { readAs: isName, sendAs: isName, selections: isMissingOr(isList(isSelection)) },
    on: { onType: isName, selections: isList(isSelection) },
})(value);
const entityShape = {
    paths: isList(isList(isPathStep)),
    requires: isList(isShape({ onType: isName, isAddition: isOneOf(undefined, true), selections: isList(isSelection) })),
    inputRewrites: isList(isRewrite),
    contextRewrites: isList(isContextRewrite),
};
function isPlan(value, subgraphs) {
    const fetchShape = {
        subgraph: (name) => typeof name === 'string' && subgraphs.has(name),
        operationKind: isOneOf('query', 'mutation', 'subscription'),
        document: (text) => typeof text === 'string',
        operationName: isMissingOr(isName),
        variables: isList(isName),
        entities: isMissingOr(isShape(entityShape)),
        outputRewrites: isList(isRewrite),
    };
    const isNode = (node) => isUnion({
        sequence: { steps: isList(isNode) },
        parallel: { branches: isList(isNode) },
        condition: { variable: isName, whenTrue: isMissingOr(isNode), whenFalse: isMissingOr(isNode) },
        fetch: fetchShape,
    })(node) && hasGoodDocument(node);
    return isShape({ root: isMissingOr(isNode), internalKeys: areInternalKeys })(value);
}
const areInternalKeys = (value) => isObject(value) && Object.entries(value).every(([key, name]) => /^\d{1,7}$/.test(key) && isName(name));
/** A fetch sends exactly one operation, of its own kind and name. Throws for what is not GraphQL. */
function hasGoodDocument(node) {
    if (node.kind !== 'fetch')
        return true;
    const operations = parse(node.document, { noLocation: true }).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    const [operation] = operations;
    return (operations.length === 1 &&
        String(operation?.operation) === node.operationKind &&
        operation?.name?.value === node.operationName);
}
//# sourceMappingURL=stored-plan.js.map