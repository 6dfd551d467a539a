import { execute, Kind, visit } from 'graphql';
import { operationOf } from "./shapes.js";
/** Larger answers are made anew each time: many different operations must not each hold one in memory. */
const longestKept = 100_000;
/** `undefined` when the operation asks nothing of the schema. */
export function introspection(schema, document, shapes) {
    const fields = shapes
        .of(shapes.rootType, shapes.root)
        .fields.filter((field) => field.kind === 'introspection');
    const nodes = fields.flatMap((field) => field.nodes);
    if (nodes.length === 0 || shapes.rootType.name !== schema.getQueryType()?.name)
        return undefined;
    const names = variablesIn(nodes, document);
    const question = questionOf(nodes, names, document);
    const ask = (variables) => answer({ schema, document: question, variableValues: variables }, fields);
    if (names.size > 0)
        return ask;
    let kept;
    return (variables) => {
        if (kept !== undefined)
            return kept;
        const made = ask(variables);
        if (sizeOf(made) <= longestKept)
            kept = made;
        return made;
    };
}
function answer(question, fields) {
    const result = execute(question);
    const texts = new Map();
    // Introspection resolvers are synchronous; graphql-js answers at once when all are.
    if (result instanceof Promise || !('data' in result) || !result.data)
        return texts;
    for (const { nodes, responseKey } of fields) {
        const [node] = nodes;
        if (node !== undefined)
            texts.set(node, JSON.stringify(result.data[responseKey] ?? null));
    }
    return texts;
}
function sizeOf(texts) {
    let size = 0;
    for (const text of texts.values())
        size += text.length;
    return size;
}
/** The client's operation reduced to these root fields. */
function questionOf(nodes, names, document) {
    const operation = operationOf(document);
    const variableDefinitions = operation.variableDefinitions?.filter(isUsed) ?? [];
    function isUsed(definition) {
        return names.has(definition.variable.name.value);
    }
    return {
        kind: Kind.DOCUMENT,
        definitions: [
            {
                ...operation,
                directives: [],
                variableDefinitions,
                selectionSet: { kind: Kind.SELECTION_SET, selections: nodes },
            },
            ...document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION),
        ],
    };
}
function variablesIn(nodes, document) {
    const names = new Set();
    const spread = new Set();
    const open = [...nodes];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
        visit(node, {
            Variable: (variable) => void names.add(variable.name.value),
            FragmentSpread: ({ name }) => {
                if (spread.has(name.value))
                    return;
                spread.add(name.value);
                const fragment = document.definitions.find((one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name.value);
                if (fragment !== undefined)
                    open.push(fragment);
            },
        });
    }
    return names;
}
//# sourceMappingURL=introspect.js.map