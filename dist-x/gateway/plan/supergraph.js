import { createHash } from 'node:crypto';
import { buildSchemaFromAST, Supergraph as ApolloSupergraph, } from '@apollo/federation-internals';
import { parse } from 'graphql';
import { linkedFeatures, plannerFeatures, sortedFeatures } from "./linked-features.js";
import { overrideLabelsOf } from "./override-labels.js";
import { plannerSupergraph } from "./planner-supergraph.js";
import { problemsOf } from "./supergraph-problem.js";
/** Reads a supergraph's text; never throws: whatever is wrong with it is named, with its place where known. */
export function loadSupergraph(sdl, options) {
    try {
        const document = parse(sdl);
        const schema = buildSchemaFromAST(document, { validate: false });
        const { removed, problems } = sortedFeatures(schema, options.enforced);
        if (problems.length > 0)
            return { kind: 'refused', problems };
        const plannerSdl = plannerSupergraph(document, schema, removed);
        return { kind: 'loaded', supergraph: supergraphOf({ sdl, document, plannerSdl, schema }) };
    }
    catch (thrown) {
        return { kind: 'refused', problems: problemsOf(thrown) };
    }
}
function supergraphOf({ sdl, document, plannerSdl, schema }) {
    const apollo = ApolloSupergraph.build(plannerSdl, { supportedFeatures: new Set(plannerFeatures) });
    return {
        id: createHash('sha256').update(sdl).digest('hex'),
        sdl,
        document,
        apiSchema: apollo.apiSchema().toGraphQLJSSchema(),
        subgraphs: new Map(apollo.subgraphsMetadata().map(({ name, url }) => [name, url])),
        features: new Map(linkedFeatures(schema).map((feature) => [feature.name, feature])),
        overrideLabels: overrideLabelsOf(document),
        plannerSdl,
    };
}
//# sourceMappingURL=supergraph.js.map