import { Kind } from 'graphql';
import { codeOf } from "./composition-codes.js";
import { coordinateAt, nodeAt, placeAt, placeOf } from "./coordinates.js";
import { placesOf, unsatisfiable } from "./satisfiability.js";
const mostPlaces = 20;
/** What the composer refused, with our code, the places in the subgraphs' files and a way out. */
export function compositionProblem(error, subgraphs) {
    const origin = originOf(error);
    const { code, fix } = codeOf(origin);
    const base = { code, severity: 'error', origin, ...(fix === undefined ? {} : { fix }) };
    if (origin === 'SATISFIABILITY_ERROR')
        return owned({ ...base, ...unsatisfiable(error.message, subgraphs) });
    const [, named, sentence = error.message] = /^\[([^\]\s]+)\] (.*)$/s.exec(error.message) ?? [];
    const coordinate = coordinateOf(sentence, error, subgraphs);
    const places = placesIn(error.nodes ?? [], subgraphs);
    const found = places.length > 0 || coordinate === undefined ? places : placesOf(coordinate, subgraphs);
    const told = headline(origin, sentence, coordinate);
    return owned({
        ...base,
        message: told.message,
        places: origin === 'FIELD_TYPE_MISMATCH' ? compared(found) : found.slice(0, mostPlaces),
        ...(coordinate === undefined ? {} : { coordinate }),
        ...(told.detail === undefined ? {} : { detail: [told.detail] }),
        ...(named === undefined ? {} : { subgraph: named }),
        ...fixFor(origin, found),
    });
}
function originOf(error) {
    const code = error.extensions['code'];
    return typeof code === 'string' ? code : 'UNKNOWN';
}
/** A subgraph whose text is not GraphQL; the composer is not even asked. */
export function syntaxProblem(error, { source }) {
    const { line = 1, column = 1 } = error.locations?.[0] ?? {};
    return {
        code: 'WEIR-C001',
        severity: 'error',
        origin: 'INVALID_GRAPHQL',
        message: error.message,
        subgraph: source.name,
        places: [placeAt(line, column, source)],
        fix: codeOf('INVALID_GRAPHQL').fix ?? '',
    };
}
/** The subgraph of the problem, when only one is to blame. */
function owned(problem) {
    const names = new Set(problem.places.map((place) => place.subgraph));
    const [name] = names;
    if (problem.subgraph !== undefined || names.size !== 1 || name === undefined)
        return problem;
    return { ...problem, subgraph: name };
}
function headline(origin, sentence, coordinate) {
    if (coordinate === undefined)
        return { message: sentence };
    switch (origin) {
        case 'FIELD_TYPE_MISMATCH':
            return { message: `${coordinate} has different types` };
        case 'INVALID_FIELD_SHARING':
            return {
                message: `${coordinate} is resolved by several subgraphs and not shared by all`,
                detail: sentence,
            };
        case 'FIELD_ARGUMENT_TYPE_MISMATCH':
            return { message: `${coordinate} has different types`, detail: sentence };
        default:
            return { message: sentence };
    }
}
/** Marks the places whose type is not that of the first. */
function compared(places) {
    const typeOf = (place) => place.text?.split(': ').at(-1) ?? '';
    const first = places[0] === undefined ? '' : typeOf(places[0]);
    return places
        .slice(0, mostPlaces)
        .map((place, index) => (index > 0 && typeOf(place) !== first ? { ...place, note: 'differs' } : place));
}
function fixFor(origin, places) {
    const owner = places[0]?.subgraph;
    if (origin !== 'FIELD_TYPE_MISMATCH' || owner === undefined)
        return {};
    const many = places.length > 2 ? 'all subgraphs' : 'both subgraphs';
    return { fix: `use one type in ${many}, or mark one with @override(from: "${owner}")` };
}
/** The first quoted coordinate that exists, else the definition around the first node. */
function coordinateOf(sentence, error, subgraphs) {
    for (const [, quoted = ''] of sentence.slice(0, 5_000).matchAll(/"(\w+(?:\.\w+(?:\(\w+:\))?)?)"/g)) {
        if (!quoted.startsWith('_') && subgraphs.some(({ document }) => nodeAt(document, quoted) !== undefined)) {
            return quoted;
        }
    }
    for (const node of error.nodes ?? []) {
        const owner = subgraphs.find(({ source }) => source.name === node.loc?.source.name);
        if (owner !== undefined && node.loc !== undefined)
            return coordinateAt(owner.document, node.loc.start);
    }
    return undefined;
}
function placesIn(nodes, subgraphs) {
    const places = nodes.flatMap((node) => {
        const owner = subgraphs.find(({ source }) => source.name === node.loc?.source.name);
        const place = owner && placeOf(node, owner.source);
        return place === undefined ? [] : [place];
    });
    // With a directive that is at fault the composer also gives the type around it, which says nothing more.
    const first = nodes[0];
    const narrowed = first?.kind === Kind.DIRECTIVE && new Set(places.map((place) => place.subgraph)).size === 1;
    return narrowed ? places.slice(0, 1) : places;
}
//# sourceMappingURL=composition-problem.js.map