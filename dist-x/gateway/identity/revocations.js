import { readFileSync, statSync } from 'node:fs';
import { followFile } from "../config/follow-file.js";
import { after, refused } from "./checked.js";
import { invalidToken, uncheckable } from "./refusal.js";
const maxBytes = 32 * 1024 * 1024;
const entry = /^(jti|client|sub) (\S{1,500})(?: before (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z))?$/;
/** Tokens that are refused before their end, by a file that is read now and again after each change. */
export function revocations(file, onFailure) {
    let list;
    const take = (reading) => {
        if (reading.kind === 'list')
            ({ list } = reading);
        else
            onFailure?.(new Error(`the list of revoked tokens ${file} is not taken: ${reading.problem}`));
    };
    const first = read(file);
    take(first);
    const followed = followFile(file, {
        first,
        read: () => read(file),
        textOf: (reading) => (reading.kind === 'list' ? reading.text : `unusable: ${reading.problem}`),
        onRead: (reading) => {
            take(reading);
            return Promise.resolve();
        },
    });
    return {
        guard: (check) => (token) => after(check(token), (checked) => {
            if (checked.kind === 'refused')
                return checked;
            if (list === undefined)
                return refused(uncheckable(new Error(`${file} could not be read yet`)));
            return isRevoked(checked.principal, list) ? refused(invalidToken('revoked')) : checked;
        }),
        ready: () => list !== undefined,
        close: () => followed.close(),
    };
}
function isRevoked({ subject, client, claims }, list) {
    const { jti: id, iat: issued } = claims;
    if (typeof id === 'string' && list.tokens.has(id))
        return true;
    if (client !== undefined && list.clients.has(client))
        return true;
    const before = list.subjects.get(subject);
    // A token that does not say when it was issued may be any of the subject's.
    return before !== undefined && !(typeof issued === 'number' && issued >= before);
}
function read(file) {
    try {
        if (statSync(file).size > maxBytes)
            return { kind: 'unusable', problem: 'it is larger than 32 MB' };
        return parsed(readFileSync(file, 'utf8'));
    }
    catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
        return { kind: 'unusable', problem: `it cannot be read (${code})` };
    }
}
function parsed(text) {
    const tokens = new Set();
    const clients = new Set();
    const subjects = new Map();
    for (const [index, line] of text.split('\n').entries()) {
        const trimmed = line.trim();
        if (trimmed === '' || trimmed.startsWith('#'))
            continue;
        const [, kind, name = '', before] = entry.exec(trimmed) ?? [];
        if (kind === undefined || (kind !== 'sub' && before !== undefined))
            return { kind: 'unusable', problem: `line ${String(index + 1)} is no entry` };
        if (kind === 'jti')
            tokens.add(name);
        else if (kind === 'client')
            clients.add(name);
        else
            subjects.set(name, before === undefined ? Infinity : Date.parse(before) / 1_000);
    }
    return { kind: 'list', list: { tokens, clients, subjects }, text };
}
//# sourceMappingURL=revocations.js.map