/** What a deadline aborts with; named as the reason of `AbortSignal.timeout`. */
class DeadlineError extends Error {
    name = 'TimeoutError';
    constructor(ms) {
        super(`no answer in ${String(ms)} ms`);
    }
}
/**
 * Runs `work` with a signal that aborts after `ms` milliseconds, or with `parent`.
 *
 * Not `AbortSignal.any([parent, AbortSignal.timeout(ms)])`: Node 20 holds the signals of `any` weakly, so that the
 * timeout can be garbage-collected, and then the deadline never comes.
 */
export async function withDeadline(parent, ms, work) {
    const controller = new AbortController();
    const late = () => controller.abort(new DeadlineError(ms));
    const stop = () => controller.abort(parent.reason);
    const timer = setTimeout(late, ms);
    parent.addEventListener('abort', stop, { once: true });
    if (parent.aborted)
        stop();
    try {
        return await work(controller.signal);
    }
    finally {
        clearTimeout(timer);
        parent.removeEventListener('abort', stop);
    }
}
//# sourceMappingURL=deadline.js.map