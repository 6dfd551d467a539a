import { readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { exitCodes } from "../exit-codes.js";
import { homeOf } from "../system/home.js";
import { runningSystem } from "../system/run-file.js";
/** `weir reset`: the sample data is made anew on the next start. */
export const resetVerb = (program, run) => {
    program
        .command('reset')
        .helpGroup('Sample system:')
        .description('remove the data of the sample system; the next start makes it anew')
        .addHelpText('after', '\nExample:\n  weir reset\n\nExit codes: 0 removed · 3 the system is still running')
        .action((_options, command) => run(command, reset));
};
async function reset({ root, env, err }) {
    const running = await runningSystem(homeOf(root, env));
    if (running !== undefined) {
        err(`error[WEIR-P002]: the sample system is running (process ${running})\n  fix: stop it first\n`);
        return exitCodes.surroundings;
    }
    const data = join(homeOf(root, env), 'data');
    const found = await readdir(data).catch(() => []);
    if (found.length === 0) {
        err('there is no data to remove\n');
        return exitCodes.done;
    }
    for (const name of found) {
        await rm(join(data, name), { recursive: true, force: true });
        err(`removed ${relative(root, join(data, name))}\n`);
    }
    return exitCodes.done;
}
//# sourceMappingURL=reset.js.map