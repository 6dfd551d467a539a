import { dirname, resolve } from 'node:path';
import { accepted, refused, type Checked, type Problem } from '../problem/problem.ts';
import { filesFrom } from '../yaml/yaml.ts';
import { introspectSubgraph } from './introspect.ts';
import { readTextFile, shownPath, type ReadText } from './read-text.ts';
import type { SchemaOrigin, SubgraphSource } from './subgraph-source.ts';
import { readSupergraphFile, type SubgraphEntry } from './supergraph-file.ts';
import { shownUrl } from './url.ts';

export interface SubgraphsReading {
  /** Path of `supergraph.yaml`. */
  readonly path: string;
  /** For `${env.NAME}`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends introspection of running subgraphs. */
  readonly signal: AbortSignal;
  /** Where the files come from; the disk unless another revision is read. */
  readonly readText?: ReadText;
  /** Newest federation version that is composed, such as `2.14`. */
  readonly newestVersion: string;
}

export interface SubgraphsRead {
  readonly sources: Checked<readonly SubgraphSource[]>;
  /** Absolute paths of all files that the outcome depends on, for watching; filled also after a failure. */
  readonly files: readonly string[];
}

/** Reads `supergraph.yaml` and every schema it names; all problems at once. */
export async function readSubgraphSources(reading: SubgraphsReading): Promise<SubgraphsRead> {
  const path = resolve(reading.path);
  const readText = reading.readText ?? readTextFile;
  const text = await readText(path);
  if (!text.ok) return { sources: text, files: [path] };
  const folder = dirname(path);
  const yaml = { file: shownPath(path), text: text.value };
  const expansion = { env: reading.env, readFile: filesFrom(folder) };
  const listed = readSupergraphFile(yaml, expansion, reading.newestVersion);
  if (!listed.ok) return { sources: listed, files: [path] };
  const subgraphs = listed.value.subgraphs;
  const files = subgraphs.flatMap(({ schema }) =>
    schema.kind === 'file' ? [resolve(folder, schema.path)] : [],
  );
  const read = await Promise.all(
    subgraphs.map((entry) => sourceOf(entry, { folder, yaml, readText }, reading.signal)),
  );
  const problems = read.flatMap((one) => (one.ok ? [] : one.problems));
  const sources = read.flatMap((one) => (one.ok ? [one.value] : []));
  return {
    sources: problems.length > 0 ? refused(...problems) : accepted(sources, listed.warnings),
    files: [path, ...new Set(files)],
  };
}

interface Around {
  readonly folder: string;
  readonly yaml: { readonly file: string; readonly text: string };
  readonly readText: ReadText;
}

async function sourceOf(
  entry: SubgraphEntry,
  around: Around,
  signal: AbortSignal,
): Promise<Checked<SubgraphSource>> {
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
  const text =
    schema.kind === 'file' ? await around.readText(path) : await introspectSubgraph(schema, signal);
  if (!text.ok) return refused(...text.problems.map((problem) => withPlace(problem, entry)));
  const shown = schema.kind === 'file' ? shownPath(path) : shownUrl(schema.url);
  return accepted({
    name,
    routingUrl,
    sdl: text.value,
    origin: { kind: schema.kind, shown, lineOffset: 0, columnOffset: 0 },
  });
}

/** A file or server that does not answer is also shown where `supergraph.yaml` names it. */
function withPlace(problem: Problem, entry: SubgraphEntry): Problem {
  return { ...problem, subgraph: entry.name, places: entry.problemAt('').places };
}

/** Where the first line of an inline schema stands in the YAML text. */
function inlineOrigin(entry: SubgraphEntry, sdl: string, yaml: Around['yaml']): SchemaOrigin {
  const start = entry.problemAt('').places[0]?.location.line ?? 1;
  const [first = ''] = sdl.split('\n');
  const lines = yaml.text.split('\n');
  const found = lines.findIndex((line, index) => index >= start - 1 && first !== '' && line.includes(first));
  const columnOffset = found < 0 ? 0 : (lines[found] ?? '').indexOf(first);
  return { kind: 'inline', shown: yaml.file, lineOffset: found < 0 ? start - 1 : found, columnOffset };
}
