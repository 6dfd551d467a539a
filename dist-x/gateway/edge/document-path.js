/** What may stand behind the path of GraphQL: one segment, not empty. */
const segment = /^\/([^/?]{1,1000})(?:\?|$)/;
/** The id of a document in an address such as `/graphql/4f1c?variables={}`; `undefined` for any other address. */
export function documentInPath(url, graphqlPath) {
    if (!url.startsWith(graphqlPath))
        return undefined;
    const found = segment.exec(url.slice(graphqlPath.length))?.[1];
    if (found === undefined)
        return undefined;
    try {
        return decodeURIComponent(found);
    }
    catch {
        // No id is written like this, so it will not be found.
        return found;
    }
}
//# sourceMappingURL=document-path.js.map