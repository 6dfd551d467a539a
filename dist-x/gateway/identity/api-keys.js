import { timingSafeEqual } from 'node:crypto';
import { followFile } from "../config/follow-file.js";
import { readApiKeyFile } from "./api-key-file.js";
import { hashOf, idIn } from "./api-key-text.js";
import { refused } from "./checked.js";
import { frozen } from "./principal-of.js";
import { invalidApiKey, uncheckable } from "./refusal.js";
/** Compared with where no key has the id, so that both take equally long. */
const nobody = Buffer.alloc(32);
/** The API keys of a file, which is read now and again after each change. */
export function apiKeys(settings, { now, onFailure }) {
    let entries;
    const take = (file) => {
        if (file.kind === 'keys')
            entries = new Map(file.keys.map((key) => [key.id, entryOf(key)]));
        else
            onFailure?.(new Error(`the API keys in ${settings.file} are not taken: ${problemOf(file)}`));
    };
    const first = readApiKeyFile(settings.file);
    take(first);
    const followed = followFile(settings.file, {
        first,
        read: () => readApiKeyFile(settings.file),
        textOf: (file) => JSON.stringify(file),
        onRead: (file) => {
            take(file);
            return Promise.resolve();
        },
    });
    return {
        check: (headers) => {
            const value = Object.hasOwn(headers, settings.header) ? headers[settings.header] : undefined;
            return value === undefined ? undefined : outcomeFor(value, settings.prefix, { entries, now: now() });
        },
        ready: () => entries !== undefined,
        close: () => followed.close(),
    };
}
function outcomeFor(value, prefix, { entries, now }) {
    if (typeof value !== 'string')
        return refused(invalidApiKey('malformed'));
    const text = withoutPrefix(value, prefix);
    const id = text === undefined ? undefined : idIn(text);
    if (text === undefined || id === undefined)
        return refused(invalidApiKey('malformed'));
    if (entries === undefined)
        return refused(uncheckable(new Error('no file of API keys could be read yet')));
    const entry = entries.get(id);
    const isRight = timingSafeEqual(hashOf(text), entry?.hash ?? nobody);
    if (entry === undefined || !isRight)
        return refused(invalidApiKey('unknown'));
    if (entry.revoked)
        return refused(invalidApiKey('revoked'));
    if (now >= entry.expires)
        return refused(invalidApiKey('expired'));
    return { kind: 'principal', principal: entry.principal };
}
function withoutPrefix(value, prefix) {
    if (prefix === '')
        return value;
    const [scheme = '', ...rest] = value.split(' ');
    return scheme.toLowerCase() === prefix.toLowerCase() ? rest.join(' ').trim() : undefined;
}
function entryOf({ id, sha256, client, scopes, roles, policies, expires, revoked }) {
    const until = expires === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(expires);
    const subject = `key:${id}`;
    const named = client === undefined ? {} : { client };
    const claims = { sub: subject, scope: scopes.join(' '), roles, policies, client_id: client };
    return {
        hash: Buffer.from(sha256, 'hex'),
        revoked: revoked !== undefined,
        expires: until,
        principal: {
            kind: 'known',
            subject,
            issuer: 'weir:api-keys',
            scopes: new Set(scopes),
            roles: new Set(roles),
            policies: new Set(policies),
            ...named,
            claims: frozen(JSON.parse(JSON.stringify(claims))),
            expiresAt: Math.floor(until / 1_000),
        },
    };
}
const problemOf = (file) => file.kind === 'absent' ? 'there is no such file' : file.problem;
//# sourceMappingURL=api-keys.js.map