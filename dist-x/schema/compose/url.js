/** The URL, or undefined when the text is none. */
export function parsedUrl(text) {
    return URL.canParse(text) ? new URL(text) : undefined;
}
/** A URL as messages may show it: without a password and without the query, which may hold a key. */
export function shownUrl(url) {
    const parsed = parsedUrl(url);
    return parsed === undefined ? 'the subgraph' : `${parsed.origin}${parsed.pathname}`;
}
//# sourceMappingURL=url.js.map