import { clientName } from "../model/client-name.js";
import { defaultProfile } from "../model/client-profile.js";
import { versionRange } from "../model/version-range.js";
/**
 * Tells which profile holds, by the program that a credential names, else by the headers that clients send; of several,
 * one that names the version goes before one that names none.
 */
export function clientProfiles(rules) {
    const byClient = new Map();
    const special = rules.filter(({ versions }) => versions !== undefined);
    for (const rule of [...special, ...rules.filter(({ versions }) => versions === undefined)]) {
        const candidates = byClient.get(rule.client) ?? [];
        byClient.set(rule.client, candidates);
        candidates.push({ name: rule.name, covers: coverage(rule) });
    }
    const find = (client, version) => {
        const candidates = client === undefined ? undefined : byClient.get(client);
        return candidates?.find(({ covers }) => covers(version))?.name ?? defaultProfile;
    };
    return {
        of: ({ headers }, principal) => {
            if (byClient.size === 0)
                return defaultProfile;
            const { name, version } = clientName(headers);
            const verified = principal.kind === 'known' ? principal.client : undefined;
            return find(verified ?? name, version);
        },
        ofClient: (client) => find(client, undefined),
    };
}
function coverage({ versions }) {
    if (versions === undefined)
        return () => true;
    const ranges = versions.flatMap((text) => versionRange(text) ?? []);
    return (version) => version !== undefined && ranges.some((covers) => covers(version));
}
//# sourceMappingURL=client-profiles.js.map