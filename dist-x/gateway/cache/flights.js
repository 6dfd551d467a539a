export function flights() {
    const under = new Map();
    return {
        get: (key) => under.get(key),
        start: (keys) => {
            const resolves = keys.map((key) => {
                let settle = () => undefined;
                under.set(key, new Promise((resolve) => {
                    settle = resolve;
                }));
                return settle;
            });
            return {
                land: (landed) => {
                    keys.forEach((key, index) => {
                        under.delete(key);
                        resolves[index]?.(landed[index]);
                    });
                },
            };
        },
    };
}
/** Waits as long as the signal lets it; `undefined` when it aborts first. */
export function unlessAborted(promise, signal) {
    if (signal.aborted)
        return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
        const leave = () => resolve(undefined);
        signal.addEventListener('abort', leave, { once: true });
        promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
}
//# sourceMappingURL=flights.js.map