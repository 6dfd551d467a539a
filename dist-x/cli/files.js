import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { existsSync } from 'node:fs';
/** Writes a whole file or nothing; the problem (WEIR-F014) when it cannot be written. */
export async function writeWhole(path, text) {
    const target = resolve(path);
    const temporary = `${target}.${process.pid}.tmp`;
    try {
        await writeFile(temporary, text);
        await rename(temporary, target);
        return undefined;
    }
    catch (failure) {
        await rm(temporary, { force: true }).catch(() => undefined);
        const because = existsSync(dirname(target)) ? reasonOf(failure) : `there is no folder ${dirname(target)}`;
        return { code: 'WEIR-F014', severity: 'error', message: `cannot write ${path}: ${because}`, places: [] };
    }
}
/** An error as a few words for a person. */
export function reasonOf(failure) {
    if (failure instanceof Error && 'code' in failure && typeof failure.code === 'string')
        return failure.code;
    return failure instanceof Error ? failure.message : 'unknown reason';
}
//# sourceMappingURL=files.js.map