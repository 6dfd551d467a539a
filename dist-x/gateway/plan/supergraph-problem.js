import { errorCauses } from '@apollo/federation-internals';
/** Everything a supergraph loader may throw, as problems with their place where one is known. */
export function problemsOf(thrown) {
    if (!(thrown instanceof Error))
        return [{ code: 'SUPERGRAPH_INVALID', message: String(thrown) }];
    const causes = errorCauses(thrown);
    if (causes === undefined)
        return [{ code: 'SUPERGRAPH_INVALID', message: thrown.message }];
    return causes.map(problemOf);
}
function problemOf(error) {
    const place = error.locations?.[0] ?? placeOf(error);
    return {
        code: 'SUPERGRAPH_INVALID',
        message: error.message === notComposed ? notComposedText : error.message,
        ...(place === undefined ? {} : { line: place.line, column: place.column }),
    };
}
/** What the loader says of a schema without the links that composition adds. */
const notComposed = 'Invalid supergraph: must be a core schema';
const notComposedText = 'this is a schema, but not a composed supergraph; make one of subgraph schemas: weir compose --config supergraph.yaml';
function placeOf(error) {
    const token = error.nodes?.[0]?.loc?.startToken;
    return token === undefined ? undefined : { line: token.line, column: token.column };
}
//# sourceMappingURL=supergraph-problem.js.map