import { Kind, parse, print, stripIgnoredCharacters, visit, } from 'graphql';
/** Takes the document of an entity fetch apart; `undefined` when it has not the form the planner gives it. */
export function entitySelection(text) {
    const document = parse(text, { noLocation: true });
    const operation = operationOf(document);
    const [entities, ...others] = operation?.selectionSet.selections ?? [];
    if (entities?.kind !== Kind.FIELD || entities.name.value !== '_entities' || others.length > 0)
        return undefined;
    const fields = entities.selectionSet && fieldsOf(entities.selectionSet, '_Entity');
    return fields && { document, fields };
}
function fieldsOf(set, onType) {
    const fields = [];
    for (const node of set.selections) {
        if (node.kind === Kind.FRAGMENT_SPREAD)
            return undefined;
        if (node.kind === Kind.FIELD) {
            fields.push({ onType, node });
            continue;
        }
        const inner = fieldsOf(node.selectionSet, node.typeCondition?.name.value ?? onType);
        if (inner === undefined)
            return undefined;
        fields.push(...inner);
    }
    return fields;
}
/** The same fetch, asking only the given fields of its entities. */
export function narrowedTo(fetch, selection, kept) {
    const { text, variables } = entityDocument(selection, new Set(kept.map((field) => field.node)));
    return { ...fetch, document: text, variables: fetch.variables.filter((name) => variables.has(name)) };
}
/** The text of the same fetch asking only the given fields of its entities, and the variables it then uses. */
function entityDocument({ document }, kept) {
    const narrowed = withEntitySelections(document, (set) => keptSelections(set, kept));
    const variables = usedVariables(narrowed);
    const definitions = narrowed.definitions.map((node) => node.kind === Kind.OPERATION_DEFINITION ? withVariables(node, variables) : node);
    return { text: stripIgnoredCharacters(print({ ...narrowed, definitions })), variables };
}
function withEntitySelections(document, change) {
    const inField = (node) => node.kind === Kind.FIELD && node.selectionSet
        ? { ...node, selectionSet: change(node.selectionSet) }
        : node;
    const definitions = document.definitions.map((node) => {
        if (node.kind !== Kind.OPERATION_DEFINITION)
            return node;
        const selectionSet = { ...node.selectionSet, selections: node.selectionSet.selections.map(inField) };
        return { ...node, selectionSet };
    });
    return { ...document, definitions };
}
function keptSelections(set, kept) {
    const selections = set.selections.flatMap((node) => {
        if (node.kind === Kind.FIELD)
            return kept.has(node) || isTypename(node) ? [node] : [];
        if (node.kind === Kind.FRAGMENT_SPREAD)
            return [node];
        const selectionSet = keptSelections(node.selectionSet, kept);
        return selectionSet.selections.length === 0 ? [] : [{ ...node, selectionSet }];
    });
    return { ...set, selections };
}
function isTypename(node) {
    return node.name.value === '__typename' && node.alias === undefined;
}
function usedVariables(document) {
    const used = new Set();
    visit(document, {
        VariableDefinition: () => false,
        Variable: (node) => void used.add(node.name.value),
    });
    return used;
}
function withVariables(node, used) {
    const definitions = (node.variableDefinitions ?? []).filter((each) => used.has(each.variable.name.value));
    return { ...node, variableDefinitions: definitions };
}
function operationOf(document) {
    return document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
}
//# sourceMappingURL=entity-selection.js.map