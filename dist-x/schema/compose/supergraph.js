import { createHash } from 'node:crypto';
import { composeServices } from '@apollo/composition';
import { FEDERATION_VERSIONS } from '@apollo/federation-internals';
import { GraphQLError, parse, Source } from 'graphql';
import { compositionProblem, syntaxProblem } from "./composition-problem.js";
import { nodeAt, placeOf } from "./coordinates.js";
import { withGatheredRules } from "./gathered-rules.js";
const mostTokens = 500_000;
const mostProblems = 500;
/** Newest federation version that the composer knows, such as `2.14`. */
export function newestFederationVersion() {
    const { major, minor } = FEDERATION_VERSIONS.latest().version;
    return `${major}.${minor}`;
}
/**
 * Composes subgraphs into a supergraph. Synchronous and heavy (tens of milliseconds, seconds for very large graphs).
 * Every problem has a `WEIR-Cnnn` code, the composer's code as `origin`, and its places in the subgraphs' files.
 */
export function composeSupergraph(sources) {
    const ordered = [...sources].sort((a, b) => (a.name < b.name ? -1 : 1));
    const parsed = ordered.map(parsedSubgraph);
    const broken = parsed.flatMap((one) => ('problem' in one ? [one.problem] : []));
    const subgraphs = parsed.flatMap((one) => ('problem' in one ? [] : [one]));
    if (broken.length > 0)
        return { ok: false, problems: broken };
    const services = subgraphs.map(({ source, document }) => ({
        name: source.name,
        url: source.routingUrl,
        typeDefs: document,
    }));
    return composition(services, subgraphs);
}
function composition(services, subgraphs) {
    let result;
    try {
        result = composeServices(services);
    }
    catch (failure) {
        // The composer reports what it foresaw; what it did not foresee it throws.
        const error = failure instanceof GraphQLError ? failure : new GraphQLError(thrownText(failure));
        return { ok: false, problems: [compositionProblem(error, subgraphs)] };
    }
    if (result.errors !== undefined) {
        const problems = result.errors
            .slice(0, mostProblems)
            .map((error) => compositionProblem(error, subgraphs));
        return { ok: false, problems };
    }
    const sdl = withGatheredRules(result.supergraphSdl);
    return {
        ok: true,
        sdl,
        hash: createHash('sha256').update(sdl).digest('hex'),
        typeCount: result.schema
            .toAPISchema()
            .allTypes()
            .filter((type) => !type.isBuiltIn).length,
        hints: result.hints.map((hint) => hintProblem(hint, subgraphs)),
        subgraphs: subgraphs.map(({ source: { name, routingUrl, origin } }) => ({ name, routingUrl, origin })),
    };
}
function thrownText(failure) {
    return `the composer failed: ${failure instanceof Error ? failure.message : 'for an unknown reason'}`;
}
function parsedSubgraph(source) {
    try {
        // The subgraph's name as source name leads from any node back to its subgraph.
        return { source, document: parse(new Source(source.sdl, source.name), { maxTokens: mostTokens }) };
    }
    catch (failure) {
        const error = failure instanceof GraphQLError ? failure : new GraphQLError(nestedText(failure));
        return { problem: syntaxProblem(error, { source }) };
    }
}
function nestedText(failure) {
    if (failure instanceof RangeError)
        return 'Syntax Error: nested too deeply';
    return failure instanceof Error ? failure.message : 'Syntax Error';
}
function hintProblem(hint, subgraphs) {
    const places = (hint.nodes ?? []).flatMap((node) => {
        const owner = subgraphs.find(({ source }) => source.name === node.loc?.source.name);
        const place = owner && placeOf(node, owner.source);
        return place === undefined ? [] : [place];
    });
    const coordinate = hint.coordinate;
    const known = coordinate !== undefined && subgraphs.some(({ document }) => nodeAt(document, coordinate));
    return {
        code: 'WEIR-H001',
        severity: 'warning',
        origin: hint.definition.code,
        message: hint.message,
        places,
        ...(known ? { coordinate } : {}),
    };
}
//# sourceMappingURL=supergraph.js.map