import type { Problem } from '../problem/problem.ts';
import { nearestName } from '../yaml/yaml.ts';
import { clientSchema } from './api-schema.ts';
import { explainedCompositionCodes } from './composition-codes.ts';
import { readSubgraphSources, type SubgraphsReading } from './read-subgraphs.ts';
import type { Composition, SubgraphSource } from './subgraph-source.ts';
import { composeSupergraph, newestFederationVersion } from './supergraph.ts';
import { placeFinder, type PlaceFinder } from './schema-places.ts';
import { decoded, readTextFile, shownPath, type ReadText } from './read-text.ts';

export {
  clientSchema,
  composeSupergraph,
  decoded,
  explainedCompositionCodes,
  nearestName,
  placeFinder,
  readTextFile,
  shownPath,
};
export type { Composition, PlaceFinder, ReadText, SubgraphSource };

export type FileReading = Omit<SubgraphsReading, 'newestVersion'>;

export interface ComposedFile {
  readonly composition: Composition;
  /** The subgraphs as read; empty when they could not be read. */
  readonly sources: readonly SubgraphSource[];
  /** What is odd about the files without keeping them from composing. */
  readonly warnings: readonly Problem[];
  /** Absolute paths of the files that the outcome depends on, for watching; filled also after a failure. */
  readonly files: readonly string[];
}

/**
 * Reads `supergraph.yaml` (rover's format) with every schema it names, and composes them. Never throws: whatever is
 * wrong comes back as coded problems, all at once.
 */
export async function composeFile(reading: FileReading): Promise<ComposedFile> {
  const { sources, files } = await readSubgraphSources({
    ...reading,
    newestVersion: newestFederationVersion(),
  });
  if (!sources.ok) return { composition: sources, sources: [], warnings: [], files };
  return {
    composition: composeSupergraph(sources.value),
    sources: sources.value,
    warnings: sources.warnings,
    files,
  };
}
