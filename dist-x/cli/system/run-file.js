import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
/** Notes which process runs the sample system with this home; gives what removes the note again. */
export async function noteRunning(home) {
    const file = runFile(home);
    await mkdir(home, { recursive: true });
    await writeFile(file, String(process.pid));
    return () => rm(file, { force: true });
}
/** The process that runs the sample system with this home, or undefined. */
export async function runningSystem(home) {
    const text = await readFile(runFile(home), 'utf8').catch(() => '');
    const pid = /^\d{1,10}$/.test(text) ? Number(text) : 0;
    if (pid <= 1 || pid === process.pid)
        return undefined;
    try {
        process.kill(pid, 0);
    }
    catch {
        return undefined;
    }
    return (await isOurs(pid)) ? pid : undefined;
}
/** Numbers of processes are used again; where the system tells, a stranger with the noted number is recognised. */
async function isOurs(pid) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
    return command === undefined || /\b(?:start|dev)\b|--test/.test(command);
}
function runFile(home) {
    return join(home, 'run.pid');
}
//# sourceMappingURL=run-file.js.map