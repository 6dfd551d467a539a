import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from "./child.js";
/** Runs a server until `stop`, starting it again with growing waits. */
export function supervise(service, supervision) {
    const stopping = new AbortController();
    const state = { child: undefined, waiting: undefined, restarting: false };
    const running = keepRunning(service, supervision, state, stopping.signal);
    return {
        service,
        restart: async () => {
            state.restarting = true;
            state.waiting?.abort();
            await state.child?.stop(2_000);
        },
        stop: async (graceMs) => {
            stopping.abort();
            state.waiting?.abort();
            await state.child?.stop(graceMs);
            await running;
        },
    };
}
async function keepRunning(service, supervision, state, stopping) {
    const { onEvent, settledMs } = supervision;
    let failures = 0;
    while (!stopping.aborted) {
        const began = performance.now();
        state.restarting = false;
        const child = startChild(service, (line) => onEvent({ kind: 'line', service: service.name, line }));
        state.child = child;
        onEvent({ kind: 'started', service: service.name, pid: child.pid });
        const how = await child.ended;
        state.child = undefined;
        if (isAborted(stopping))
            return;
        if (wasAsked(state))
            continue;
        failures = performance.now() - began > settledMs ? 0 : failures + 1;
        const againInMs = waitAfter(failures, supervision);
        onEvent({ kind: 'ended', service: service.name, how, againInMs });
        state.waiting = new AbortController();
        await sleep(againInMs, undefined, { signal: state.waiting.signal }).catch(() => undefined);
        state.waiting = undefined;
    }
}
// Both change while the child runs, which the compiler cannot see.
function isAborted(signal) {
    return signal.aborted;
}
function wasAsked(state) {
    return state.restarting;
}
/** The wait before the next start after this many failures in a row. */
export function waitAfter(failures, { firstWaitMs, longestWaitMs }) {
    return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures - 1, 20));
}
//# sourceMappingURL=supervised.js.map