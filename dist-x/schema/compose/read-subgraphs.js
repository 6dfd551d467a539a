import { dirname, resolve } from 'node:path';
import { accepted, refused } from "../problem/problem.js";
import { filesFrom } from "../yaml/yaml.js";
import { introspectSubgraph } from "./introspect.js";
import { readTextFile, shownPath } from "./read-text.js";
import { readSupergraphFile } from "./supergraph-file.js";
import { shownUrl } from "./url.js";
/** Reads `supergraph.yaml` and every schema it names; all problems at once. */
export async function readSubgraphSources(reading) {
    const path = resolve(reading.path);
    const readText = reading.readText ?? readTextFile;
    const text = await readText(path);
    if (!text.ok)
        return { sources: text, files: [path] };
    const folder = dirname(path);
    const yaml = { file: shownPath(path), text: text.value };
    const expansion = { env: reading.env, readFile: filesFrom(folder) };
    const listed = readSupergraphFile(yaml, expansion, reading.newestVersion);
    if (!listed.ok)
        return { sources: listed, files: [path] };
    const subgraphs = listed.value.subgraphs;
    const files = subgraphs.flatMap(({ schema }) => schema.kind === 'file' ? [resolve(folder, schema.path)] : []);
    const read = await Promise.all(subgraphs.map((entry) => sourceOf(entry, { folder, yaml, readText }, reading.signal)));
    const problems = read.flatMap((one) => (one.ok ? [] : one.problems));
    const sources = read.flatMap((one) => (one.ok ? [one.value] : []));
    return {
        sources: problems.length > 0 ? refused(...problems) : accepted(sources, listed.warnings),
        files: [path, ...new Set(files)],
    };
}
async function sourceOf(entry, around, signal) {
    const { name, schema } = entry;
    const routingUrl = entry.routingUrl ?? '';
    if (schema.kind === 'inline') {
        return accepted({
            name,
            routingUrl,
            sdl: schema.sdl,
            origin: inlineOrigin(entry, schema.sdl, around.yaml),
        });
    }
    const path = schema.kind === 'file' ? resolve(around.folder, schema.path) : '';
    const text = schema.kind === 'file' ? await around.readText(path) : await introspectSubgraph(schema, signal);
    if (!text.ok)
        return refused(...text.problems.map((problem) => withPlace(problem, entry)));
    const shown = schema.kind === 'file' ? shownPath(path) : shownUrl(schema.url);
    return accepted({
        name,
        routingUrl,
        sdl: text.value,
        origin: { kind: schema.kind, shown, lineOffset: 0, columnOffset: 0 },
    });
}
/** A file or server that does not answer is also shown where `supergraph.yaml` names it. */
function withPlace(problem, entry) {
    return { ...problem, subgraph: entry.name, places: entry.problemAt('').places };
}
/** Where the first line of an inline schema stands in the YAML text. */
function inlineOrigin(entry, sdl, yaml) {
    const start = entry.problemAt('').places[0]?.location.line ?? 1;
    const [first = ''] = sdl.split('\n');
    const lines = yaml.text.split('\n');
    const found = lines.findIndex((line, index) => index >= start - 1 && first !== '' && line.includes(first));
    const columnOffset = found < 0 ? 0 : (lines[found] ?? '').indexOf(first);
    return { kind: 'inline', shown: yaml.file, lineOffset: found < 0 ? start - 1 : found, columnOffset };
}
//# sourceMappingURL=read-subgraphs.js.map