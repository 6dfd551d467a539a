import { dirname, resolve } from 'node:path';
import { withDeadline } from "../../gateway/model/deadline.js";
import { accepted } from "../../schema/problem/problem.js";
import { problemText } from "../../schema/problem/problem-text.js";
import { exitCodeOf, exitCodes } from "../exit-codes.js";
import { writeWhole } from "../files.js";
import { chosenFormat, formatOption, jsonDocument, tellProblems, } from "../report-format.js";
import { configOption } from "../verb.js";
/** `weir compose`: many subgraphs in, one supergraph out. */
export const composeVerb = (program, run) => {
    program
        .command('compose')
        .helpGroup('Schemas:')
        .description('compose the subgraphs of supergraph.yaml into one supergraph')
        .addOption(configOption('supergraph.yaml, or - for standard input'))
        .optionsGroup('Output:')
        .option('-o, --output <file>', 'write the supergraph here instead of to standard output')
        .addOption(formatOption())
        .option('-q, --quiet', 'say nothing when it went well')
        .addHelpText('after', help)
        .action((options, command) => run(command, (surroundings) => compose(options, surroundings)));
};
const help = `
Examples:
  weir compose > supergraph.graphql
  weir compose --config shop/supergraph.yaml --output supergraph.graphql
  weir compose --format json | jq .errors

Exit codes: 0 composed · 1 does not compose · 2 wrong usage or file · 3 a subgraph is not reachable`;
async function compose(options, surroundings) {
    const composed = await readAndCompose(options.config, surroundings);
    const { composition } = composed;
    const format = chosenFormat(options.format, surroundings);
    if (!composition.ok)
        return refuse(composed, format, surroundings);
    if (options.output !== undefined) {
        const problem = await writeWhole(options.output, composition.sdl);
        if (problem !== undefined) {
            tellProblems([problem], surroundings);
            return exitCodes.usage;
        }
    }
    if (format === 'json')
        surroundings.out(await composedJson(composed));
    else if (options.output === undefined)
        surroundings.out(composition.sdl);
    if (options.quiet !== true)
        tellSuccess(composed, surroundings);
    return exitCodes.done;
}
/** Reads `supergraph.yaml`, or the same from standard input, and composes it. */
export async function readAndCompose(config, surroundings) {
    const { composeFile, readTextFile } = await import("../../schema/compose/compose.js");
    const { env, stop } = surroundings;
    const compose = (options) => withDeadline(stop, introspectionMs, (signal) => composeFile({ ...options, env, signal }));
    if (config !== '-')
        return compose({ path: config });
    const path = resolve('standard input');
    const text = await surroundings.input();
    return compose({
        path,
        readText: (file) => file === path && dirname(file) === process.cwd() ? Promise.resolve(accepted(text)) : readTextFile(file),
    });
}
/** Running subgraphs get this long to give their schemas. */
const introspectionMs = 20_000;
async function composedJson({ composition, warnings }) {
    const { jsonError } = await import("../../schema/check/check.js");
    if (!composition.ok)
        return '';
    const { sdl, hash, hints, typeCount } = composition;
    const subgraphs = composition.subgraphs.map(({ name, routingUrl, origin }) => ({
        name,
        routingUrl,
        schema: origin.shown,
    }));
    const data = { hash, typeCount, subgraphs, hints: [...warnings, ...hints].map(jsonError), sdl };
    return jsonDocument({ command: 'compose', exitCode: exitCodes.done, data, errors: [] });
}
function tellSuccess({ composition, warnings }, { err, paint }) {
    if (!composition.ok)
        return;
    for (const warning of warnings)
        err(`${problemText(warning, paint)}\n`);
    for (const { origin, message } of composition.hints)
        err(`${paint.dim(`hint ${origin ?? ''}: ${message}`)}\n`);
    const { subgraphs, typeCount, hints, hash } = composition;
    const parts = [
        `composed ${many(subgraphs.length, 'subgraph')}`,
        many(typeCount, 'type'),
        '0 errors',
        many(hints.length, 'hint'),
        `sha256 ${hash.slice(0, 4)}…`,
    ];
    err(`${paint.green(parts.join(' · '))}\n`);
}
async function refuse(composed, format, surroundings) {
    const { composition, sources } = composed;
    const problems = composition.ok ? [] : composition.problems;
    const exitCode = exitCodeOf(problems);
    if (format !== 'text') {
        surroundings.out(await failureReport(composed, format, { exitCode, version: surroundings.version }));
        return exitCode;
    }
    tellProblems(problems, surroundings);
    if (sources.length > 0)
        surroundings.err(`${surroundings.paint.red(summaryOf(problems, sources.length))}\n`);
    return exitCode;
}
function summaryOf(problems, subgraphs) {
    const named = problems.flatMap(({ subgraph, places }) => [
        subgraph,
        ...places.map((place) => place.subgraph),
    ]);
    const blamed = new Set(named.filter((name) => name !== undefined)).size;
    const where = blamed === 0 ? '' : ` in ${blamed} of ${many(subgraphs, 'subgraph')}`;
    return `${many(problems.length, 'error')}${where} · nothing written`;
}
async function failureReport({ composition, sources, warnings }, format, { exitCode, version }) {
    const check = await import("../../schema/check/check.js");
    const problems = composition.ok ? [] : composition.problems;
    if (format === 'json') {
        return jsonDocument({ command: 'compose', exitCode, data: null, errors: problems.map(check.jsonError) });
    }
    const summary = many(problems.length, 'error');
    const report = {
        comparedWith: undefined,
        subgraphCount: sources.length,
        operationCount: 0,
        clientCount: 0,
        sections: [{ name: 'Composition', result: 'FAIL', summary }],
        changes: [],
        operations: [],
        problems,
        warnings,
        passed: false,
        verdict: `FAILED: the subgraphs do not compose (${summary}).`,
    };
    if (format === 'markdown')
        return check.checkMarkdown(report);
    if (format === 'github')
        return check.checkAnnotations(report, 'breaking');
    return check.checkSarif(report, 'breaking', version);
}
function many(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
//# sourceMappingURL=compose.js.map