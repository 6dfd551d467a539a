import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
const words = z
    .array(z.string().regex(/^[\x21-\x7e]{1,200}$/, 'expected a word without spaces'))
    .max(200)
    .default([]);
const instant = z.iso.datetime();
const apiKey = z.strictObject({
    id: z.string().regex(/^[0-9a-f]{16}$/, 'expected 16 hexadecimal digits'),
    /** Of the whole key, in hex. It cannot be guessed from: a key has 256 random bits. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits'),
    name: z.string().min(1).max(200),
    client: z.string().min(1).max(200).optional(),
    scopes: words,
    roles: words,
    policies: words,
    created: instant,
    expires: instant.optional(),
    revoked: instant.optional(),
});
const apiKeyFile = z
    .strictObject({ keys: z.array(apiKey).max(10_000) })
    .refine(({ keys }) => new Set(keys.map(({ id }) => id)).size === keys.length, 'two keys have one id');
const maxBytes = 8 * 1024 * 1024;
/** Reads a file of API keys; never throws. */
export function readApiKeyFile(path) {
    let text;
    try {
        if (statSync(path).size > maxBytes)
            return { kind: 'unusable', problem: 'it is larger than 8 MB' };
        text = readFileSync(path, 'utf8');
    }
    catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        return code === 'ENOENT'
            ? { kind: 'absent' }
            : { kind: 'unusable', problem: `it cannot be read (${String(code)})` };
    }
    return parsedApiKeys(text);
}
function parsedApiKeys(text) {
    let json;
    try {
        json = JSON.parse(text);
    }
    catch {
        return { kind: 'unusable', problem: 'it is not JSON' };
    }
    const parsed = apiKeyFile.safeParse(json);
    if (parsed.success)
        return { kind: 'keys', keys: parsed.data.keys };
    const [issue] = parsed.error.issues;
    const place = issue?.path.join('.') ?? '';
    return {
        kind: 'unusable',
        problem: `${place === '' ? '' : `${place}: `}${issue?.message ?? 'it is wrong'}`,
    };
}
/** What is wrong with a file's text; `undefined` when nothing is. */
export function apiKeyProblem(text) {
    const parsed = parsedApiKeys(text);
    return parsed.kind === 'unusable' ? parsed.problem : undefined;
}
/** The file's text for these keys. */
export const apiKeyFileText = (keys) => `${JSON.stringify({ keys }, null, 2)}\n`;
//# sourceMappingURL=api-key-file.js.map