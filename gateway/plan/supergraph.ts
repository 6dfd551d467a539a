import { createHash } from 'node:crypto';
import {
  buildSchemaFromAST,
  type Schema,
  Supergraph as ApolloSupergraph,
} from '@apollo/federation-internals';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { type LinkedFeature, linkedFeatures, plannerFeatures, sortedFeatures } from './linked-features.ts';
import { overrideLabelsOf } from './override-labels.ts';
import { plannerSupergraph } from './planner-supergraph.ts';
import { problemsOf, type SupergraphProblem } from './supergraph-problem.ts';

/** A composed schema, read once: everything the stages need to know of it. */
export interface Supergraph {
  /** sha256 of the text, hex. */
  readonly id: string;
  readonly sdl: string;
  /** The whole supergraph with all directives, for the stages that enforce them. */
  readonly document: DocumentNode;
  /** What clients may see: no join directives, nothing `@inaccessible`. */
  readonly apiSchema: GraphQLSchema;
  /** Routing URL by subgraph name, as composed. */
  readonly subgraphs: ReadonlyMap<string, string>;
  /** Linked specifications by their own name, with the names their directives have here. */
  readonly features: ReadonlyMap<string, LinkedFeature>;
  /** Labels of progressive `@override`s, such as `percent(25)`, sorted. */
  readonly overrideLabels: readonly string[];
  /** The reduced supergraph that the planner reads. */
  readonly plannerSdl: string;
}

export interface SupergraphOptions {
  /** Names of the features that stages of the gateway enforce: `authenticated`, `requiresScopes`, `policy`, `context`, `cacheTag`. */
  readonly enforced: ReadonlySet<string>;
}

export type LoadedSupergraph =
  | { readonly kind: 'loaded'; readonly supergraph: Supergraph }
  | { readonly kind: 'refused'; readonly problems: readonly SupergraphProblem[] };

/** Reads a supergraph's text; never throws: whatever is wrong with it is named, with its place where known. */
export function loadSupergraph(sdl: string, options: SupergraphOptions): LoadedSupergraph {
  try {
    const document = parse(sdl);
    const schema = buildSchemaFromAST(document, { validate: false });
    const { removed, problems } = sortedFeatures(schema, options.enforced);
    if (problems.length > 0) return { kind: 'refused', problems };
    const plannerSdl = plannerSupergraph(document, schema, removed);
    return { kind: 'loaded', supergraph: supergraphOf({ sdl, document, plannerSdl, schema }) };
  } catch (thrown) {
    return { kind: 'refused', problems: problemsOf(thrown) };
  }
}

interface Parts {
  readonly sdl: string;
  readonly document: DocumentNode;
  readonly plannerSdl: string;
  readonly schema: Schema;
}

function supergraphOf({ sdl, document, plannerSdl, schema }: Parts): Supergraph {
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
