import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readTextFile, shownPath } from "../compose/compose.js";
import { accepted, refused } from "../problem/problem.js";
import { brokenDocuments } from "./broken-documents.js";
import { manifestFormat, readManifest } from "./manifest.js";
import { shippedOperations } from "./shipped-operations.js";
export { bareId, digestOf } from "./manifest.js";
export { brokenDocuments, shippedOperations };
/** So much is held, whatever the files say. */
const documentBounds = { documents: 20_000, files: 10_000, bytes: 64 * 1024 * 1024 };
/**
 * Reads the documents of all sources. A folder's documents are asked for by the name of the operation or by the SHA-256
 * of their text, and share the folder's fragments. Problems, all at once: WEIR-F… for files that cannot be read,
 * WEIR-O001 … WEIR-O007 for what is in them. Never rejects.
 */
export async function readDocuments(sources) {
    const problems = [];
    const documents = [];
    const left = { files: documentBounds.files, bytes: documentBounds.bytes };
    for (const source of sources) {
        const read = await readSource(source, left);
        if (!read.ok)
            problems.push(...read.problems);
        else
            for (const document of read.value)
                documents.push(scoped(document, source));
    }
    if (documents.length > documentBounds.documents)
        problems.push(tooMany(`${documents.length} documents`));
    problems.push(...ambiguous(documents));
    return problems.length > 0 ? refused(...problems) : accepted(documents);
}
function scoped(document, { client, versions }) {
    const isOwn = document.client === undefined || document.client === client;
    if (client === undefined || !isOwn || document.versions !== undefined)
        return document;
    // Not a spread: that would look up the place of every document.
    const { ids, text, name } = document;
    return {
        ...{ ids, text, name, client, versions },
        get location() {
            return document.location;
        },
    };
}
async function readSource({ path, client }, left) {
    const isFolder = await stat(path).then((facts) => facts.isDirectory(), () => false);
    if (!isFolder) {
        const text = await readWithin(path, left);
        return text.ok ? readManifest(shownPath(path), text.value) : text;
    }
    const names = (await readdir(path, { recursive: true }).catch(() => []))
        .filter((name) => /\.(?:graphql|gql)$/.test(name))
        .sort();
    if (names.length > left.files)
        return refused(tooMany(`${names.length} files in ${shownPath(path)}`));
    const files = [];
    const problems = [];
    for (const name of names) {
        const text = await readWithin(join(path, name), left);
        if (text.ok)
            files.push({ file: shownPath(join(path, name)), text: text.value, client });
        else
            problems.push(...text.problems);
    }
    if (problems.length > 0)
        return refused(...problems);
    const shipped = shippedOperations(files);
    return shipped.ok ? accepted(shipped.value.map(alsoByName)) : shipped;
}
function alsoByName(document) {
    const { name, ids } = document;
    return name === undefined ? document : { ...document, ids: [name, ...ids] };
}
async function readWithin(path, left) {
    const text = await readTextFile(path);
    if (!text.ok)
        return text;
    left.files -= 1;
    left.bytes -= text.value.length;
    if (left.files >= 0 && left.bytes >= 0)
        return text;
    return refused(tooMany(`${shownPath(path)} and the files before it are too much`));
}
/** One id must not mean two things for one client. */
function ambiguous(documents) {
    const known = new Map();
    const problems = [];
    for (const document of documents) {
        for (const id of document.ids) {
            const scope = `${id}\n${document.client ?? ''}\n${document.versions?.join() ?? ''}`;
            const other = known.get(scope);
            known.set(scope, other ?? document);
            if (other === undefined || other.text === document.text || problems.length >= 50)
                continue;
            problems.push({
                code: 'WEIR-O005',
                severity: 'error',
                message: `the id ${id.slice(0, 80)} stands for two different documents`,
                places: [{ location: other.location }, { location: document.location }],
                fix: 'make the manifests anew, or give each its client',
            });
        }
    }
    return problems;
}
function tooMany(what) {
    const { documents, files, bytes } = documentBounds;
    return {
        code: 'WEIR-O007',
        severity: 'error',
        message: `${what}: at most ${documents} documents in ${files} files of ${bytes / 1024 / 1024} MB are held`,
        places: [],
        fix: 'leave out what no client in use asks for any more',
    };
}
/** A manifest in Apollo's format, with a line for each key, so that changes are seen in reviews. */
export function manifestText(documents) {
    const operations = documents.map(({ ids, text, name, client, versions }) => ({
        id: ids[0],
        ...(name === undefined ? {} : { name }),
        type: /^\s*(query|mutation|subscription)\b/.exec(text)?.[1] ?? 'query',
        ...(client === undefined ? {} : { clientName: client }),
        ...(versions === undefined ? {} : { clientVersions: versions }),
        body: text,
    }));
    return `${JSON.stringify({ format: manifestFormat, version: 1, operations }, null, 2)}\n`;
}
//# sourceMappingURL=documents.js.map