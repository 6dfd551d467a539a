const anything = { type: 'application/json', namedJson: false };
const longestAccept = 1000;
/** The media type to answer in; `undefined` when the client accepts none of GraphQL's. */
export function negotiated(accept) {
    if (accept === undefined || accept === '*/*')
        return anything;
    if (accept === 'application/json')
        return { type: 'application/json', namedJson: true };
    let best;
    for (const part of accept.slice(0, longestAccept).split(',')) {
        const { type, weight } = range(part);
        const found = candidates[type];
        if (found === undefined || weight === 0)
            continue;
        // A named type beats a wildcard of the same weight; the newer type beats the older one.
        const rank = weight + (type.includes('*') ? 0 : 0.0001) + (found.type === 'application/json' ? 0 : 0.0001);
        if (best === undefined || rank > best.weight)
            best = { found, weight: rank };
    }
    return best?.found;
}
const candidates = Object.assign(Object.create(null), {
    'application/json': { type: 'application/json', namedJson: true },
    'application/graphql-response+json': { type: 'application/graphql-response+json', namedJson: false },
    'application/*': anything,
    '*/*': anything,
});
function range(part) {
    const [type = '', ...parameters] = part.split(';');
    const weight = parameters
        .map((one) => /^\s*q\s*=\s*([\d.]{1,6})\s*$/i.exec(one)?.[1])
        .find((q) => q !== undefined);
    return { type: type.trim().toLowerCase(), weight: weight === undefined ? 1 : Number(weight) || 0 };
}
/** What a POST says its body is. */
export function bodyType(contentType) {
    if (contentType === undefined || contentType === '')
        return 'none';
    if (contentType === 'application/json')
        return 'json';
    const [type = '', ...parameters] = contentType.slice(0, 500).split(';');
    if (type.trim().toLowerCase() !== 'application/json' || contentType.length > 500)
        return 'other type';
    for (const parameter of parameters) {
        const charset = /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/i.exec(parameter)?.[1];
        if (charset !== undefined && !/^utf-?8$/i.test(charset))
            return 'other charset';
    }
    return 'json';
}
//# sourceMappingURL=media-type.js.map