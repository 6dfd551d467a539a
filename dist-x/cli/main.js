import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { exitCodes } from "./exit-codes.js";
import { keyboardOf } from "./keyboard.js";
import { runCommand } from "./program.js";
import { readSettings } from "./settings.js";
import { paintFor } from "./surroundings.js";
const largestInput = 10 * 1024 * 1024;
const parsed = readSettings(process.env);
if (parsed.ok) {
    process.exitCode = await runCommand(process.argv.slice(2), surroundingsWith(parsed.settings));
}
else {
    process.stderr.write(`error: ${parsed.problem}\n  fix: ${parsed.fix}\n`);
    process.exitCode = exitCodes.usage;
}
// Whatever still holds the process, such as a watcher or an idle connection, may do so only this long.
setTimeout(() => process.exit(), 2_000).unref();
function surroundingsWith(settings) {
    const root = checkout(dirname(fileURLToPath(import.meta.url)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    for (const stream of [process.stdout, process.stderr]) {
        stream.on('error', (failure) => {
            // Whoever reads may leave early, as in  weir compose | head.
            if (failure.code === 'EPIPE')
                process.exit(exitCodes.done);
            throw failure;
        });
    }
    return {
        env: process.env,
        settings,
        root,
        version,
        out: (text) => void process.stdout.write(text),
        err: (text) => void process.stderr.write(text),
        input: readInput,
        paint: paintFor(settings.colour ?? process.stderr.isTTY),
        outPaint: paintFor(settings.colour ?? process.stdout.isTTY),
        interactive: process.stderr.isTTY && process.env['CI'] === undefined,
        keyboard: isatty(0) ? keyboardOf(process.stdin, () => process.kill(process.pid, 'SIGINT')) : undefined,
        stop: stopSignal(),
        self: [process.execPath, ...process.execArgv, fileURLToPath(import.meta.url)],
        now: () => new Date(),
    };
}
/** The nearest folder above that holds the sample system's description. */
function checkout(from) {
    for (let folder = from;; folder = dirname(folder)) {
        if (existsSync(join(folder, 'package-lock.json')) || folder === dirname(folder))
            return folder;
    }
}
/** Aborts when the process is asked to end, or when whoever started it is gone; asked twice, it ends at once. */
function stopSignal() {
    const stop = new AbortController();
    for (const reason of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) {
        process.on(reason, () => {
            if (stop.signal.aborted && reason === 'SIGINT')
                process.exit(exitCodes.interrupted);
            stop.abort(new Error(reason));
        });
    }
    process.channel?.unref();
    return stop.signal;
}
async function readInput() {
    const chunks = [];
    let size = 0;
    for await (const chunk of process.stdin) {
        const bytes = chunk;
        size += bytes.byteLength;
        if (size > largestInput)
            throw new Error('standard input is larger than 10 MB');
        chunks.push(bytes);
    }
    return Buffer.concat(chunks).toString('utf8');
}
//# sourceMappingURL=main.js.map