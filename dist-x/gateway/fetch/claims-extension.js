/** Puts the claims of verified callers, and of nobody else, into `extensions` of subgraph requests. */
export function claimsExtension({ fieldName, includeClaims }) {
    const texts = new WeakMap();
    const text = (principal) => {
        if (principal.kind === 'anonymous')
            return '';
        const known = texts.get(principal);
        if (known !== undefined)
            return known;
        const { claims } = principal;
        const chosen = includeClaims.filter((name) => Object.hasOwn(claims, name));
        const entries = chosen.map((name) => `${JSON.stringify(name)}:${JSON.stringify(claims[name])}`);
        const made = entries.length === 0 ? '' : `,"extensions":{${JSON.stringify(fieldName)}:{${entries.join(',')}}}}`;
        texts.set(principal, made);
        return made;
    };
    return {
        text,
        // A body is the text of an object that has a query and no extensions.
        withClaims: (body, principal) => {
            const added = text(principal);
            return added === '' ? body : body.slice(0, -1) + added;
        },
    };
}
//# sourceMappingURL=claims-extension.js.map