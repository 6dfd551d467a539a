import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { accepted, refused } from "../problem/problem.js";
import { nearestName } from "../yaml/yaml.js";
/** Largest schema or configuration file that is read, in bytes. */
export const maxFileBytes = 10 * 1024 * 1024;
/** The path as people know it: relative to where they stand when it lies below, absolute otherwise. */
export function shownPath(path, base = process.cwd()) {
    const shown = relative(base, resolve(base, path));
    if (shown === '')
        return '.';
    return shown.startsWith('..') ? resolve(base, path) : shown.split(sep).join('/');
}
/**
 * Reads a UTF-8 text file of at most `maxFileBytes`.
 * Problems: WEIR-F001 missing, WEIR-F002 not a file, WEIR-F003 not readable, WEIR-F004 too large,
 * WEIR-F005 not UTF-8, WEIR-F006 empty.
 */
export async function readTextFile(path) {
    let bytes;
    try {
        bytes = await readBounded(path);
    }
    catch (failure) {
        return refused(await unreadable(path, failure));
    }
    const shown = shownPath(path);
    if (bytes === 'not a file')
        return refused(problem('WEIR-F002', `${shown} is not a file`));
    if (bytes === 'too large') {
        return refused(problem('WEIR-F004', `${shown} is larger than ${maxFileBytes / 1024 / 1024} MB`));
    }
    return decoded(bytes, shown);
}
/** Bytes as UTF-8 text, or the problem with them; `shown` is the name that the message uses. */
export function decoded(bytes, shown) {
    let text;
    try {
        text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch {
        return refused(problem('WEIR-F005', `${shown} is not UTF-8 text`, 'save the file as UTF-8'));
    }
    if (text.includes('\0'))
        return refused(problem('WEIR-F005', `${shown} is not text: it holds null bytes`));
    if (text.trim() === '')
        return refused(problem('WEIR-F006', `${shown} is empty`));
    return accepted(text);
}
async function readBounded(path) {
    // Without O_NONBLOCK opening a named pipe would wait for a writer for ever.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
        const facts = await file.stat();
        if (!facts.isFile())
            return 'not a file';
        if (facts.size > maxFileBytes)
            return 'too large';
        const bytes = await file.readFile();
        return bytes.byteLength > maxFileBytes ? 'too large' : bytes;
    }
    finally {
        await file.close();
    }
}
async function unreadable(path, failure) {
    const code = failure instanceof Error && 'code' in failure ? failure.code : undefined;
    const shown = shownPath(path);
    if (code === 'EISDIR')
        return problem('WEIR-F002', `${shown} is not a file`);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') {
        return problem('WEIR-F003', `cannot read ${shown} (${typeof code === 'string' ? code : 'unknown error'})`);
    }
    const meant = nearestName(basename(path), await namesIn(dirname(path)));
    return problem('WEIR-F001', `no such file: ${shown}`, meant === undefined ? undefined : `did you mean ./${shownPath(join(dirname(path), meant))} ?`);
}
async function namesIn(folder) {
    try {
        return (await readdir(folder)).slice(0, 10_000);
    }
    catch {
        return [];
    }
}
function problem(code, message, fix) {
    return { code, severity: 'error', message, places: [], ...(fix === undefined ? {} : { fix }) };
}
//# sourceMappingURL=read-text.js.map