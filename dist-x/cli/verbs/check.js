import { appendFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option } from 'commander';
import { withDeadline } from "../../gateway/model/deadline.js";
import { accepted, refused } from "../../schema/problem/problem.js";
import { exitCodeOf, exitCodes } from "../exit-codes.js";
import { filesLike } from "../file-pattern.js";
import { writeWhole } from "../files.js";
import { chosenFormat, formatOption, jsonDocument, tellProblems, } from "../report-format.js";
import { configOption } from "../verb.js";
import { readAndCompose } from "./compose.js";
const defaultOperations = '*/operations/*.graphql';
const defaultApprovals = 'weir-approvals.json';
const mostOperationFiles = 5_000;
/** `weir check`: what would this change of the schema break, and for whom? */
export const checkVerb = (program, run) => {
    program
        .command('check')
        .helpGroup('Schemas:')
        .description('compare the subgraphs with a revision or file: what breaks, for whom')
        .addOption(configOption())
        .optionsGroup('Input:')
        .option('--against <what>', 'git:REF, a supergraph.yaml, or a schema file')
        .option('--operations <glob...>', `client operations, a folder a client (default: ${defaultOperations})`)
        .option('--approvals <file>', `changes that may pass (default: ${defaultApprovals} where there is one)`)
        .optionsGroup('Behaviour:')
        .addOption(new Option('--fail-on <level>', 'the least change that fails')
        .choices(['breaking', 'dangerous', 'none'])
        .default('breaking'))
        .option('--approve', 'print an approvals file for what fails; the report goes to standard error')
        .optionsGroup('Output:')
        .addOption(formatOption())
        .option('--comment-file <file>', 'also write the report as a comment for a pull request')
        .option('-v, --verbose', 'list safe changes too')
        .addHelpText('after', help)
        .action((options, command) => run(command, (surroundings) => check(options, surroundings)));
};
const help = `
Examples:
  weir check --against git:main
  weir check --against git:origin/main --operations 'clients/**/*.graphql' --format markdown
  weir check --against git:main --approve > ${defaultApprovals}

Exit codes: 0 passed · 1 failed · 2 wrong usage, file or revision · 3 git or a subgraph not reachable`;
async function check(options, surroundings) {
    const door = await import("../../schema/check/check.js");
    const inputs = await readInputs(options, surroundings);
    if (!inputs.ok)
        return refuse(inputs.problems, options, surroundings);
    const current = await readAndCompose(options.config, surroundings);
    const read = current.composition.ok ? undefined : exitCodeOf(current.composition.problems);
    const report = await door.checkSchemas({
        ...inputs.value,
        current,
        failOn: options.failOn,
        now: surroundings.now(),
    });
    const exitCode = report.passed ? exitCodes.done : (read ?? exitCodes.failed);
    if (options.approve === true) {
        surroundings.out(door.approvalsText(report, surroundings.settings.user, surroundings.now()));
        surroundings.err(door.checkText(report, { paint: surroundings.paint }));
        return current.composition.ok ? exitCodes.done : exitCode;
    }
    surroundings.out(await rendered(report, options, { ...surroundings, exitCode }));
    const problem = await leftForOthers(report, options, surroundings);
    if (problem === undefined)
        return exitCode;
    tellProblems([problem], surroundings);
    return exitCodes.usage;
}
async function readInputs(options, surroundings) {
    const { readBaseline } = await import("../../schema/check/check.js");
    const { env, stop } = surroundings;
    const { against, config } = options;
    const baseline = against === undefined
        ? accepted(undefined)
        : await withDeadline(stop, 60_000, (signal) => readBaseline({ against, config, env, signal }));
    const operations = await readOperations(options.operations);
    const approvals = await readApprovalsFile(options.approvals);
    const problems = [baseline, operations, approvals].flatMap((one) => (one.ok ? [] : one.problems));
    if (!baseline.ok || !operations.ok || !approvals.ok)
        return refused(...problems);
    return accepted({ baseline: baseline.value, operations: operations.value, approvals: approvals.value });
}
/** Operations of clients in the files that match. Problems: WEIR-O001 not GraphQL, WEIR-O002 no file matches. */
export async function readOperations(globs) {
    const { knownOperations } = await import("../../schema/check/check.js");
    const { readTextFile } = await import("../../schema/compose/compose.js");
    const lists = await Promise.all((globs ?? [defaultOperations]).map((glob) => filesLike(glob, process.cwd())));
    const names = [...new Set(lists.flat())].slice(0, mostOperationFiles);
    const empty = (globs ?? []).filter((_, index) => lists[index]?.length === 0);
    if (empty.length > 0)
        return refused(...empty.map(noMatch));
    const files = await Promise.all(names.map(async (file) => ({ file, read: await readTextFile(resolve(file)) })));
    const problems = files.flatMap(({ read }) => (read.ok ? [] : read.problems));
    if (problems.length > 0)
        return refused(...problems);
    return knownOperations(files.flatMap(({ file, read }) => (read.ok ? [{ file, text: read.value }] : [])));
}
function noMatch(glob) {
    return {
        code: 'WEIR-O002',
        severity: 'error',
        message: `no file matches ${glob}`,
        places: [],
        fix: "quote the pattern, as in --operations 'clients/**/*.graphql'",
    };
}
async function readApprovalsFile(given) {
    const { readApprovals } = await import("../../schema/check/check.js");
    const { readTextFile } = await import("../../schema/compose/compose.js");
    const file = given ?? defaultApprovals;
    if (given === undefined && !existsSync(file))
        return accepted([]);
    const text = await readTextFile(resolve(file));
    return text.ok ? readApprovals(file, text.value) : text;
}
async function rendered(report, options, surroundings) {
    const door = await import("../../schema/check/check.js");
    const { exitCode, outPaint: paint, version } = surroundings;
    switch (chosenFormat(options.format, surroundings)) {
        case 'text':
            return door.checkText(report, { paint, verbose: options.verbose === true });
        case 'markdown':
            return door.checkMarkdown(report);
        case 'github':
            return door.checkAnnotations(report, options.failOn);
        case 'sarif':
            return door.checkSarif(report, options.failOn, version);
        case 'json':
            return jsonDocument({ command: 'check', exitCode, ...door.checkJson(report, options.failOn) });
    }
}
/** What a job of a code host picks up afterwards: the summary, the outputs and the comment. */
async function leftForOthers(report, options, { settings }) {
    const { checkMarkdown } = await import("../../schema/check/check.js");
    const { summaryFile, outputFile } = settings.github ?? {};
    if (summaryFile !== undefined)
        await appendFile(summaryFile, `${checkMarkdown(report)}\n`).catch(() => undefined);
    if (outputFile !== undefined) {
        const count = (level) => report.changes.filter((change) => change.level === level).length;
        const lines = [
            `result=${report.passed ? 'passed' : 'failed'}`,
            `breaking=${count('breaking')}`,
            `dangerous=${count('dangerous')}`,
        ];
        await appendFile(outputFile, `${lines.join('\n')}\n`).catch(() => undefined);
    }
    return options.commentFile === undefined
        ? undefined
        : writeWhole(options.commentFile, checkMarkdown(report));
}
async function refuse(problems, options, surroundings) {
    const exitCode = exitCodeOf(problems);
    if (chosenFormat(options.format, surroundings) === 'json') {
        const { jsonError } = await import("../../schema/check/check.js");
        surroundings.out(jsonDocument({ command: 'check', exitCode, data: null, errors: problems.map(jsonError) }));
    }
    else {
        tellProblems(problems, surroundings);
    }
    return exitCode;
}
//# sourceMappingURL=check.js.map