import { Command, CommanderError } from 'commander';
import { exitCodes, exitCodesHelp } from "./exit-codes.js";
import { reasonOf } from "./files.js";
import { cacheVerb } from "./verbs/cache.js";
import { accessVerb } from "./verbs/access.js";
import { checkVerb } from "./verbs/check.js";
import { completionVerb } from "./verbs/completion.js";
import { composeVerb } from "./verbs/compose.js";
import { configVerb } from "./verbs/config.js";
import { costVerb } from "./verbs/cost.js";
import { devVerb } from "./verbs/dev.js";
import { documentsVerb } from "./verbs/documents.js";
import { doctorVerb } from "./verbs/doctor.js";
import { explainVerb } from "./verbs/explain.js";
import { keysVerb } from "./verbs/keys.js";
import { resetVerb } from "./verbs/reset.js";
import { serveVerb } from "./verbs/serve.js";
import { startVerb } from "./verbs/start.js";
const verbs = [
    startVerb,
    devVerb,
    serveVerb,
    composeVerb,
    checkVerb,
    accessVerb,
    costVerb,
    configVerb,
    cacheVerb,
    keysVerb,
    explainVerb,
    documentsVerb,
    doctorVerb,
    resetVerb,
    completionVerb,
];
/** Runs one command line to its end and gives its exit code. Never throws. */
export async function runCommand(args, surroundings) {
    let exitCode = exitCodes.done;
    const run = async (_command, work) => {
        exitCode = await worked(work, surroundings);
    };
    const program = commandTree(surroundings);
    for (const verb of verbs)
        verb(program, run);
    addHelp(program, surroundings);
    for (const command of [program, ...below(program)]) {
        command.exitOverride();
        command.configureOutput(outputTo(surroundings, wayTo(command)));
        command.showSuggestionAfterError(true);
    }
    try {
        await program.parseAsync(args.length === 0 ? ['--help'] : [...args], { from: 'user' });
    }
    catch (failure) {
        if (!(failure instanceof CommanderError))
            throw failure;
        return failure.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    }
    return exitCode;
}
function below(command) {
    return command.commands.flatMap((child) => [child, ...below(child)]);
}
/** `weir documents`, as people write it. */
function wayTo(command) {
    return command.parent === null ? command.name() : `${wayTo(command.parent)} ${command.name()}`;
}
function commandTree({ version }) {
    return new Command('weir')
        .description('federate GraphQL services: compose and check their schemas, serve them as one')
        .version(version, '-V, --version', 'print the version')
        .helpOption('-h, --help', 'print help; after a command, help about it')
        .helpCommand(false)
        .addHelpText('after', programHelp);
}
function addHelp(program, { out, err }) {
    program
        .command('help [topic]')
        .description('print help about a command, or about exit-codes')
        .helpGroup('Help:')
        .action((topic) => {
        if (topic === 'exit-codes')
            out(exitCodesHelp);
        else if (topic === undefined)
            program.help();
        else
            helpAbout(topic, program, err);
    });
}
function helpAbout(topic, program, err) {
    const command = program.commands.find((one) => one.name() === topic);
    if (command !== undefined)
        command.help();
    err(`error: no help about '${topic}'\n  all commands: weir --help\n`);
    throw new CommanderError(exitCodes.usage, 'weir.help', 'no such topic');
}
const programHelp = `
Examples:
  weir start                                          the sample shop: five services, gateway, web and mobile
  weir serve --supergraph supergraph.graphql          a gateway on your own supergraph
  weir check --against git:main                       what would this branch break?

Exit codes: weir help exit-codes`;
function outputTo({ out, err }, way) {
    return {
        writeOut: out,
        writeErr: err,
        outputError: (text) => {
            err(inOurWords(text, way));
        },
        getOutHelpWidth: () => 100,
        getErrHelpWidth: () => 100,
    };
}
/** `(Did you mean check?)` becomes a line that can be pasted. */
function inOurWords(text, way) {
    const command = text.startsWith('error: unknown command');
    const lines = text.replace(/\n?\(Did you mean (?:one of )?(.*?)\?\)/s, (_, names) => {
        return `\n  did you mean  ${command ? `${way} ` : ''}${names} ?`;
    });
    return `${lines.trimEnd()}\n  ${command ? `all commands: ${way} --help` : 'all options: add --help'}\n`;
}
async function worked(work, surroundings) {
    try {
        const exitCode = await work(surroundings);
        return surroundings.stop.aborted && exitCode !== exitCodes.done ? exitCodes.interrupted : exitCode;
    }
    catch (failure) {
        if (failure instanceof CommanderError)
            throw failure;
        if (surroundings.stop.aborted)
            return exitCodes.interrupted;
        const stack = failure instanceof Error && surroundings.env['WEIR_DEBUG'] === '1' ? `\n${failure.stack ?? ''}` : '';
        surroundings.err(`error[WEIR-X001]: a fault of weir itself: ${reasonOf(failure)}${stack}\n  fix: run again with WEIR_DEBUG=1 and report what it prints\n`);
        return exitCodes.surroundings;
    }
}
//# sourceMappingURL=program.js.map