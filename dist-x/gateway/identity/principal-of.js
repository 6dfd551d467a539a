import { createHash } from 'node:crypto';
/** Who a verified token speaks of; `undefined` when its subject is not a text. */
export function principalOf(claims, token, settings) {
    const subject = own(claims, 'sub') ?? nameless(token);
    const issuer = own(claims, 'iss') ?? '';
    if (typeof subject !== 'string' || subject === '' || typeof issuer !== 'string')
        return undefined;
    const client = own(claims, 'client_id') ?? own(claims, 'azp');
    return {
        kind: 'known',
        subject,
        issuer,
        scopes: words(own(claims, settings.scopesClaim)),
        roles: list(own(claims, settings.rolesClaim)),
        policies: list(own(claims, settings.policiesClaim)),
        ...(typeof client === 'string' && client !== '' ? { client } : {}),
        claims: frozen(claims),
        expiresAt: claims.exp,
    };
}
/** A token without a subject stands for itself alone: two of them must never pass for one person. */
const nameless = (token) => `token:${createHash('sha256').update(token).digest('base64url')}`;
const own = (claims, name) => Object.hasOwn(claims, name) ? claims[name] : undefined;
/** Words of a text (RFC 8693 4.2) or a list of words; any other type grants nothing. */
const words = (claim) => typeof claim === 'string' ? new Set(claim.split(' ').filter((word) => word !== '')) : list(claim);
/** Entries of a list of texts; a list with anything else in it grants nothing. */
const list = (claim) => Array.isArray(claim) && claim.every((entry) => typeof entry === 'string' && !/\s/.test(entry))
    ? new Set(claim)
    : new Set();
/** Frozen with all that is in it. */
export function frozen(value) {
    if (typeof value !== 'object' || value === null)
        return value;
    for (const inner of Object.values(value))
        frozen(inner);
    return Object.freeze(value);
}
//# sourceMappingURL=principal-of.js.map