import { setTimeout as sleep } from 'node:timers/promises';
const firstWaitMs = 200;
const longestWaitMs = 10_000;
/** A worker that ran this long is started again as if it had never failed. */
const settledMs = 30_000;
/** So often in a row one may end before any serves. */
const mostEarlyEnds = 3;
/** The others may take this much longer than the first. */
const patienceMs = 10_000;
/** Keeps a number of workers running, each started again, with growing waits, when it ends. */
export function workerPool(options) {
    const pool = new Pool(options);
    return {
        serving: pool.serving,
        send: (message) => pool.send(message),
        stop: (graceMs) => pool.stop(graceMs),
    };
}
class Pool {
    serving;
    #options;
    #running = new Map();
    #served = new Set();
    #stopping = new AbortController();
    #slots;
    /** Where they served last. */
    #bound;
    /** To be asked for by name. */
    #port;
    #announce = () => undefined;
    #giveUp = () => undefined;
    constructor(options) {
        this.#options = options;
        this.serving = new Promise((resolve, reject) => {
            this.#announce = resolve;
            this.#giveUp = reject;
        });
        this.#slots = Array.from({ length: options.count }, (_, index) => this.#keepRunning(index + 1));
    }
    send(message) {
        for (const worker of this.#running.values())
            worker.send(message);
    }
    async stop(graceMs) {
        this.#stopping.abort();
        this.send({ kind: 'stop' });
        const timer = setTimeout(() => {
            for (const worker of this.#running.values())
                worker.kill();
        }, graceMs);
        await Promise.all(this.#slots);
        clearTimeout(timer);
    }
    async #keepRunning(number) {
        const { logger } = this.#options;
        let failures = 0;
        while (!this.#stopping.signal.aborted) {
            const began = performance.now();
            const worker = this.#start(number);
            const started = await worker.started;
            this.#onStarted(number, started);
            const how = await worker.ended;
            this.#running.delete(number);
            if (this.#isStopping())
                return;
            failures = performance.now() - began > settledMs ? 1 : failures + 1;
            if (failures >= mostEarlyEnds && this.#served.size === 0)
                this.#giveUp(new Error(`the gateway's workers end while they start: ${how}`));
            const againMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1));
            logger.error({ worker: number, how, again_ms: againMs }, 'a worker ended and is started again');
            await sleep(againMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
        }
    }
    #start(number) {
        const { start, briefing, onReload } = this.#options;
        const onListening = () => {
            if (this.#isStopping())
                worker.send({ kind: 'stop' });
            else
                for (const message of briefing({ number, port }))
                    worker.send(message);
        };
        // A port that the system chose is the workers' own while one of them listens; after that it has to be asked for.
        if (this.#running.size === 0)
            this.#port = this.#bound;
        const port = this.#port;
        const worker = start({ onListening, onReload });
        this.#running.set(number, worker);
        return worker;
    }
    #onStarted(number, started) {
        switch (started.kind) {
            case 'died':
                return;
            case 'failed': {
                const { message, code } = started;
                const failure = Object.assign(new Error(message), code === undefined ? {} : { code });
                if (this.#served.size === 0)
                    this.#giveUp(failure);
                else
                    this.#options.logger.error({ worker: number, reason: message }, 'a worker cannot start');
                return;
            }
            case 'serving':
                this.#bound = Number(new URL(started.url).port || 80);
                this.#onServing(number, started.url);
        }
    }
    #onServing(number, url) {
        if (this.#served.size === 0)
            setTimeout(() => this.#announce(url), patienceMs).unref();
        this.#served.add(number);
        if (this.#served.size === this.#options.count)
            this.#announce(url);
    }
    // It changes while a worker runs, which the compiler cannot see.
    #isStopping() {
        return this.#stopping.signal.aborted;
    }
}
//# sourceMappingURL=worker-pool.js.map