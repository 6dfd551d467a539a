import { inParallel, inSequence } from "./plan-nodes.js";
/**
 * A plan of Apollo's planner as one of ours. `finishFetch` may replace each entity fetch (by several in parallel).
 * A subscription becomes a sequence whose first step is the subscribing fetch.
 */
export function translatePlan(plan, finishFetch) {
    return plan.node === undefined ? undefined : translated(plan.node, { path: [], finishFetch });
}
function translated(node, place) {
    switch (node.kind) {
        case 'Sequence':
            return inSequence(node.nodes.flatMap((step) => translated(step, place) ?? []));
        case 'Parallel':
            return inParallel(node.nodes.flatMap((branch) => translated(branch, place) ?? []));
        case 'Flatten':
            return translated(node.node, { ...place, path: [...place.path, ...node.path] });
        case 'Condition':
            return condition(node, place);
        case 'Fetch':
            return place.finishFetch(fetchOf(node, place.path));
        case 'Subscription': {
            const rest = node.rest && translated(node.rest, place);
            return inSequence([fetchOf(node.primary, place.path), ...(rest === undefined ? [] : [rest])]);
        }
        case 'Defer':
            throw new Error('The planner deferred a part although @defer is not enabled.');
    }
}
function condition(node, place) {
    return {
        kind: 'condition',
        variable: node.condition,
        whenTrue: node.ifClause && translated(node.ifClause, place),
        whenFalse: node.elseClause && translated(node.elseClause, place),
    };
}
function fetchOf(node, path) {
    const name = node.operationName;
    const shortName = name?.replace(/__\d+$/, '');
    return {
        kind: 'fetch',
        subgraph: node.serviceName,
        operationKind: node.operationKind,
        document: name === undefined ? node.operation : node.operation.replace(name, shortName ?? ''),
        operationName: shortName,
        variables: (node.variableUsages ?? []).filter((variable) => !contextVariables(node).has(variable)),
        entities: node.requires && {
            paths: [entityPath(path)],
            requires: requirements(node.requires),
            inputRewrites: (node.inputRewrites ?? []).map(rewrite),
            contextRewrites: (node.contextRewrites ?? []).map(contextRewrite),
        },
        outputRewrites: (node.outputRewrites ?? []).map(rewrite),
    };
}
function contextVariables(node) {
    return new Set((node.contextRewrites ?? []).map((each) => each.renameKeyTo));
}
function entityPath(path) {
    return path.flatMap((element) => pathStep(String(element)));
}
/** `name`, `@`, either with `|[TypeA,TypeB]`; the planner may begin a path with an empty name. */
function pathStep(element) {
    const match = /^(@|[_A-Za-z]\w*|)(?:\|\[([^\]]*)\])?$/.exec(element);
    if (match === null)
        throw new Error(`The planner wrote an unknown path element: ${element}`);
    const [, name = '', types] = match;
    if (name === '')
        return [];
    const onTypes = types === undefined ? undefined : types.split(',');
    return [name === '@' ? { kind: 'list', onTypes } : { kind: 'field', name, onTypes }];
}
function requirements(selections) {
    return selections.map((selection) => {
        if (selection.kind !== 'InlineFragment' || selection.typeCondition === undefined) {
            throw new Error('The planner wrote a representation without a type.');
        }
        return { onType: selection.typeCondition, selections: selection.selections.flatMap(requiredSelection) };
    });
}
function requiredSelection(node) {
    if (node.kind === 'InlineFragment') {
        const selections = node.selections.flatMap(requiredSelection);
        return node.typeCondition === undefined
            ? selections
            : [{ kind: 'on', onType: node.typeCondition, selections }];
    }
    const selections = node.selections?.flatMap(requiredSelection);
    return [{ kind: 'field', readAs: node.alias ?? node.name, sendAs: node.name, selections }];
}
function rewrite(node) {
    const path = node.path.map(rewriteStep);
    return node.kind === 'ValueSetter'
        ? { kind: 'setValue', path, value: node.setValueTo }
        : { kind: 'renameKey', path, to: node.renameKeyTo };
}
function contextRewrite(node) {
    const path = node.path.map((step) => (step === '..' ? { kind: 'parent' } : rewriteStep(step)));
    return { path, variable: node.renameKeyTo };
}
function rewriteStep(step) {
    return step.startsWith('... on ')
        ? { kind: 'onType', typeName: step.slice('... on '.length) }
        : { kind: 'key', name: step };
}
//# sourceMappingURL=translate-plan.js.map