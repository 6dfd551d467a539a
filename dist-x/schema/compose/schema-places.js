import { parse, Source } from 'graphql';
import { nodeAt, placeOf } from "./coordinates.js";
/** A finder over subgraphs; text that is no GraphQL is passed over. The first subgraph that defines it is its owner. */
export function placeFinder(sources) {
    const subgraphs = sources.flatMap((source) => {
        try {
            return [{ source, document: parse(new Source(source.sdl, source.name)) }];
        }
        catch {
            return [];
        }
    });
    return (coordinate) => {
        const places = subgraphs.flatMap(({ document, source }) => {
            const node = nodeAt(document, coordinate);
            const place = node && placeOf(node, source);
            return node === undefined || place === undefined ? [] : [{ place, rank: rankOf(node) }];
        });
        return places.sort((a, b) => a.rank - b.rank)[0]?.place;
    };
}
/** Who resolves a field comes before who only refers to it. */
function rankOf(node) {
    const directives = 'directives' in node && Array.isArray(node.directives) ? node.directives : [];
    return JSON.stringify(directives.map((one) => nameIn(one))).includes('external') ? 1 : 0;
}
function nameIn(directive) {
    if (typeof directive !== 'object' || directive === null || !('name' in directive))
        return undefined;
    const { name } = directive;
    return typeof name === 'object' && name !== null && 'value' in name ? name.value : undefined;
}
//# sourceMappingURL=schema-places.js.map