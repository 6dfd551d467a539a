import { Kind, parse, print, stripIgnoredCharacters } from 'graphql';
/** Whether a document has the form in which the planner writes fetches of entities; another cannot be joined. */
export const isJoinable = (document) => soleEntities(document) !== undefined;
/** `undefined` for documents that cannot be joined. */
export function jointDocument(fetches) {
    const written = fetches.flatMap(({ document }) => soleEntities(document) ?? []);
    const [first] = written;
    if (first === undefined || written.length < fetches.length)
        return undefined;
    const variables = [...new Set(fetches.flatMap((one) => one.variables))];
    const prefix = unusedPrefix(variables);
    const places = fetches.map((_, at) => ({ alias: `_${String(at)}`, variable: `${prefix}${String(at)}` }));
    const definitions = jointVariables(written, places);
    if (definitions === undefined)
        return undefined;
    const operation = {
        ...first.operation,
        variableDefinitions: definitions,
        selectionSet: {
            kind: Kind.SELECTION_SET,
            selections: written.map(({ entities }, at) => placed(entities, places[at])),
        },
    };
    const text = stripIgnoredCharacters(print({ kind: Kind.DOCUMENT, definitions: [operation] }));
    return { text, variables, places, operationName: first.operation.name?.value };
}
/** One operation with nothing but `_entities` in it, by `$representations`. */
function soleEntities(document) {
    const [operation, ...others] = parse(document, { noLocation: true }).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0 || isDirected(operation))
        return undefined;
    const [entities, ...rest] = operation.selectionSet.selections;
    if (entities?.kind !== Kind.FIELD || rest.length > 0 || isDirected(entities))
        return undefined;
    return entities.name.value === '_entities' && entities.alias === undefined
        ? { operation, entities }
        : undefined;
}
const isDirected = ({ directives = [] }) => directives.length > 0;
function unusedPrefix(variables) {
    let prefix = 'representations_';
    while (variables.some((name) => name.startsWith(prefix)))
        prefix = `_${prefix}`;
    return prefix;
}
/** Variables of one name are one: the client's. `undefined` when two fetches declare it differently. */
function jointVariables(written, places) {
    const definitions = new Map();
    for (const [at, { operation }] of written.entries()) {
        for (const definition of operation.variableDefinitions ?? []) {
            const own = definition.variable.name.value;
            const name = own === 'representations' ? (places[at]?.variable ?? own) : own;
            const known = definitions.get(name);
            if (known !== undefined && print(known) !== print({ ...definition, variable: known.variable }))
                return undefined;
            definitions.set(name, { ...definition, variable: variableNamed(name) });
        }
    }
    return [...definitions.values()];
}
function placed(entities, place) {
    if (place === undefined)
        return entities;
    return {
        ...entities,
        alias: { kind: Kind.NAME, value: place.alias },
        arguments: (entities.arguments ?? []).map((argument) => ({
            ...argument,
            value: isRepresentations(argument.value) ? variableNamed(place.variable) : argument.value,
        })),
    };
}
const isRepresentations = (value) => value.kind === Kind.VARIABLE && value.name.value === 'representations';
const variableNamed = (value) => ({ kind: Kind.VARIABLE, name: { kind: Kind.NAME, value } });
//# sourceMappingURL=joint-document.js.map