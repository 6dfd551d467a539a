import { Supergraph } from '@apollo/federation-internals';
import { buildSchema, GraphQLError } from 'graphql';
import { accepted, refused } from "../problem/problem.js";
import { shownPath } from "./read-text.js";
/** Whether a schema text is a composed supergraph rather than a plain schema. */
function isSupergraph(sdl) {
    return (/@link\s*\(\s*url:\s*"https:\/\/specs\.apollo\.dev\/join\//.test(sdl) ||
        /\benum\s+join__Graph\b/.test(sdl));
}
/**
 * What clients see of a supergraph: without federation's own types and without what is `@inaccessible`. A text that
 * is no supergraph is taken as a client schema as it is. Problem: WEIR-F012 when it is no valid schema.
 */
export function clientSchema(sdl, file) {
    try {
        if (!isSupergraph(sdl))
            return accepted(buildSchema(sdl));
        const supergraph = Supergraph.build(sdl, { supportedFeatures: null, validateSupergraph: false });
        return accepted(supergraph.apiSchema().toGraphQLJSSchema());
    }
    catch (failure) {
        const [location] = failure instanceof GraphQLError ? (failure.locations ?? []) : [];
        const place = location && {
            location: { file: shownPath(file), line: location.line, column: location.column },
        };
        return refused({
            code: 'WEIR-F012',
            severity: 'error',
            message: `${shownPath(file)} is not a valid schema: ${failure instanceof Error ? failure.message : 'unknown reason'}`,
            places: place === undefined ? [] : [place],
        });
    }
}
//# sourceMappingURL=api-schema.js.map