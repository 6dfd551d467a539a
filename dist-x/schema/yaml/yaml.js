import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { issueProblems } from "./issues.js";
import { problemsText } from "./problem.js";
import { yamlData } from "./source.js";
import { nearestName } from "./suggestion.js";
export { nearestName, problemsText };
/**
 * Reads a YAML file that a person wrote: expands `${env.NAME:-default}` and `${file.path}`, checks it against a
 * schema, and reports every problem at once with file, line, column, excerpt and a way out. Never throws.
 * An empty file is an empty mapping. Bounded: 1 MB of text, 50,000 values, 64 levels.
 */
export function readYaml(source, schema, reading) {
    const data = yamlData(source, reading);
    if (data.value === undefined && data.problems.length > 0)
        return refused(source.file, data.problems);
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
function placeOf({ line, column }) {
    return `${String(line)}:${String(column)}`;
}
/** Reads what `${file.path}` names, relative to a folder; a file of at most 64 KB, its last line break dropped. */
export function filesFrom(folder) {
    return (path) => {
        const file = resolve(folder, path);
        try {
            const found = statSync(file);
            if (!found.isFile())
                return { ok: false, reason: `${path} is not a file` };
            if (found.size > 64 * 1024)
                return { ok: false, reason: `${path} is larger than 64 KB` };
            return { ok: true, text: readFileSync(file, 'utf8').replace(/\r?\n$/, '') };
        }
        catch {
            return { ok: false, reason: `cannot read the file ${path} (looked for ${file})` };
        }
    };
}
function refused(file, problems) {
    const seen = new Set();
    const ordered = problems
        .filter((problem) => {
        const key = `${placeOf(problem)}:${problem.message}`;
        return seen.has(key) ? false : seen.add(key);
    })
        .toSorted((a, b) => a.line - b.line || a.column - b.column);
    return { ok: false, problems: ordered, text: problemsText(file, ordered) };
}
//# sourceMappingURL=yaml.js.map