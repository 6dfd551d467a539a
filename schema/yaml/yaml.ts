import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import type { ExpansionSources, FileText } from './expansion.ts';
import { issueProblems } from './issues.ts';
import { problemsText, type YamlProblem } from './problem.ts';
import { yamlData, type YamlData, type YamlSource } from './source.ts';
import { nearestName } from './suggestion.ts';

export { nearestName, problemsText };
export type { ExpansionSources, YamlData, YamlProblem, YamlSource };

export type YamlResult<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** A further problem at a path of this file, for checks that need more than the file. */
      readonly problemAt: YamlData['problemAt'];
    }
  | {
      readonly ok: false;
      readonly problems: readonly YamlProblem[];
      /** All of them with place and excerpt, ready for a terminal; holds no expanded value. */
      readonly text: string;
    };

export interface YamlReading extends ExpansionSources {
  /** A sentence for an unknown key (dotted path, list indices as `[]`) that deserves more than "unknown key". */
  readonly explainKey?: (path: string) => string | undefined;
}

/**
 * Reads a YAML file that a person wrote: expands `${env.NAME:-default}` and `${file.path}`, checks it against a
 * schema, and reports every problem at once with file, line, column, excerpt and a way out. Never throws.
 * An empty file is an empty mapping. Bounded: 1 MB of text, 50,000 values, 64 levels.
 */
export function readYaml<S extends z.ZodType>(
  source: YamlSource,
  schema: S,
  reading: YamlReading,
): YamlResult<z.output<S>> {
  const data = yamlData(source, reading);
  if (data.value === undefined && data.problems.length > 0) return refused(source.file, data.problems);
  const checked = schema.safeParse(data.value ?? {});
  if (checked.success && data.problems.length === 0) {
    return { ok: true, value: checked.data, problemAt: data.problemAt };
  }
  const explainKey = reading.explainKey ?? (() => undefined);
  const issues = checked.success ? [] : issueProblems(checked.error.issues, { schema, data, explainKey });
  // What could not be expanded is wrong for one reason, not for two.
  const places = new Set(data.problems.map(placeOf));
  return refused(source.file, [...data.problems, ...issues.filter((issue) => !places.has(placeOf(issue)))]);
}

function placeOf({ line, column }: YamlProblem): string {
  return `${String(line)}:${String(column)}`;
}

/** Reads what `${file.path}` names, relative to a folder; a file of at most 64 KB, its last line break dropped. */
export function filesFrom(folder: string): (path: string) => FileText {
  return (path) => {
    const file = resolve(folder, path);
    try {
      const found = statSync(file);
      if (!found.isFile()) return { ok: false, reason: `${path} is not a file` };
      if (found.size > 64 * 1024) return { ok: false, reason: `${path} is larger than 64 KB` };
      return { ok: true, text: readFileSync(file, 'utf8').replace(/\r?\n$/, '') };
    } catch {
      return { ok: false, reason: `cannot read the file ${path} (looked for ${file})` };
    }
  };
}

function refused(file: string, problems: readonly YamlProblem[]): Extract<YamlResult<never>, { ok: false }> {
  const seen = new Set<string>();
  const ordered = problems
    .filter((problem) => {
      const key = `${placeOf(problem)}:${problem.message}`;
      return seen.has(key) ? false : seen.add(key);
    })
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, problems: ordered, text: problemsText(file, ordered) };
}
