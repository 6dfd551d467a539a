import { setMaxListeners } from 'node:events';
import { LRUCache } from 'lru-cache';
import { Agent } from 'undici';
import { withDeadline } from "../model/deadline.js";
import { refused } from "./checked.js";
import { askAbout } from "./introspection-request.js";
import { principalOf } from "./principal-of.js";
import { invalidToken, uncheckable } from "./refusal.js";
import { fingerprint } from "./token-source.js";
/** Questions at a time; more tokens nobody has seen are refused at once, so that a flood of them stays small. */
const maxQuestions = 100;
const connections = 20;
const maxInactive = 1_000;
/**
 * Checks tokens by asking the server that issued them (RFC 7662). Answers are remembered: of an active token no longer
 * than it lasts, of another one shortly. Without an answer in time a token is neither believed nor refused for good.
 */
export function opaqueTokens(settings, introspection, { now, onFailure }) {
    const active = new LRUCache({ max: introspection.limit });
    // Apart, so that a flood of made-up tokens does not push out those that are good.
    const inactive = new LRUCache({ max: maxInactive });
    const asking = new Map();
    const dispatcher = new Agent({ connections, headersTimeout: 30_000, bodyTimeout: 30_000 });
    const ended = new AbortController();
    setMaxListeners(maxQuestions + 1, ended.signal);
    let isDown = false;
    const ask = async (token, key) => {
        try {
            const answer = await withDeadline(ended.signal, introspection.timeout, (signal) => askAbout(token, introspection, { dispatcher, signal }));
            isDown = false;
            const entry = judged(answer, token, { settings, introspection, now: now() });
            (entry.outcome.kind === 'principal' ? active : inactive).set(key, entry);
            return entry.outcome;
        }
        catch (cause) {
            if (!isDown && !ended.signal.aborted)
                onFailure?.(cause);
            isDown = true;
            return refused(uncheckable(cause));
        }
        finally {
            asking.delete(key);
        }
    };
    const check = (token) => {
        const key = fingerprint(token);
        const known = active.get(key) ?? inactive.get(key);
        if (known !== undefined && now() < known.until)
            return known.outcome;
        const pending = asking.get(key);
        if (pending !== undefined)
            return pending;
        if (asking.size >= maxQuestions)
            return refused(uncheckable(new Error(tooMany)));
        const question = ask(token, key);
        asking.set(key, question);
        return question;
    };
    return {
        check,
        close: async () => {
            ended.abort();
            active.clear();
            inactive.clear();
            await dispatcher.destroy();
        },
    };
}
const tooMany = `more than ${maxQuestions} tokens are being asked about`;
function judged(answer, token, judging) {
    const { settings, introspection, now } = judging;
    const refusedFor = (reason) => ({
        outcome: refused(invalidToken(reason)),
        until: now + introspection.negativeTtl,
    });
    if (answer.kind === 'inactive')
        return refusedFor('inactive');
    const { claims } = answer;
    const reason = objection(claims, judging);
    if (reason !== undefined)
        return refusedFor(reason);
    const asked = (now + introspection.ttl) / 1_000;
    const exp = typeof claims['exp'] === 'number' ? claims['exp'] : asked;
    const principal = principalOf({ ...claims, exp }, token, settings);
    if (principal === undefined)
        return refusedFor('malformed');
    return { outcome: { kind: 'principal', principal }, until: Math.min(exp, asked) * 1_000 };
}
/** What speaks against a token that its issuer calls active: servers may say so of tokens that are meant for others. */
function objection(claims, { settings, introspection, now }) {
    return (timeObjection(claims, now / 1_000, settings.clockTolerance / 1_000) ??
        partyObjection(claims, introspection));
}
function timeObjection({ exp, nbf }, now, tolerance) {
    if (exp !== undefined && !(typeof exp === 'number' && Number.isFinite(exp)))
        return 'malformed';
    if (nbf !== undefined && typeof nbf !== 'number')
        return 'malformed';
    if (exp !== undefined && exp <= now - tolerance)
        return 'expired';
    return nbf !== undefined && nbf > now + tolerance ? 'not_yet_valid' : undefined;
}
function partyObjection({ iss, aud }, { issuers, audiences }) {
    if (issuers?.includes(iss) === false)
        return 'issuer';
    const meantFor = Array.isArray(aud) ? aud : [aud];
    return meantFor.some((one) => audiences?.includes(one) !== false) ? undefined : 'audience';
}
//# sourceMappingURL=opaque-tokens.js.map