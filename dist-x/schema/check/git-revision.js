import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { decoded, nearestName } from "../compose/compose.js";
import { accepted, refused } from "../problem/problem.js";
/**
 * Opens a revision of the repository that holds `near`. Problems: WEIR-G001 no such revision, WEIR-G002 not a
 * repository, WEIR-G003 git cannot be run.
 */
export async function openRevision(ref, near, signal) {
    const cwd = await realpath(dirname(near)).catch(() => dirname(near));
    const top = await git(cwd, ['rev-parse', '--show-toplevel'], signal);
    if (!top.ok)
        return refused(notThere(top.missing, cwd));
    const root = top.text.trim();
    const commit = await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], signal);
    if (!commit.ok || ref === '' || ref.length > 250)
        return refused(await unknownRevision(ref, root, signal));
    const hash = commit.text.trim();
    const readText = async (path) => {
        const folder = await realpath(dirname(path)).catch(() => dirname(path));
        const name = relative(root, join(folder, basename(path)))
            .split(sep)
            .join('/');
        const shown = `${name} at ${ref}`;
        const blob = await git(root, ['cat-file', 'blob', `${hash}:${name}`], signal);
        if (blob.ok)
            return decoded(Buffer.from(blob.text, 'latin1'), shown);
        return refused({ code: 'WEIR-F001', severity: 'error', message: `no such file: ${shown}`, places: [] });
    };
    return accepted({ label: `${ref} (${hash.slice(0, 7)})`, readText });
}
function git(cwd, args, signal) {
    return new Promise((resolve) => {
        const options = {
            cwd,
            signal,
            encoding: 'latin1',
            maxBuffer: 20 * 1024 * 1024,
            timeout: 30_000,
        };
        execFile('git', [...args], options, (failure, stdout) => {
            if (failure === null)
                resolve({ ok: true, text: stdout });
            else
                resolve({ ok: false, missing: failure.code === 'ENOENT' });
        });
    });
}
function notThere(gitIsMissing, folder) {
    return gitIsMissing
        ? {
            code: 'WEIR-G003',
            severity: 'error',
            message: 'git cannot be run',
            places: [],
            fix: 'install git, or compare with a FILE',
        }
        : {
            code: 'WEIR-G002',
            severity: 'error',
            message: `${folder} is not in a git repository`,
            places: [],
            fix: 'compare with a FILE instead',
        };
}
async function unknownRevision(ref, root, signal) {
    const refs = await git(root, ['for-each-ref', '--count=1000', '--format=%(refname:short)'], signal);
    const meant = refs.ok ? nearestName(ref, refs.text.split('\n').filter(Boolean)) : undefined;
    const fix = meant === undefined
        ? 'git fetch it first; a shallow clone holds few revisions'
        : `did you mean git:${meant} ?`;
    return {
        code: 'WEIR-G001',
        severity: 'error',
        message: `no such revision: ${ref.slice(0, 250)}`,
        places: [],
        fix,
    };
}
//# sourceMappingURL=git-revision.js.map