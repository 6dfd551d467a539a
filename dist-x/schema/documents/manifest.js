import { createHash } from 'node:crypto';
import { parseDocument } from 'yaml';
import { accepted, refused } from "../problem/problem.js";
import { fileLocation, jsonPlace } from "./json-places.js";
/** Apollo's name of its manifest format, which is ours too. */
export const manifestFormat = 'apollo-persisted-query-manifest';
const longestId = 256;
const mostProblems = 50;
/** `sha256:<64 hex digits>` and the digits alone are one id. */
export function bareId(id) {
    return /^sha256:[0-9a-f]{64}$/.test(id) ? id.slice('sha256:'.length) : id;
}
/** The SHA-256 of a text as hex digits: the usual id of a document. */
export function digestOf(text) {
    return createHash('sha256').update(text).digest('hex');
}
/**
 * Reads a manifest: Apollo's (`format`, `version`, `operations`) or Relay's (an object from id to text). Problems:
 * WEIR-O003, each with its line.
 */
export function readManifest(file, text) {
    let json;
    try {
        json = JSON.parse(text);
    }
    catch (failure) {
        return refused(notJson(file, text, failure));
    }
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
        return refused(problem(`${file} is no manifest`, { file, line: 1, column: 1 }));
    }
    const reading = { file, text, problems: [] };
    const found = 'format' in json || 'operations' in json ? apollo(json, reading) : relay(json, reading);
    return reading.problems.length > 0 ? refused(...reading.problems) : accepted(found);
}
function apollo(json, reading) {
    const { format, version, operations } = json;
    if (format !== manifestFormat)
        tell(reading, ['format'], `"format" must be "${manifestFormat}"`);
    if (version !== 1)
        tell(reading, ['version'], '"version" must be 1');
    if (!Array.isArray(operations)) {
        tell(reading, ['operations'], '"operations" must be a list');
        return [];
    }
    return operations.flatMap((entry, index) => {
        const document = apolloEntry(entry, ['operations', index], reading);
        return document === undefined ? [] : [document];
    });
}
function apolloEntry(entry, path, reading) {
    const given = (typeof entry === 'object' && entry !== null ? entry : {});
    const { id, body, name, clientName, clientVersions } = given;
    if (typeof id !== 'string' || typeof body !== 'string') {
        tell(reading, path, 'an operation needs "id" and "body", both texts');
        return undefined;
    }
    const client = textOrNothing(clientName);
    const versions = clientVersions ?? undefined;
    if (client === null || !isVersions(versions)) {
        tell(reading, path, '"clientName" must be a text and "clientVersions" a list of texts');
        return undefined;
    }
    if (versions !== undefined && client === undefined) {
        tell(reading, path, '"clientVersions" needs "clientName"');
        return undefined;
    }
    if (!isId(id, body, path, reading))
        return undefined;
    const shown = typeof name === 'string' ? name : undefined;
    return documentAt(reading, path, { ids: [bareId(id)], text: body, name: shown, client, versions });
}
function relay(json, reading) {
    return Object.entries(json).flatMap(([id, body]) => {
        if (typeof body !== 'string') {
            tell(reading, [id], `the document of "${id.slice(0, 80)}" must be a text`);
            return [];
        }
        if (!isId(id, body, [id], reading))
            return [];
        const found = { ids: [bareId(id)], text: body, name: undefined, client: undefined, versions: undefined };
        return [documentAt(reading, [id], found)];
    });
}
/** Lines are looked up for what is told only: a getter keeps reading a large manifest cheap. */
function documentAt({ file, text }, path, found) {
    return {
        ...found,
        get location() {
            return jsonPlace(file, text, path);
        },
    };
}
/** Hive's ids, `client~version~hash`, are made of parts that we hold apart. */
function isId(id, body, path, reading) {
    const shown = id.slice(0, 80);
    if (id === '' || id.length > longestId || /[\s~\u0000-\u001f\u007f]/.test(id)) {
        tell(reading, path, `"${shown}" is no id: 1 to ${longestId} characters, without spaces and "~"`);
        return false;
    }
    if (id.startsWith('sha256:') && id !== `sha256:${digestOf(body)}`) {
        tell(reading, path, `the id ${shown} is not the SHA-256 of its document`);
        return false;
    }
    return true;
}
function textOrNothing(value) {
    if (value === undefined || value === null)
        return undefined;
    return typeof value === 'string' && value !== '' ? value : null;
}
function isVersions(value) {
    return (value === undefined ||
        (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')));
}
function tell(reading, path, message) {
    if (reading.problems.length >= mostProblems)
        return;
    reading.problems.push(problem(message, jsonPlace(reading.file, reading.text, path)));
}
function notJson(file, text, failure) {
    const position = /at position (\d+)/.exec(failure instanceof Error ? failure.message : '')?.[1];
    const location = position === undefined ? yamlPlace(file, text) : fileLocation(file, text, Number(position));
    return problem('the manifest is not JSON', location);
}
/** Node does not say where an unexpected sign stands; JSON is YAML, whose parser does. */
function yamlPlace(file, text) {
    const [error] = text.length > longestLookedAt ? [] : parseDocument(text).errors;
    const { line = 1, col: column = 1 } = error?.linePos?.[0] ?? {};
    return { file, line, column };
}
const longestLookedAt = 1024 * 1024;
function problem(message, location) {
    return {
        code: 'WEIR-O003',
        severity: 'error',
        message,
        places: [{ location }],
        fix: `weir documents extract  writes such a manifest; Apollo's and Relay's are read too`,
    };
}
//# sourceMappingURL=manifest.js.map