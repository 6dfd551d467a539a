import { nearestName } from "../yaml/yaml.js";
import { clientSchema } from "./api-schema.js";
import { explainedCompositionCodes } from "./composition-codes.js";
import { readSubgraphSources } from "./read-subgraphs.js";
import { composeSupergraph, newestFederationVersion } from "./supergraph.js";
import { placeFinder } from "./schema-places.js";
import { decoded, readTextFile, shownPath } from "./read-text.js";
export { clientSchema, composeSupergraph, decoded, explainedCompositionCodes, nearestName, placeFinder, readTextFile, shownPath, };
/**
 * Reads `supergraph.yaml` (rover's format) with every schema it names, and composes them. Never throws: whatever is
 * wrong comes back as coded problems, all at once.
 */
export async function composeFile(reading) {
    const { sources, files } = await readSubgraphSources({
        ...reading,
        newestVersion: newestFederationVersion(),
    });
    if (!sources.ok)
        return { composition: sources, sources: [], warnings: [], files };
    return {
        composition: composeSupergraph(sources.value),
        sources: sources.value,
        warnings: sources.warnings,
        files,
    };
}
//# sourceMappingURL=compose.js.map