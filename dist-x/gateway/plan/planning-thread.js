import { Worker } from 'node:worker_threads';
/** Starts a thread. While it neither starts nor plans it does not keep the process running. */
export function planningThread(settings) {
    const worker = new Worker(workerFile(), {
        name: 'weir-planner',
        workerData: settings.data,
        resourceLimits: { maxOldGenerationSizeMb: settings.memoryMb },
    });
    let alive = true;
    worker.on('exit', () => (alive = false));
    // Failures are read where they are waited for; one that comes later must not become an uncaught error.
    worker.on('error', () => (alive = false));
    const end = async () => {
        alive = false;
        await worker.terminate();
    };
    const next = (timeoutMs) => nextEvent(worker, timeoutMs).then((event) => {
        if (event.kind === 'died' || event.kind === 'timeout') {
            alive = false;
            // The thread is lost either way; who waits for its answer need not wait for its end.
            void worker.terminate();
        }
        return event;
    });
    return {
        started: next(settings.startTimeoutMs).then(startProblem),
        run: async (request) => {
            if (!alive)
                return { kind: 'died', reason: 'It had ended before.', outOfMemory: false };
            worker.postMessage(request);
            const event = await next(settings.timeoutMs);
            if (event.kind !== 'ready' && event.kind !== 'broken')
                return event;
            return { kind: 'died', reason: 'It answered out of turn.', outOfMemory: false };
        },
        isAlive: () => alive,
        end,
    };
}
/** The first thing that happens: a message, the thread's death, or the end of the time. */
function nextEvent(worker, timeoutMs) {
    return new Promise((resolve) => {
        const settle = (event) => {
            clearTimeout(timer);
            worker.off('message', settle).off('error', onError).off('exit', onExit);
            worker.unref();
            resolve(event);
        };
        const onError = (error) => settle({
            kind: 'died',
            reason: error.message,
            outOfMemory: 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY',
        });
        const onExit = (code) => settle({ kind: 'died', reason: `It ended with code ${code}.`, outOfMemory: false });
        const timer = setTimeout(() => settle({ kind: 'timeout' }), timeoutMs);
        worker.on('message', settle).on('error', onError).on('exit', onExit).ref();
    });
}
function startProblem(event) {
    switch (event.kind) {
        case 'ready':
            return undefined;
        case 'broken':
        case 'died':
            return event.reason;
        case 'timeout':
            return 'It took too long to start.';
        case 'planned':
        case 'unplannable':
        case 'failed':
            return 'It answered out of turn.';
    }
}
/** The worker stands beside this file, in TypeScript when this file runs as such. */
function workerFile() {
    if (!import.meta.url.endsWith('.ts'))
        return new URL('./planning-worker.js', import.meta.url);
    const file = new URL('./planning-worker.ts', import.meta.url).href;
    // `--import tsx` is without effect in a worker thread, which must register it by itself.
    const loader = import.meta.resolve('tsx/esm/api');
    const start = `import { register } from ${JSON.stringify(loader)}; register(); await import(${JSON.stringify(file)});`;
    return new URL(`data:text/javascript,${encodeURIComponent(start)}`);
}
//# sourceMappingURL=planning-thread.js.map