export type { LoadedSupergraph, Supergraph, SupergraphOptions } from './supergraph.ts';
export type { SupergraphProblem } from './supergraph-problem.ts';
export type { LinkedFeature } from './linked-features.ts';
export { loadSupergraph } from './supergraph.ts';
export { activeLabels } from './override-labels.ts';
