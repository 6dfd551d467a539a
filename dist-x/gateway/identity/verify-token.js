import { errors, jwtVerify } from 'jose';
import { strictJsonObject } from "./strict-json.js";
const refused = (reason) => ({ kind: 'refused', reason });
/**
 * Verifies a compact JWS against the issuers that may have signed it (RFC 8725). What the token says of where its
 * keys are (`jku`, `x5u`, `x5c`, `jwk`) is not looked at; extensions (`crit`, `b64`) are not understood and refused.
 */
export async function verifyToken(token, issuers, clock) {
    const unverified = readToken(token);
    if (unverified === undefined)
        return refused('malformed');
    const { header, payload } = unverified;
    if ('crit' in header || 'b64' in header || 'enc' in header)
        return refused('malformed');
    if (header['kid'] !== undefined && typeof header['kid'] !== 'string')
        return refused('malformed');
    if (!hasEnd(payload))
        return refused('malformed');
    const possible = issuers.filter(({ settings }) => settings.issuers?.includes(payload['iss']) ?? true);
    let last = refused('issuer');
    for (const issuer of possible) {
        last = await verifyFrom(issuer, token, header, clock);
        if (last.kind === 'verified')
            return last;
    }
    return last;
}
async function verifyFrom(issuer, token, header, clock) {
    const { settings } = issuer;
    const { alg, typ = '', kid } = header;
    if (typeof alg !== 'string' || !settings.algorithms.includes(alg))
        return refused('algorithm');
    if (typeof typ !== 'string' || !settings.types.includes(typ.toLowerCase()))
        return refused('type');
    const found = await issuer.keys.keysFor(kid);
    if (found.kind === 'unavailable')
        return { kind: 'uncheckable', cause: found.cause };
    const { keys } = found;
    try {
        const { payload } = await withAnyKey(token, keys, verifyOptions(settings, clock));
        if (!hasEnd(payload))
            return refused('malformed');
        return { kind: 'verified', claims: payload, issuer, keysVersion: keys.version };
    }
    catch (error) {
        return refused(reasonOf(error));
    }
}
const verifyOptions = (settings, clock) => ({
    algorithms: [...settings.algorithms],
    requiredClaims: ['exp'],
    clockTolerance: clock.tolerance / 1_000,
    currentDate: new Date(clock.now),
    ...(settings.issuers === undefined ? {} : { issuer: [...settings.issuers] }),
    ...(settings.audiences === undefined ? {} : { audience: [...settings.audiences] }),
});
/** An issuer that names no keys has few; trying all of a long list for every token would be dear. */
const maxTries = 16;
/** A token without a key id may fit several keys; each is tried. */
async function withAnyKey(token, keys, options) {
    try {
        return await jwtVerify(token, keys.resolve, options);
    }
    catch (error) {
        if (!(error instanceof errors.JWKSMultipleMatchingKeys))
            throw error;
        return withEachKey(token, error, options);
    }
}
async function withEachKey(token, keys, options) {
    let tries = 0;
    for await (const key of keys) {
        tries += 1;
        if (tries > maxTries)
            break;
        try {
            return await jwtVerify(token, key, options);
        }
        catch (error) {
            if (!(error instanceof errors.JWSSignatureVerificationFailed))
                throw error;
        }
    }
    throw new errors.JWSSignatureVerificationFailed();
}
function reasonOf(error) {
    if (error instanceof errors.JWTExpired)
        return 'expired';
    if (error instanceof errors.JWTClaimValidationFailed)
        return claimReasons[error.claim] ?? 'malformed';
    if (error instanceof errors.JWSSignatureVerificationFailed)
        return 'signature';
    if (error instanceof errors.JWKSNoMatchingKey)
        return 'key_unknown';
    if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported)
        return 'algorithm';
    if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid)
        return 'malformed';
    // A key that cannot be imported or does not fit its algorithm.
    return 'signature';
}
const claimReasons = {
    iss: 'issuer',
    aud: 'audience',
    nbf: 'not_yet_valid',
};
/** A finite end: without it a stolen token would be good for ever. */
const hasEnd = (payload) => typeof payload['exp'] === 'number' && Number.isFinite(payload['exp']);
/** Header and payload before anything of them is believed; `undefined` for anything but a compact JWS with JSON inside. */
function readToken(token) {
    const [, head, body] = /^([\w-]+)\.([\w-]+)\.[\w-]+$/.exec(token) ?? [];
    if (head === undefined || body === undefined)
        return undefined;
    const [header, payload] = [strictJsonObject(decoded(head)), strictJsonObject(decoded(body))];
    return header === undefined || payload === undefined ? undefined : { header, payload };
}
const decoded = (part) => Buffer.from(part, 'base64url').toString('utf8');
/** Whether a token says of itself that it is a JWT; nothing of it is believed yet. */
export function isJwt(token) {
    const [, head] = /^([\w-]+)\.[\w-]+\.[\w-]*$/.exec(token) ?? [];
    return head !== undefined && strictJsonObject(decoded(head)) !== undefined;
}
//# sourceMappingURL=verify-token.js.map