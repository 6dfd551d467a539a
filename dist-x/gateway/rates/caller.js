import { clientName } from "../model/client-name.js";
import { addressFinder } from "./client-address.js";
/**
 * Tells callers apart: by verified identity, else by address; or by the client program they use, where its users share
 * buckets. A profile with limits of its own has buckets of its own.
 */
export function callers(settings) {
    const { byClient, profiles } = settings;
    const addressOf = addressFinder(settings.trustedProxies);
    const personOf = (request, principal) => principal.kind === 'known'
        ? `user ${principal.issuer} ${principal.subject}`
        : `address ${addressOf(request.address, request.headers)}`;
    const programOf = (request, principal) => {
        if (!byClient)
            return undefined;
        const verified = principal.kind === 'known' ? principal.client : undefined;
        return verified ?? clientName(request.headers).name;
    };
    return (request, principal, profile) => {
        const usual = principal.kind === 'known' ? settings.principal : settings.anonymous;
        const own = profiles.get(profile);
        const limits = own === undefined ? usual : { ...usual, ...own };
        const program = programOf(request, principal);
        const who = program === undefined ? personOf(request, principal) : `client ${program}`;
        return { key: own === undefined ? who : `${who} profile ${profile}`, limits };
    };
}
//# sourceMappingURL=caller.js.map