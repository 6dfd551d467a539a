import { z } from 'zod';
import { readYaml } from "../../schema/yaml/yaml.js";
import { anonymous } from "../model/principal.js";
const words = z.array(z.string().min(1).max(500)).max(500).readonly().default([]);
const callers = z.record(z.string().min(1).max(100), z.strictObject({ scopes: words, roles: words, policies: words }));
/** Reads `callers.yaml`: named callers with the scopes, roles and policies that a token of theirs holds. */
export function readCallers(file, text) {
    const noFiles = { env: {}, readFile: () => ({ ok: false, reason: 'is not read here' }) };
    const read = readYaml({ file, text }, callers, noFiles);
    if (!read.ok)
        return read;
    const named = Object.entries(read.value).map(([name, { scopes, roles, policies }]) => [name, knownCaller(name, { scopes, roles, policies })]);
    return { ok: true, callers: new Map([['anonymous', anonymous], ...named]) };
}
function knownCaller(subject, { scopes, roles, policies }) {
    return {
        kind: 'known',
        subject,
        issuer: '',
        scopes: new Set(scopes),
        roles: new Set(roles),
        policies: new Set(policies),
        claims: {},
        expiresAt: Number.POSITIVE_INFINITY,
    };
}
//# sourceMappingURL=callers.js.map