import { LRUCache } from 'lru-cache';
import { after, refused } from "./checked.js";
import { principalOf } from "./principal-of.js";
import { invalidToken, uncheckable } from "./refusal.js";
import { fingerprint } from "./token-source.js";
import { verifyToken } from "./verify-token.js";
/** Checks JWTs by their issuers' keys. A token seen before is not verified again while those keys stay and it lasts. */
export function signedTokens(settings, issuers, now) {
    const { clockTolerance: tolerance } = settings;
    const remembered = new LRUCache({ max: settings.rememberedTokens });
    const verifying = new Map();
    const verified = async (token, key) => {
        const found = await verifyToken(token, issuers, { now: now(), tolerance });
        if (found.kind === 'uncheckable')
            return refused(uncheckable(found.cause));
        if (found.kind === 'refused')
            return refused(invalidToken(found.reason));
        const principal = principalOf(found.claims, token, settings);
        if (principal === undefined)
            return refused(invalidToken('malformed'));
        const { issuer, keysVersion } = found;
        const outcome = { kind: 'principal', principal };
        remembered.set(key, { outcome, issuer, keysVersion, until: principal.expiresAt * 1_000 + tolerance });
        return outcome;
    };
    // Once for all who send the same token meanwhile.
    const verifiedOnce = (token, key) => {
        const pending = verifying.get(key);
        if (pending !== undefined)
            return pending;
        const found = verified(token, key).finally(() => verifying.delete(key));
        verifying.set(key, found);
        return found;
    };
    const check = (token) => {
        const key = fingerprint(token);
        const known = remembered.get(key);
        if (known === undefined)
            return verifiedOnce(token, key);
        return after(isStillGood(known, now()), (isGood) => {
            if (isGood)
                return known.outcome;
            remembered.delete(key);
            return verifiedOnce(token, key);
        });
    };
    return { check, forget: () => remembered.clear() };
}
function isStillGood({ issuer, keysVersion, until }, now) {
    if (now >= until)
        return false;
    const version = issuer.keys.trustedVersion();
    return version instanceof Promise ? version.then((one) => one === keysVersion) : version === keysVersion;
}
//# sourceMappingURL=signed-tokens.js.map