import { failureOf, isLasting, planningFailures } from "./planning-failures.js";
import { planningThread } from "./planning-thread.js";
const startTimeoutMs = 60_000;
const restartPauseMs = 1_000;
/** Planning threads behind one bounded queue; a thread that is lost is replaced. No method rejects. */
export class PlanningPool {
    /** When the first thread can plan: `undefined`; else why none can. */
    ready;
    #settings;
    #slots;
    #waiting = [];
    #announce = () => undefined;
    #state = 'starting';
    #restarts = 0;
    constructor(settings) {
        this.#settings = settings;
        this.#slots = Array.from({ length: settings.workers }, () => ({ kind: 'down' }));
        this.ready = new Promise((resolve) => (this.#announce = resolve));
        for (const number of this.#slots.keys())
            void this.#open(number);
    }
    /** Plans one operation as soon as a thread is free; an abort takes it out of the queue. */
    plan(request, signal) {
        if (this.#state === 'closed')
            return Promise.resolve(failed(planningFailures.closed));
        if (this.#state === 'broken')
            return Promise.resolve(failed(planningFailures.broken));
        if (signal.aborted)
            return Promise.resolve(failed(planningFailures.aborted));
        if (this.#waiting.length >= this.#settings.queueLimit)
            return Promise.resolve(failed(planningFailures.queueFull));
        return this.#queued(request, signal);
    }
    stats() {
        const busy = this.#slots.filter((slot) => slot.kind === 'busy').length;
        return { waiting: this.#waiting.length, busy, restarts: this.#restarts };
    }
    /** Ends all threads; what was still to be planned fails. */
    async close() {
        this.#state = 'closed';
        this.#announce('The planner was closed.');
        this.#failWaiting(planningFailures.closed);
        await Promise.all(this.#slots.flatMap((slot) => (slot.kind === 'down' ? [] : [slot.thread.end()])));
    }
    #queued(request, signal) {
        return new Promise((resolve) => {
            const leave = (failure) => {
                const place = this.#waiting.indexOf(job);
                if (place < 0)
                    return; // a thread has it already
                this.#waiting.splice(place, 1);
                job.settle(failed(failure));
            };
            const onAbort = () => leave(planningFailures.aborted);
            const timer = setTimeout(() => leave(planningFailures.waitedTooLong), 2 * this.#settings.timeoutMs);
            const settle = (outcome) => {
                clearTimeout(timer);
                signal.removeEventListener('abort', onAbort);
                resolve(outcome);
            };
            const job = { request, settle };
            signal.addEventListener('abort', onAbort, { once: true });
            this.#waiting.push(job);
            this.#dispatch();
        });
    }
    async #open(number) {
        const { plannerSdl, options, timeoutMs, memoryMb } = this.#settings;
        const thread = planningThread({ data: { plannerSdl, options }, timeoutMs, startTimeoutMs, memoryMb });
        this.#slots[number] = { kind: 'starting', thread };
        const problem = await thread.started;
        if (this.#state === 'closed')
            return;
        if (problem === undefined) {
            this.#state = 'serving';
            this.#announce(undefined);
            this.#slots[number] = { kind: 'idle', thread };
            this.#dispatch();
            return;
        }
        this.#slots[number] = { kind: 'down' };
        this.#onFailedStart(number, problem);
    }
    #onFailedStart(number, problem) {
        if (this.#state === 'serving') {
            // It could start before: the machine is short of something, which may pass.
            setTimeout(() => void this.#reopen(number), restartPauseMs).unref();
            return;
        }
        this.#state = 'broken';
        this.#announce(problem);
        this.#failWaiting(planningFailures.broken);
    }
    async #reopen(number) {
        if (this.#state === 'closed')
            return;
        this.#restarts += 1;
        await this.#open(number);
    }
    #dispatch() {
        for (const [number, slot] of this.#slots.entries()) {
            if (slot.kind !== 'idle')
                continue;
            if (!slot.thread.isAlive()) {
                void this.#reopen(number);
                continue;
            }
            const job = this.#waiting.shift();
            if (job === undefined)
                return;
            this.#slots[number] = { kind: 'busy', thread: slot.thread };
            void this.#run(number, slot.thread, job);
        }
    }
    async #run(number, thread, job) {
        const outcome = await thread.run(job.request);
        const result = outcome.kind === 'planned' ? outcome : failed(failureOf(outcome), isLasting(outcome));
        job.settle(this.#state === 'closed' ? failed(planningFailures.closed) : result);
        if (this.#state === 'closed')
            return;
        if (!thread.isAlive())
            return this.#reopen(number);
        this.#slots[number] = { kind: 'idle', thread };
        this.#dispatch();
    }
    #failWaiting(failure) {
        for (const job of this.#waiting.splice(0))
            job.settle(failed(failure));
    }
}
function failed(failure, lasting = false) {
    return { kind: 'failed', failure, lasting };
}
//# sourceMappingURL=planning-pool.js.map