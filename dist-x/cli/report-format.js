import { Option } from 'commander';
import { problemText } from "../schema/problem/problem-text.js";
const reportFormats = ['text', 'json', 'markdown', 'github', 'sarif'];
/** `--format`; inside a GitHub job it is `github` unless one is given. */
export function formatOption(formats = reportFormats) {
    const option = new Option('--format <format>', 'form of the report')
        .choices([...formats])
        .helpGroup('Output:');
    return option;
}
/** The format to use: as given, else what suits the surroundings. */
export function chosenFormat(given, { settings }) {
    return given ?? (settings.github === undefined ? 'text' : 'github');
}
/** The one JSON document of a command, also when it failed, so that there is always something to parse. */
export function jsonDocument({ command, exitCode, data, errors }) {
    const document = { schema_version: 1, command, success: exitCode === 0, exit_code: exitCode, data, errors };
    return `${JSON.stringify(document, null, 2)}\n`;
}
/** Writes problems to `err`, one block each. */
export function tellProblems(problems, { err, paint }) {
    const most = 100;
    for (const problem of problems.slice(0, most))
        err(`${problemText(problem, paint)}\n\n`);
    if (problems.length > most)
        err(`… and ${problems.length - most} more (--format json lists all)\n`);
}
//# sourceMappingURL=report-format.js.map