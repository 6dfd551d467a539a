import { Argument } from 'commander';
import { completionScripts } from "../completion/scripts.js";
import { exitCodes } from "../exit-codes.js";
const shells = Object.keys(completionScripts);
/** `weir completion`: what makes a shell complete the rest. */
export const completionVerb = (program, run) => {
    program
        .command('completion')
        .addArgument(new Argument('<shell>', 'whose script to print').choices(shells))
        .helpGroup('Help:')
        .description('print what makes a shell complete command lines')
        .addHelpText('after', help)
        .action((shell, _options, command) => run(command, ({ out }) => {
        out(completionScripts[shell]);
        return Promise.resolve(exitCodes.done);
    }));
    program
        .command('__complete [words...]', { hidden: true })
        .action((words, _options, command) => run(command, async ({ out, env }) => {
        const { candidates } = await import("../completion/candidates.js");
        const { knownValues } = await import("../completion/known-values.js");
        const found = await candidates(program, words, knownValues(env));
        out(found.map((word) => `${word}\n`).join(''));
        return exitCodes.done;
    }));
};
const help = `
Examples:
  source <(weir completion bash)                      now; the same line in ~/.bashrc: always
  weir completion zsh > ~/.zfunc/_weir                a folder of your $fpath
  weir completion fish > ~/.config/fish/completions/weir.fish

Exit codes: 0 printed · 2 no such shell`;
//# sourceMappingURL=completion.js.map