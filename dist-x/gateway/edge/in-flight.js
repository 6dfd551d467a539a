import { performance } from 'node:perf_hooks';
import { Cancellation } from "../model/cancellation.js";
import { refusal } from "../model/refusal.js";
import { endedBecause } from "./exchange.js";
/** After its deadline a request may still answer with what it has; this long, then the edge answers for it. */
const graceMs = 500;
const coarsestSweepMs = 100;
const tooMany = refusal('REQUEST_CONCURRENCY_LIMITED', 'Too many requests at once. Try again shortly.');
const tooLate = refusal('GATEWAY_TIMEOUT', 'The request took too long.');
/** Requests being answered: counted, each with a deadline, and with an abort when its client leaves. */
export function inFlight(atFirst, gate) {
    let limits = atFirst;
    const running = new Set();
    const waiting = new Set();
    let timer = watchOver(running, limits);
    const run = async (exchange, work) => {
        if (running.size >= limits.limit || gate?.enter() === false) {
            refuse(exchange);
            return;
        }
        const cancellation = new Cancellation();
        const flight = { request: { exchange, cancellation }, began: performance.now() };
        const { response } = exchange;
        running.add(flight);
        // It stays when the request has ended: taking it away costs more than hearing of it.
        response.on('close', () => {
            if (flight.request !== undefined && !response.writableFinished)
                cancellation.abort(endedBecause('client left'));
        });
        try {
            await work(cancellation);
        }
        finally {
            running.delete(flight);
            gate?.leave();
            flight.request = undefined;
            if (running.size === 0)
                for (const tell of waiting)
                    tell();
        }
    };
    return {
        run,
        turnsAway: (exchange) => {
            const isFull = gate?.turnsAway() === true;
            if (isFull)
                refuse(exchange);
            return isFull;
        },
        idle: async () => {
            if (running.size === 0)
                return;
            await new Promise((resolve) => waiting.add(resolve));
        },
        abort: () => {
            for (const { request } of running)
                request?.cancellation.abort(endedBecause('stopping'));
        },
        reconfigure: (changed) => {
            limits = changed;
            clearInterval(timer);
            timer = watchOver(running, limits);
        },
        stop: () => clearInterval(timer),
    };
}
/** One timer for all: one for each request costs more than everything else here. */
function watchOver(running, { timeoutMs }) {
    return setInterval(() => endLate(running, timeoutMs), Math.max(1, Math.min(coarsestSweepMs, timeoutMs / 4)));
}
function refuse(exchange) {
    exchange.refuse(tooMany, { headers: { 'retry-after': '1' }, skipsBody: true });
}
/** In the order in which they began: the first one in time is the last to look at. */
function endLate(running, timeoutMs) {
    const late = performance.now() - timeoutMs;
    for (const { request, began } of running) {
        if (began > late)
            return;
        if (request?.cancellation.aborted === false)
            request.cancellation.abort(endedBecause('deadline'));
        if (began <= late - graceMs)
            request?.exchange.refuse(tooLate);
    }
}
//# sourceMappingURL=in-flight.js.map