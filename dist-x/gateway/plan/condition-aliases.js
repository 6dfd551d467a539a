/**
 * Gives every field with arguments inside the planner's `@requires` conditions an alias of its own. The planner merges
 * selections by response name without looking at arguments; so aliased, what one field requires can neither take the
 * place of what another requires nor of what the client asked for. Must run before the first plan is made.
 *
 * Reaches into the planner's query graph, which is private: `undefined` when it has not the known shape.
 */
export function aliasConditions(planner) {
    const edges = edgesOf(planner);
    if (edges === undefined)
        return undefined;
    const inputs = new Map();
    const aliases = new Map();
    const subgraphs = new Set();
    for (const edge of edges) {
        if (edge.transition.kind !== 'FieldCollection' || edge._conditions === undefined)
            continue;
        edge._conditions = withAliases(edge._conditions, aliases);
        subgraphs.add(edge.head.source);
        inputs.set(placeOf(edge.head.source, edge.head.type.name, fieldOf(edge)), required(edge._conditions));
    }
    return {
        of: (subgraph, typeName, fieldName) => inputs.get(placeOf(subgraph, typeName, fieldName)),
        isNeededBy: (subgraph) => subgraphs.has(subgraph),
        hasAliases: aliases.size > 0,
    };
}
function edgesOf(planner) {
    const graph = Reflect.get(planner, 'federatedQueryGraph');
    if (typeof graph?.allEdges !== 'function')
        return undefined;
    const edges = [...graph.allEdges()];
    const known = edges.every((edge) => '_conditions' in edge && typeof edge.head.source === 'string');
    return known && edges.length > 0 ? edges : undefined;
}
function fieldOf(edge) {
    return edge.transition.definition?.name ?? '';
}
function placeOf(subgraph, typeName, fieldName) {
    return JSON.stringify([subgraph, typeName, fieldName]);
}
function withAliases(set, aliases) {
    return set.lazyMap((selection) => {
        const inner = selection.selectionSet && withAliases(selection.selectionSet, aliases);
        if (selection.kind !== 'FieldSelection') {
            return inner === undefined ? selection : selection.withUpdatedSelectionSet(inner);
        }
        const field = selection.element;
        if (Object.keys((field.args ?? {})).length === 0)
            return selection.withUpdatedSelectionSet(inner);
        const call = field.toString();
        const alias = aliases.get(call) ?? `${field.name}__r${aliases.size}`;
        aliases.set(call, alias);
        return selection.withUpdatedComponents(field.withUpdatedAlias(alias), inner);
    });
}
function required(set) {
    return set.selections().map((selection) => {
        const selections = selection.selectionSet && required(selection.selectionSet);
        if (selection.kind === 'FieldSelection') {
            const { element } = selection;
            return { kind: 'field', readAs: element.responseName(), sendAs: element.name, selections };
        }
        const onType = selection.element.typeCondition?.name ?? selection.parentType.name;
        return { kind: 'on', onType, selections: selections ?? [] };
    });
}
//# sourceMappingURL=condition-aliases.js.map