/** The process that holds the buckets may be busy with a new supergraph; who waits longer spends a share. */
const longestWaitMs = 250;
const sweepMs = 50;
/** Buckets that another process holds. What is asked in one turn of the event loop goes as one message. */
export function relayedBuckets(send, now) {
    const waiting = new Map();
    let asked = [];
    let last = 0;
    const flush = () => {
        const questions = asked;
        asked = [];
        send(questions);
    };
    const settle = (id, taken) => {
        const { answer } = waiting.get(id) ?? {};
        waiting.delete(id);
        answer?.(taken);
    };
    setInterval(() => {
        const late = now() - longestWaitMs;
        for (const [id, { since }] of waiting) {
            if (since > late)
                return;
            settle(id, undefined);
        }
    }, sweepMs).unref();
    return {
        receive: (answers) => {
            for (const { id, taken } of answers)
                settle(id, taken);
        },
        buckets: {
            take: (key, buckets, taking) => new Promise((answer) => {
                last += 1;
                waiting.set(last, { since: now(), answer });
                if (asked.push({ id: last, key, buckets, taking }) === 1)
                    setImmediate(flush);
            }),
            // They last as long as the process.
            close: () => Promise.resolve(),
        },
    };
}
//# sourceMappingURL=relayed-buckets.js.map