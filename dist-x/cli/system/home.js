import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
/** Where the sample system keeps its databases and notes that it runs: `WEIR_HOME`, or `.weir` in the checkout. */
export function homeOf(root, env) {
    const given = env['WEIR_HOME'];
    return given === undefined || given === '' ? join(root, '.weir') : resolve(root, given);
}
/** The sample system's own secret, made on first use and readable by its owner only. Rejects when it cannot be kept. */
export async function sampleSecret(home) {
    const file = join(home, 'secret');
    await mkdir(home, { recursive: true });
    // Of two that start at once one makes it, and both read it.
    await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' }).catch(() => undefined);
    const secret = (await readFile(file, 'utf8')).trim();
    if (secret.length < 43)
        throw new Error(`${file} holds no secret; remove it and start again`);
    return secret;
}
//# sourceMappingURL=home.js.map