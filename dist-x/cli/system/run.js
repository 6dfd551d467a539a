import { exitCodes } from "../exit-codes.js";
import { logLine } from "./lines.js";
import { homeOf } from "./home.js";
import { noteRunning, runningSystem } from "./run-file.js";
import { busyPorts, startSystem } from "./system.js";
import { untilAborted } from "./until-aborted.js";
/**
 * Runs a system until it is asked to end, telling what happens to `err`. Exit codes: 3 when a port is taken (then
 * nothing was started), 130 when interrupted before the system ran, else 0.
 */
export async function runSystem(options, surroundings) {
    const { root, env, err, out, stop, paint } = surroundings;
    const refused = await refusal(options.services, surroundings);
    if (refused !== undefined) {
        err(refused);
        return exitCodes.surroundings;
    }
    const removeNote = await noteRunning(homeOf(root, env));
    const telling = { started: false, verbose: options.verbose };
    const onEvent = (event) => {
        const line = eventText(event, telling, paint);
        if (line !== undefined)
            err(`${line}\n`);
    };
    const system = await startSystem({
        services: options.services,
        onEvent,
        stageMs: options.stageMs,
        signal: stop,
    });
    let end;
    const interrupted = stop.aborted;
    try {
        if (interrupted)
            return exitCodes.interrupted;
        telling.started = true;
        out(options.addresses);
        end = await options.whileRunning?.(system);
        await untilAborted(stop);
        return exitCodes.done;
    }
    finally {
        err('stopping\n');
        await Promise.all([end?.(), system.stop()]);
        await removeNote();
    }
}
async function refusal(services, { root, env }) {
    const running = await runningSystem(homeOf(root, env));
    if (running !== undefined) {
        return `error[WEIR-P002]: the sample system runs already (process ${running})\n  fix: stop it first\n`;
    }
    const busy = await busyPorts(services);
    if (busy.length === 0)
        return undefined;
    const lines = busy.map(({ service, port, holder }) => {
        const by = holder === undefined ? '' : ` by ${holder}`;
        return `error[WEIR-P001]: port ${port}, needed for ${service}, is taken${by}\n`;
    });
    return `${lines.join('')}  fix: stop that process, or choose other ports: WEIR_PORT_BASE=5000 weir start\n`;
}
/** What is worth a line: everything until the system runs, then what goes wrong and what is mended. */
function eventText(event, telling, paint) {
    const name = event.service.padEnd(10);
    switch (event.kind) {
        case 'line': {
            const { level, text } = logLine(event.line);
            if (telling.started && !telling.verbose && level === 'info')
                return undefined;
            const colour = { info: paint.dim, warn: paint.yellow, error: paint.red }[level];
            return `  ${name} ${colour(text)}`;
        }
        case 'started':
            return telling.verbose ? `  ${name} started (process ${String(event.pid)})` : undefined;
        case 'ready':
            return `  ${name} ${paint.green('ready')}  ${(event.afterMs / 1000).toFixed(1)}s`;
        case 'late':
            return `  ${name} ${paint.yellow(`not ready after ${Math.round(event.afterMs / 1000)}s; the rest starts without it`)}`;
        case 'ended':
            return `  ${name} ${paint.red(`ended (${event.how})`)}, starting again in ${(event.againInMs / 1000).toFixed(1)}s`;
    }
}
//# sourceMappingURL=run.js.map