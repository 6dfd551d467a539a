import { setTimeout as sleep } from 'node:timers/promises';
import { withDeadline } from "../../gateway/model/deadline.js";
import { holderOf, isFree } from "./ports.js";
import { supervise } from "./supervised.js";
const graceMs = 3_500;
/** The ports of these services that others hold. */
export async function busyPorts(services) {
    const busy = [];
    for (const { name, port, host } of services) {
        if (!(await isFree(port, host)))
            busy.push({ service: name, port, holder: await holderOf(port) });
    }
    return busy;
}
/** Starts servers stage by stage. One that does not get ready keeps none of the others from serving. */
export async function startSystem(given) {
    const stopping = new AbortController();
    const options = { ...given, signal: AbortSignal.any([given.signal, stopping.signal]) };
    const running = new Map();
    const waiting = [];
    const awaited = new Set();
    const onEvent = withRecovery(options, awaited);
    const stages = [...new Set(options.services.map(({ stage }) => stage))].sort((a, b) => a - b);
    for (const stage of stages) {
        if (options.signal.aborted)
            break;
        const services = options.services.filter((service) => service.stage === stage);
        for (const service of services)
            running.set(service.name, supervise(service, { ...patience, onEvent }));
        waiting.push(...(await notReady(services, options, awaited)));
    }
    return {
        waiting,
        restart: async (name) => running.get(name)?.restart(),
        stop: async () => {
            stopping.abort();
            await Promise.all([...running.values()].map((one) => one.stop(graceMs)));
        },
    };
}
/** Tells of a server that died also when it is ready again; one that is still waited for is told by who waits. */
function withRecovery({ services, onEvent, signal }, awaited) {
    const recovering = new Set();
    return (event) => {
        onEvent(event);
        const service = services.find(({ name }) => name === event.service);
        if (event.kind !== 'ended' || service === undefined)
            return;
        if (awaited.has(service.name) || recovering.has(service.name))
            return;
        recovering.add(service.name);
        const told = (more) => {
            recovering.delete(service.name);
            onEvent(more);
        };
        void whenReady(service, { began: performance.now(), onEvent: told, signal }); // never rejects
    };
}
const patience = { firstWaitMs: 500, longestWaitMs: 15_000, settledMs: 30_000 };
async function notReady(services, { onEvent, stageMs, signal }, awaited) {
    for (const { name } of services)
        awaited.add(name);
    const began = performance.now();
    const outcomes = await Promise.all(services.map(async (service) => {
        const ready = await withDeadline(signal, stageMs, (late) => untilReady(service, late, 150));
        const afterMs = Math.round(performance.now() - began);
        if (!signal.aborted)
            onEvent({ kind: ready ? 'ready' : 'late', service: service.name, afterMs });
        if (ready) {
            awaited.delete(service.name);
            return [];
        }
        const told = (event) => {
            awaited.delete(service.name);
            onEvent(event);
        };
        void whenReady(service, { began, onEvent: told, signal }); // ends with the signal, never rejects
        return [service.name];
    }));
    return outcomes.flat();
}
/** Says so when a server that was late is ready after all. */
async function whenReady(service, { began, onEvent, signal }) {
    const ready = await untilReady(service, signal, 1_000);
    if (ready)
        onEvent({ kind: 'ready', service: service.name, afterMs: Math.round(performance.now() - began) });
}
/** Asks until the server answers 200 or the signal ends the wait. */
export async function untilReady({ healthUrl }, signal, pauseMs) {
    while (!signal.aborted) {
        const answer = await fetch(healthUrl, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
        await answer?.body?.cancel().catch(() => undefined);
        if (answer?.status === 200)
            return true;
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
    return false;
}
//# sourceMappingURL=system.js.map