/** The body, errors first so that nobody overlooks them (section 7.1 of the GraphQL specification). */
export function responseText({ errors, data, extensions, }) {
    if (errors.length === 0 && extensions === undefined)
        return `{"data":${data ?? 'null'}}`;
    const parts = [];
    if (errors.length > 0)
        parts.push(`"errors":${JSON.stringify(errors.map(inOrder))}`);
    if (data !== undefined)
        parts.push(`"data":${data}`);
    if (extensions !== undefined)
        parts.push(`"extensions":${JSON.stringify(extensions)}`);
    return `{${parts.join(',')}}`;
}
/** One order of keys, whoever made the error. */
function inOrder({ message, locations, path, extensions }) {
    return { message, locations, path, extensions };
}
//# sourceMappingURL=graphql-response.js.map