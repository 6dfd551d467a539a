import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { watch } from 'chokidar';
import { digestOf, readDocuments, } from "../../schema/documents/documents.js";
import {} from "../../schema/problem/problem.js";
import { emptySet, trustedSet } from "./trusted-set.js";
/** Changes within this many milliseconds are one change: deployments write several files. */
const settleMs = 200;
/** The watcher overlooks what follows a change within a second. */
const secondLookMs = 1_500;
/** Files that cannot be watched are looked at this often. */
const pollMs = 30_000;
/** Nothing is read before `read` is called. */
export function trustedDocuments({ sources }) {
    let set;
    let last = '';
    let tell = () => undefined;
    const watchers = [];
    let timer;
    const read = async () => {
        const documents = await readDocuments(sources);
        last = fingerprint(documents);
        return documents.ok ? trustedSet(documents.value) : documents;
    };
    const look = async () => {
        const before = last;
        const found = await read();
        if (last !== before)
            tell(found);
    };
    const soon = (delay, isLast = false) => {
        clearTimeout(timer);
        timer = setTimeout(() => {
            void look(); // does not reject
            if (!isLast)
                soon(secondLookMs, true);
        }, delay).unref();
    };
    return {
        current: () => set ?? emptySet,
        isLoaded: () => set !== undefined,
        read,
        accept: (next) => {
            set = next;
        },
        follow: (told) => {
            tell = told;
            if (watchers.length > 0)
                return;
            watchers.push(...watching(sources, { changed: () => soon(settleMs), failed: () => soon(pollMs) }));
            // What changed between the reading and the watching is seen by nobody else.
            soon(secondLookMs, true);
        },
        close: async () => {
            tell = () => undefined;
            clearTimeout(timer);
            await Promise.all(watchers.map((watcher) => watcher.close()));
        },
    };
}
const deepest = 20;
function watching(sources, { changed, failed }) {
    const { folders, files } = placesOf(sources);
    const around = [...new Set(files.map((file) => dirname(file)))];
    return [[folders, deepest], [around, 0]].flatMap(([paths, depth]) => {
        if (paths.length === 0)
            return [];
        const onChange = (_event, path) => {
            if (depth > 0 || files.includes(path) || isMountOf(path))
                changed();
        };
        return watch(paths, { ignoreInitial: true, depth }).on('all', onChange).on('error', failed);
    });
}
function fingerprint(read) {
    if (!read.ok)
        return digestOf(JSON.stringify(read.problems));
    const parts = read.value.map(({ ids, text, client, versions }) => [ids, text, client, versions]);
    return digestOf(JSON.stringify(parts));
}
/** A file that is replaced as a whole is lost to who watches the file alone: its folder tells of the new one. */
function placesOf(sources) {
    const isFolder = ({ path }) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
    return {
        folders: sources.filter((source) => isFolder(source)).map(({ path }) => path),
        files: sources.filter((source) => !isFolder(source)).map(({ path }) => path),
    };
}
/** Mounted folders are replaced by a link whose name begins with two dots. */
const isMountOf = (path) => basename(path).startsWith('..');
//# sourceMappingURL=trusted-documents.js.map