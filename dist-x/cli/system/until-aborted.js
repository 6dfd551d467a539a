/** Waits until the signal aborts, and keeps the process alive meanwhile: a signal alone does not. */
export function untilAborted(signal) {
    return new Promise((resolve) => {
        const alive = setInterval(() => undefined, 60_000);
        const done = () => {
            clearInterval(alive);
            resolve();
        };
        if (signal.aborted)
            done();
        else
            signal.addEventListener('abort', done, { once: true });
    });
}
//# sourceMappingURL=until-aborted.js.map