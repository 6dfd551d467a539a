import { z } from 'zod';
import { accepted, refused } from "../problem/problem.js";
import { readYaml } from "../yaml/yaml.js";
import { parsedUrl } from "./url.js";
const httpUrl = z
    .string()
    .max(2048)
    .refine((text) => /^https?:$/.test(parsedUrl(text)?.protocol ?? ''), {
    error: 'expected an http or https URL',
});
const subgraphSchema = z.strictObject({
    file: z.string().min(1).optional(),
    sdl: z.string().min(1).optional(),
    subgraph_url: httpUrl.optional(),
    introspection_headers: z.record(z.string(), z.string()).optional(),
});
const supergraphFile = z.strictObject({
    federation_version: z.union([z.string(), z.number()]).optional(),
    subgraphs: z.record(z.string().regex(/^[A-Za-z][\w-]{0,127}$/, { error: 'a subgraph name is letters, digits, _ and -' }), z.strictObject({ routing_url: httpUrl.optional(), schema: subgraphSchema })),
});
/**
 * Reads the text of `supergraph.yaml` (rover's format). Every problem at once, with place: WEIR-F010 for what the
 * file says, WEIR-F011 for what it says nothing about (no schema, two schemas, no subgraph).
 */
export function readSupergraphFile(source, reading, newestVersion) {
    const read = readYaml(source, supergraphFile, { ...reading, explainKey });
    if (!read.ok)
        return refused(...read.problems.map((problem) => yamlProblem('WEIR-F010', problem)));
    const entries = Object.entries(read.value.subgraphs).map(([name, entry]) => subgraphEntry(name, entry, read));
    const problems = entries.flatMap((entry) => (entry.ok ? [] : entry.problems));
    if (entries.length === 0) {
        const message = 'no subgraph is listed; name at least one under "subgraphs"';
        problems.push(yamlProblem('WEIR-F011', read.problemAt(['subgraphs'], message)));
    }
    const version = versionProblem(read, newestVersion);
    if (version?.severity === 'error')
        problems.push(version);
    if (problems.length > 0)
        return refused(...problems);
    const subgraphs = entries.flatMap((entry) => (entry.ok ? [entry.value] : []));
    return accepted({ subgraphs }, version === undefined ? [] : [version]);
}
function explainKey(path) {
    if (/^subgraphs\..+\.schema\.graphref$/.test(path)) {
        return "graphref names a graph in a vendor's cloud registry, which is not asked; use file: or subgraph_url: here";
    }
    return /^subgraphs\.[^.]+\.(?:file|sdl|subgraph_url)$/.test(path)
        ? 'this key stands under "schema"'
        : undefined;
}
function subgraphEntry(name, entry, read) {
    const at = ['subgraphs', name, 'schema'];
    const problemAt = (message) => ({
        ...yamlProblem('WEIR-F011', read.problemAt(at, message, 'key')),
        subgraph: name,
    });
    const { file, sdl, subgraph_url: url, introspection_headers: headers } = entry.schema;
    const given = [file, sdl, url].filter((value) => value !== undefined).length;
    if (given !== 1) {
        const what = given === 0 ? 'no schema given' : 'more than one schema given';
        return refused(problemAt(`${what}; write exactly one of file, sdl, subgraph_url`));
    }
    if (headers !== undefined && url === undefined) {
        return refused(problemAt('introspection_headers belong to subgraph_url'));
    }
    const schema = referenceOf(file, sdl, { url: url ?? '', headers: headers ?? {} });
    return accepted({ name, routingUrl: entry.routing_url ?? url, schema, problemAt });
}
function referenceOf(path, sdl, remote) {
    if (path !== undefined)
        return { kind: 'file', path };
    if (sdl !== undefined)
        return { kind: 'inline', sdl };
    return { kind: 'url', ...remote };
}
function versionProblem(read, newest) {
    const written = read.value.federation_version;
    if (written === undefined)
        return undefined;
    const at = (message) => yamlProblem('WEIR-F010', read.problemAt(['federation_version'], message));
    const parts = /^=?v?(\d{1,4})(?:\.(\d{1,4}))?(?:\.\d{1,4})?$/.exec(String(written));
    if (parts === null)
        return at('expected 2 or "=2.MINOR.PATCH"');
    if (parts[1] !== '2')
        return at('only federation 2 is composed; write 2');
    const newestMinor = Number(newest.split('.')[1]);
    if (Number(parts[2] ?? 0) <= newestMinor)
        return undefined;
    return {
        ...at(`newer than this composer knows (${newest}); composed with ${newest}`),
        severity: 'warning',
    };
}
function yamlProblem(code, { file, line, column, path, message, excerpt }) {
    return {
        code,
        severity: 'error',
        message: path === '' ? message : `${path}: ${message}`,
        places: [{ location: { file, line, column }, ...(excerpt === '' ? {} : { excerpt }) }],
    };
}
//# sourceMappingURL=supergraph-file.js.map