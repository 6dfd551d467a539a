import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { apiKeyFileText, apiKeyProblem, readApiKeyFile, } from "../../gateway/identity/identity.js";
import { reasonOf } from "../files.js";
/**
 * Changes a file of API keys as a whole or not at all; a file that is not there counts as one without keys. Only its owner
 * can read what is written. Two changes at the same time cannot lose one of them.
 */
export async function changeKeys(path, change) {
    const target = resolve(path);
    const next = `${target}.next`;
    const lock = await open(next, 'wx', 0o600).catch((failure) => reasonOf(failure));
    if (typeof lock === 'string')
        return refusal(path, next, lock);
    // From then on a file of that name is another's.
    let isRenamed = false;
    try {
        const file = readApiKeyFile(target);
        if (file.kind === 'unusable')
            return { ok: false, code: 'WEIR-F015', message: `${path}: ${file.problem}` };
        const keys = change(file.kind === 'absent' ? [] : file.keys);
        if (!isKeys(keys))
            return { ok: false, ...keys };
        const text = apiKeyFileText(keys);
        const problem = apiKeyProblem(text);
        if (problem !== undefined)
            return { ok: false, code: 'WEIR-F017', message: problem };
        await lock.writeFile(text);
        await lock.sync();
        await rename(next, target);
        isRenamed = true;
        return { ok: true };
    }
    catch (failure) {
        return refusal(path, next, reasonOf(failure));
    }
    finally {
        await lock.close();
        if (!isRenamed)
            await rm(next, { force: true });
    }
}
const isKeys = (changed) => Array.isArray(changed);
function refusal(path, next, reason) {
    if (reason !== 'EEXIST')
        return { ok: false, code: 'WEIR-F014', message: `cannot write ${path}: ${reason}` };
    const message = `${path} is being changed by another weir keys; if none runs, remove ${next}`;
    return { ok: false, code: 'WEIR-F016', message };
}
//# sourceMappingURL=key-file.js.map