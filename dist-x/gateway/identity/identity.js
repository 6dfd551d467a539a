import { anonymous } from "../model/principal.js";
import { apiKeys } from "./api-keys.js";
import { after, refused } from "./checked.js";
import { asymmetricAlgorithms } from "./identity-settings.js";
import { keySet } from "./key-set.js";
import { opaqueTokens } from "./opaque-tokens.js";
import { keyReader } from "./read-keys.js";
import { revocations } from "./revocations.js";
import { invalidApiKey, invalidToken, missingKey, missingToken } from "./refusal.js";
import { signedTokens } from "./signed-tokens.js";
import { findToken, withoutUnverified } from "./token-source.js";
import { isJwt } from "./verify-token.js";
export { identitySettings } from "./identity-settings.js";
export { apiKeyFileText, apiKeyProblem, readApiKeyFile } from "./api-key-file.js";
export { newApiKey } from "./api-key-text.js";
/**
 * Turns a request's credential into a verified identity. Starts reading the issuers' keys at once and does not wait for
 * them; API keys are read at once. Throws a `TypeError` for an algorithm that is not asymmetric.
 */
export function createIdentity(settings, tools = {}) {
    for (const issuer of settings.issuers)
        assertAsymmetric(issuer);
    const { now = Date.now, onFailure, onKeysRead: onRead } = tools;
    const reader = keyReader();
    const read = tools.readKeys ?? reader.read;
    const issuers = settings.issuers.map((issuer) => ({
        settings: issuer,
        keys: keySet(issuer, { read, now, onRead, onFailure }),
    }));
    const { apiKeys: keySettings } = settings;
    const tokens = tokenChecks(settings, issuers, { now, onFailure });
    const keys = keySettings === undefined ? undefined : apiKeys(keySettings, { now, onFailure });
    const waitedFor = [...issuers.map((issuer) => issuer.keys), tokens, keys];
    return {
        identify: (headers) => identified(headers, settings, { token: tokens.check, keys }),
        ready: () => waitedFor.every((one) => one?.ready() !== false),
        close: async () => {
            for (const issuer of issuers)
                issuer.keys.close();
            await Promise.all([tokens.close(), keys?.close(), reader.close()]);
        },
    };
}
/** All that tokens are checked with, but for the keys of their issuers. */
function tokenChecks(settings, issuers, { now, onFailure }) {
    const { introspection, revocationList } = settings;
    const signed = issuers.length === 0 ? undefined : signedTokens(settings, issuers, now);
    const opaque = introspection === undefined ? undefined : opaqueTokens(settings, introspection, { now, onFailure });
    const revoked = revocationList === undefined ? undefined : revocations(revocationList, onFailure);
    const check = tokenCheck(settings.maxTokenBytes, signed?.check, opaque?.check);
    return {
        check: check && (revoked?.guard(check) ?? check),
        ready: () => revoked?.ready() !== false,
        close: () => {
            signed?.forget();
            return Promise.all([opaque?.close(), revoked?.close()]);
        },
    };
}
const nothing = { kind: 'none' };
function identified(headers, settings, { token, keys }) {
    const { sources, requireAuthentication, apiKeys: keySettings } = settings;
    const found = token === undefined ? nothing : findToken(sources, headers);
    const byKey = keys?.check(headers);
    if (byKey !== undefined) {
        if (found.kind !== 'none')
            return refused(invalidApiKey('beside_token'));
        return byKey.kind === 'refused' ? byKey : { ...byKey, headers };
    }
    if (found.kind === 'none' || token === undefined) {
        if (!requireAuthentication)
            return { kind: 'principal', principal: anonymous, headers };
        return refused(token === undefined && keySettings !== undefined ? missingKey(keySettings.header) : missingToken());
    }
    const outcome = found.kind === 'malformed' ? refused(invalidToken('malformed')) : token(found.token);
    return after(outcome, (checked) => believed(checked, { found, headers }, settings));
}
function believed(outcome, { found, headers }, { sources, onError, requireAuthentication }) {
    if (outcome.kind === 'refused') {
        if (onError === 'error' || requireAuthentication)
            return outcome;
        const rest = withoutUnverified(sources, headers, undefined);
        return { kind: 'principal', principal: anonymous, headers: rest };
    }
    const { kind, principal } = outcome;
    if (sources.length === 1)
        return { kind, principal, headers };
    const verified = found.kind === 'token' ? found.source : undefined;
    return { kind, principal, headers: withoutUnverified(sources, headers, verified) };
}
/** JWTs are verified here, other tokens are asked about; where there is one way only, all go that way. */
function tokenCheck(maxBytes, signed, opaque) {
    const check = signed ?? opaque;
    if (check === undefined)
        return undefined;
    return (token) => {
        if (Buffer.byteLength(token) > maxBytes)
            return refused(invalidToken('too_large'));
        return opaque === undefined || isJwt(token) ? check(token) : opaque(token);
    };
}
function assertAsymmetric({ algorithms }) {
    const wrong = algorithms.find((algorithm) => !asymmetricAlgorithms.includes(algorithm));
    if (wrong === undefined)
        return;
    throw new TypeError(`"${wrong}" is not accepted for tokens; use some of ${asymmetricAlgorithms.join(', ')}`);
}
//# sourceMappingURL=identity.js.map