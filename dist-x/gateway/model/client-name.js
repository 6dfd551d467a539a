const nameHeaders = ['apollographql-client-name', 'graphql-client-name', 'x-graphql-client-name'];
const versionHeaders = [
    'apollographql-client-version',
    'graphql-client-version',
    'x-graphql-client-version',
];
const wellFormed = /^[\w.@/+ -]{1,64}$/;
/** Which client program asks, by the headers clients use for it; what is not a plain short name is ignored. */
export function clientName(headers) {
    return { name: firstOf(headers, nameHeaders), version: firstOf(headers, versionHeaders) };
}
function firstOf(headers, names) {
    for (const name of names) {
        const value = headers[name];
        if (typeof value === 'string' && wellFormed.test(value))
            return value;
    }
    return undefined;
}
//# sourceMappingURL=client-name.js.map