/**
 * Parsing and validation hold the event loop. One loop turn can accept hundreds of sockets, so without turns a burst of
 * unknown operations would delay every known one; who waited longer than `longestWaitMs` is refused instead, while more
 * than `shortQueue` wait: a few who were held up by something else, such as a new supergraph, are soon served.
 */
export function turns({ longestWaitMs, shortQueue }, now) {
    const waiting = [];
    let taken = false;
    const next = () => {
        taken = false;
        for (let first = waiting.shift(); first !== undefined; first = waiting.shift()) {
            const inTime = waiting.length < shortQueue || now() - first.since <= longestWaitMs;
            first.go(inTime);
            if (!inTime)
                continue;
            hold();
            return;
        }
    };
    const hold = () => {
        taken = true;
        setImmediate(next);
    };
    return {
        take: () => {
            if (taken)
                return new Promise((go) => waiting.push({ since: now(), go }));
            hold();
            return Promise.resolve(true);
        },
    };
}
//# sourceMappingURL=turns.js.map