import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readLines } from "./lines.js";
// It is loaded before anything else, so it is plain JavaScript and stays where it is when we are compiled to dist/.
const compiled = import.meta.url.endsWith('.js');
const ending = fileURLToPath(new URL(compiled ? '../../../cli/bin/end-with-parent.mjs' : '../bin/end-with-parent.mjs', import.meta.url));
/** Starts a server in a process group of its own; it ends with us even when we end without a word. */
export function startChild(service, onLine) {
    const child = spawn(service.command, ['--import', ending, ...service.args], {
        cwd: service.cwd,
        env: { ...service.env },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        // Ctrl-C in a terminal goes to a whole group: only we may hear it, and then say in which order to end.
        detached: true,
    });
    for (const stream of [child.stdout, child.stderr])
        if (stream !== null)
            readLines(stream, onLine);
    const ended = new Promise((resolve) => {
        child.once('error', (failure) => resolve(failure.message));
        child.once('exit', (code, signal) => resolve(signal ?? `exit code ${String(code)}`));
    });
    return { pid: child.pid, ended, stop: (graceMs) => stopChild(child, ended, graceMs) };
}
async function stopChild(child, ended, graceMs) {
    signalGroup(child, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
    await ended;
    clearTimeout(timer);
    signalGroup(child, 'SIGKILL'); // what the server itself may have started and left
}
function signalGroup({ pid }, signal) {
    if (pid === undefined)
        return;
    try {
        process.kill(-pid, signal);
    }
    catch {
        // The group is gone, which is what was wanted.
    }
}
//# sourceMappingURL=child.js.map