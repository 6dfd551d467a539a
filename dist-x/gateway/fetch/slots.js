export function slots(places, maxQueued) {
    let active = 0;
    // A Set keeps the order of arrival and forgets anyone in constant time.
    const queue = new Set();
    const onIdle = [];
    const isIdle = () => active === 0 && queue.size === 0;
    const admitWaiting = () => {
        for (const waiter of queue) {
            if (active >= places)
                return;
            queue.delete(waiter);
            active += 1;
            waiter.admitted();
        }
    };
    return {
        enter(waiter) {
            if (active >= places) {
                if (queue.size >= maxQueued)
                    return 'full';
                queue.add(waiter);
                return 'queued';
            }
            active += 1;
            waiter.admitted();
            return 'admitted';
        },
        leave() {
            active -= 1;
            // Later, not now: when all who wait fail at once, each would otherwise admit the next one deeper in the stack.
            if (queue.size > 0)
                queueMicrotask(admitWaiting);
            else if (active === 0)
                for (const resolve of onIdle.splice(0))
                    resolve();
        },
        giveUp: (waiter) => void queue.delete(waiter),
        idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => onIdle.push(resolve))),
        stats: () => ({ active, queued: queue.size }),
    };
}
//# sourceMappingURL=slots.js.map